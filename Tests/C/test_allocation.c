/* Predicting allocates nothing, as lamina.h promises, and whatever a call allocates comes back, also
 * when it fails: this program counts every allocation. */
#define _GNU_SOURCE /* memmem */
#include <errno.h>

#include "check.h"
#include "networks.h"
#include "tiny.h"

/* glibc's own, behind the names that this program takes over. */
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t count, size_t size);
extern void *__libc_realloc(void *memory, size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);
extern void __libc_free(void *memory);

static long allocations, frees;

void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}

void *calloc(size_t count, size_t size) {
  allocations++;
  return __libc_calloc(count, size);
}

void *realloc(void *memory, size_t size) {
  if (!memory) allocations++;
  return __libc_realloc(memory, size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  allocations++;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}

void free(void *memory) {
  if (memory) frees++;
  __libc_free(memory);
}

static unsigned char *bytes;
static size_t size;

/* A network of image layers: batches that fit, and batches that are done in pieces. */
static void check_convolutional(void) {
  enum { ROWS = 40, PIXELS = IMAGE_SIDE * IMAGE_SIDE };
  static float images[ROWS * PIXELS], classes[ROWS * IMAGE_CLASSES];
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  lamina_session_options options = {sizeof options, 16, 1};
  CHECK_OK(lamina_model_load_file(CONVOLUTIONAL_MODEL, &model));
  CHECK_OK(lamina_session_create(model, &options, &session));
  for (int row = 0; row < ROWS; row++) network_sample(0, row, PIXELS, images + row * PIXELS);
  CHECK_OK(lamina_session_predict_float32(session, images, ROWS, classes, ROWS * IMAGE_CLASSES));
  long before = allocations;
  for (int i = 0; i < 100; i++)
    CHECK_OK(lamina_session_predict_float32(session, images, (size_t)i % ROWS, classes,
                                            ROWS * IMAGE_CLASSES));
  CHECK(allocations == before);
  lamina_session_free(session);
  lamina_model_free(model);
}

/* Several threads: those that are started come with the first batch that they share. */
static void check_threads(void) {
  enum { ROWS = 2000 };
  static float samples[ROWS * TINY_PIXELS], logits[ROWS * TINY_CLASSES];
  lamina_model *model = load_tiny();
  lamina_session *session = NULL;
  lamina_session_options options = {sizeof options, 0, 3};
  CHECK_OK(lamina_session_create(model, &options, &session));
  for (int i = 0; i < 3; i++)
    CHECK_OK(lamina_session_predict_float32(session, samples, ROWS, logits, ROWS * TINY_CLASSES));
  long before = allocations;
  for (int i = 0; i < 50; i++)
    CHECK_OK(lamina_session_predict_float32(session, samples, ROWS, logits, ROWS * TINY_CLASSES));
  long during = allocations - before;
  if (!CHECK(during == 0)) fprintf(stderr, "%ld allocations in 50 shared batches\n", during);
  lamina_session_free(session);
  lamina_model_free(model);
}

/* Two inputs and two outputs, from the first call on: they are too small for OpenBLAS's work
 * buffers to matter. */
static void check_branching(void) {
  enum { ROWS = 40 };
  static float left[ROWS * LEFT_COUNT], right[ROWS * RIGHT_COUNT];
  static float kinds_found[ROWS * KIND_COUNT], amounts_found[ROWS * AMOUNT_COUNT];
  static uint8_t bytes_left[ROWS * LEFT_COUNT];
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  lamina_session_options options = {sizeof options, 16, 1};
  CHECK_OK(lamina_model_load_file(BRANCHING_MODEL, &model));
  CHECK_OK(lamina_session_create(model, &options, &session));
  long before = allocations;
  for (int i = 0; i < 100; i++) {
    lamina_tensor inputs[2] = {
        make_tensor(LAMINA_FLOAT32, left, sizeof left, 3, i % ROWS, 2, 3),
        make_tensor(LAMINA_FLOAT32, right, sizeof right, 2, i % ROWS, RIGHT_COUNT, 0)};
    lamina_tensor outputs[2] = {
        make_tensor(LAMINA_FLOAT32, kinds_found, sizeof kinds_found, 0, 0, 0, 0),
        make_tensor(LAMINA_FLOAT32, amounts_found, sizeof amounts_found, 0, 0, 0, 0)};
    if (i % 2)
      inputs[0] = make_tensor(LAMINA_UINT8, bytes_left, sizeof bytes_left, 3, i % ROWS, 2, 3);
    CHECK_OK(lamina_session_predict(session, inputs, 2, outputs, 2));
  }
  long during = allocations - before;
  if (!CHECK(during == 0)) fprintf(stderr, "%ld allocations in 100 predictions\n", during);
  lamina_session_free(session);
  lamina_model_free(model);
}

/* Whatever becomes of a functional network comes back. */
static void live_branching(void) {
  float numbers[8] = {0};
  lamina_model *model = NULL;
  CHECK_OK(lamina_model_create(branching_config, 1, &model));
  lamina_session *session = make_session(model);
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_session_predict_float32(session, numbers, 1, numbers, 8));
  lamina_session_free(session);
  lamina_model_free(model);
}

