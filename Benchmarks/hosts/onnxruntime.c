// ONNX Runtime through its C interface. Its wheels hold the library without a header, so what is
// needed is declared here: OrtApi is a table of functions that only ever grows at its end, by
// which a function's place in it is part of the ABI (onnxruntime_c_api.h, ORT_API_VERSION 12 on).
#include <dlfcn.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "predictor.h"

typedef struct Object Object;  // OrtEnv, OrtSession and the others
typedef Object *Status;        // NULL is success

typedef struct {
  const void *const *(*get_api)(uint32_t version);
  const char *(*get_version)(void);
} ApiBase;

enum place {
  get_error_message = 2,
  create_env = 3,
  create_session = 7,
  run = 9,
  create_session_options = 10,
  set_graph_optimization_level = 23,
  set_intra_op_thread_count = 24,
  create_tensor_with_data = 49,
  create_cpu_memory_info = 69
};
enum { api_version = 12, log_warnings = 2, all_optimizations = 99, is_float32 = 1, arena = 1 };

static const void *const *api;
static Object *session, *memory;
static bool is_convnet;
static Status (*run_session)(Object *, const Object *, const char *const *, Object *const *, size_t,
                             const char *const *, size_t, Object **);
static Status (*create_tensor)(const Object *, void *, size_t, const int64_t *, size_t, int,
                               Object **);

static void check(Status status) {
  if (!status) return;
  const char *(*message)(Status) = (const char *(*)(Status))api[get_error_message];
  fprintf(stderr, "ONNX Runtime: %s\n", message(status));
  exit(1);
}

void predictor_open(const char *library, const char *model, int thread_count) {
  is_convnet = strstr(model, "convnet") != NULL;
  void *loaded = dlopen(library, RTLD_NOW);
  const ApiBase *(*base)(void) =
      loaded ? (const ApiBase *(*)(void))dlsym(loaded, "OrtGetApiBase") : NULL;
  if (!base || !(api = base()->get_api(api_version))) {
    fprintf(stderr, "%s\n", loaded ? "no such version of the interface" : dlerror());
    exit(1);
  }
  run_session = (Status (*)(Object *, const Object *, const char *const *, Object *const *, size_t,
                            const char *const *, size_t, Object **))api[run];
  create_tensor = (Status (*)(const Object *, void *, size_t, const int64_t *, size_t, int,
                              Object **))api[create_tensor_with_data];
  Object *environment, *options;
  check(((Status (*)(int, const char *, Object **))api[create_env])(log_warnings, "benchmark",
                                                                    &environment));
  check(((Status (*)(Object **))api[create_session_options])(&options));
  check(((Status (*)(Object *, int))api[set_intra_op_thread_count])(options, thread_count));
  check(((Status (*)(Object *, int))api[set_graph_optimization_level])(options, all_optimizations));
  check(((Status (*)(Object *, const char *, Object *, Object **))api[create_session])(
      environment, model, options, &session));
  check(((Status (*)(int, int, Object **))api[create_cpu_memory_info])(arena, 0, &memory));
}

/// A tensor in the caller's memory; the last one is kept, since callers go on with the same.
typedef struct {
  const float *data;
  size_t rows;
  Object *value;
} Bound;

enum { slot_count = 16384 };

static Object *bind(Bound *slots, const float *data, int64_t *shape, size_t rank) {
  size_t rows = (size_t)shape[0];
  Bound *slot = &slots[((uintptr_t)data / 64 * 31 + rows) % slot_count];
  if (slot->data != data || slot->rows != rows) {
    size_t size = sizeof(float);
    for (size_t axis = 0; axis < rank; axis++) size *= (size_t)shape[axis];
    *slot = (Bound){.data = data, .rows = rows};
    check(create_tensor(memory, (void *)(uintptr_t)data, size, shape, rank, is_float32,
                        &slot->value));
  }
  return slot->value;
}

size_t predictor_pixel_size = sizeof(float);

void predictor_run(const void *input, size_t rows, float *output) {
  static Bound inputs[slot_count], outputs[slot_count];
  static const char *const input_names[] = {"input"}, *const output_names[] = {"output"};
  int64_t flat[] = {(int64_t)rows, 784}, image[] = {(int64_t)rows, 1, 28, 28};
  int64_t answer[] = {(int64_t)rows, 10};
  Object *const from[] = {is_convnet ? bind(inputs, input, image, 4)
                                     : bind(inputs, input, flat, 2)};
  Object *to[] = {bind(outputs, output, answer, 2)};
  check(run_session(session, NULL, input_names, from, 1, output_names, 1, to));
}
