// Lamina through its C interface; the dynamic linker chooses the edition. In place of a library
// stands what pixels are: float32 or uint8.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <lamina.h>

#include "predictor.h"

size_t predictor_pixel_size = sizeof(float);

static lamina_session *session;

static void check(lamina_status status) {
  if (status == LAMINA_OK) return;
  fprintf(stderr, "%s\n", lamina_last_error_message());
  exit(1);
}

void predictor_open(const char *pixels, const char *path, int thread_count) {
  if (strcmp(pixels, "uint8") == 0) predictor_pixel_size = 1;
  lamina_model *model;
  lamina_session_options options = {.struct_size = sizeof options};
  options.thread_count = (size_t)thread_count;
  check(lamina_model_load_file(path, &model));
  check(lamina_session_create(model, &options, &session));
}

static void run_bytes(const void *input, size_t rows, float *output) {
  lamina_tensor pixels = {.struct_size = sizeof pixels, .dtype = LAMINA_UINT8, .rank = 3};
  pixels.shape[0] = (int64_t)rows;
  pixels.shape[1] = pixels.shape[2] = 28;
  pixels.data = (void *)(uintptr_t)input;
  pixels.capacity = rows * 28 * 28;
  lamina_tensor answer = {.struct_size = sizeof answer, .dtype = LAMINA_FLOAT32, .data = output};
  answer.capacity = rows * 10 * sizeof *output;
  check(lamina_session_predict(session, &pixels, 1, &answer, 1));
}

void predictor_run(const void *input, size_t rows, float *output) {
  if (predictor_pixel_size == 1)
    run_bytes(input, rows, output);
  else
    check(lamina_session_predict_float32(session, input, rows, output, rows * 10));
}