static void live_convolutional(void) {
  lamina_model *model = NULL;
  CHECK_OK(lamina_model_create(convolutional_config, 1, &model));
  lamina_session_free(make_session(model));
  lamina_model_free(model);
}

/* Layers that do not fit: all that was made until then. */
static void fail_branching(void) {
  static const char wrong[] = "\"target_shape\":[2,3]", right[] = "\"target_shape\":[2,2]";
  char config[sizeof branching_config];
  lamina_model *model = NULL;
  memcpy(config, branching_config, sizeof config);
  char *at = strstr(config, right);
  if (!CHECK(at != NULL)) return;
  memcpy(at, wrong, strlen(wrong));
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_create(config, 1, &model));
}

/* A whole life: load, predict, give back. */
static void live(void) {
  static float numbers[TINY_PIXELS];
  float logits[TINY_CLASSES];
  char text[4096];
  lamina_model *model = load_tiny(), *copy = NULL;
  lamina_session *session = make_session(model);
  CHECK_OK(lamina_session_predict_float32(session, numbers, 1, logits, TINY_CLASSES));
  CHECK_OK(lamina_model_config(model, text, sizeof text, NULL));
  CHECK_OK(lamina_model_create(text, 1, &copy));
  lamina_session_free(session);
  lamina_model_free(model);
  lamina_model_free(copy);
}

static void fail_sessions(void) {
  lamina_model *model = load_tiny();
  lamina_session *session = NULL;
  lamina_session_options options = {sizeof options, 65537, 1};
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_session_create(model, &options, &session));
  lamina_model_free(model);
}

static void fail_short_file(void) {
  lamina_model *model = NULL;
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_load_memory(bytes, size - 1, &model));
}

/* Changes a word of the header to another of the same length, and tries to load that. */
static void fail_changed(const char *word, const char *other) {
  lamina_model *model = NULL;
  unsigned char *at = memmem(bytes, size, word, strlen(word));
  if (!CHECK(at != NULL && strlen(word) == strlen(other))) return;
  memcpy(at, other, strlen(word));
  CHECK(CHECK_SANE(lamina_model_load_memory(bytes, size, &model)) != LAMINA_OK);
  memcpy(at, word, strlen(word));
}

static void fail_layer(void) { fail_changed("Dropout", "Dropin!"); }
static void fail_rate(void) { fail_changed("\\\"rate\\\":0.2", "\\\"rate\\\":9.2"); }
static void fail_units(void) { fail_changed("\\\"units\\\":8", "\\\"units\\\":0"); }
static void fail_more_units(void) { fail_changed("\\\"units\\\":8", "\\\"units\\\":9"); }
static void fail_shape(void) { fail_changed("[null,28,28]", "[null,28,-8]"); }
static void fail_dtype(void) { fail_changed("\"F32\"", "\"F64\""); }

/* Checks that a scene, played many times, leaves as much memory in use as it found. */
static void check_returned(void (*scene)(void), const char *name) {
  scene();
  long before = allocations - frees;
  for (int i = 0; i < 20; i++) scene();
  long kept = allocations - frees - before;
  if (!CHECK(kept == 0)) fprintf(stderr, "%s: %ld allocations kept in 20 rounds\n", name, kept);
}

int main(void) {
  static float numbers[100 * TINY_PIXELS], logits[100 * TINY_CLASSES];
  static uint8_t pixels[TINY_PIXELS];
  lamina_model *model = load_tiny();
  CHECK(allocations > 0);
  lamina_session *session = make_session(model);
  tiny_picture(1, pixels);
  for (int i = 0; i < 100 * TINY_PIXELS; i++) numbers[i] = pixels[i % TINY_PIXELS] / 255.0f;
  lamina_tensor input = make_tensor(LAMINA_UINT8, pixels, sizeof pixels, 3, 1, 28, 28);
  lamina_tensor output = make_tensor(LAMINA_FLOAT32, logits, sizeof logits, 0, 0, 0, 0);

  /* The first call may set OpenBLAS up; none after it may allocate. */
  CHECK_OK(lamina_session_predict_float32(session, numbers, 100, logits, 1000));
  long before = allocations;
  for (int i = 0; i < 100; i++) {
    CHECK_OK(lamina_session_predict_float32(session, numbers, 1 + i, logits, 1000));
    CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));
  }
  long during = allocations - before;
  if (!CHECK(during == 0)) fprintf(stderr, "%ld allocations in 200 predictions\n", during);

  lamina_session_free(session);
  lamina_model_free(model);

  check_convolutional();
  check_threads();
  check_branching();

  bytes = read_file(TINY_MODEL, &size);
#define CHECK_RETURNED(scene) check_returned(scene, #scene)
  CHECK_RETURNED(live);
  CHECK_RETURNED(live_branching);
  CHECK_RETURNED(live_convolutional);
  CHECK_RETURNED(fail_branching);
  CHECK_RETURNED(fail_sessions);
  CHECK_RETURNED(fail_short_file);
  CHECK_RETURNED(fail_layer);
  CHECK_RETURNED(fail_rate);
  CHECK_RETURNED(fail_units);
  CHECK_RETURNED(fail_more_units);
  CHECK_RETURNED(fail_shape);
  CHECK_RETURNED(fail_dtype);
  free(bytes);
  return check_end();
}
