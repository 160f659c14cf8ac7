/* Models: from a file, from memory, from a configuration, into a file. */
#include <unistd.h>

#include "check.h"
#include "tiny.h"

static char folder[] = "/tmp/lamina-test-XXXXXX";

static const char *in_folder(const char *name) {
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

/* What a model answers for the three test pictures. */
static void answers(const lamina_model *model, float *logits) {
  uint8_t pixels[TINY_ROWS][TINY_PIXELS];
  float numbers[TINY_ROWS][TINY_PIXELS];
  lamina_session *session = make_session(model);
  for (int row = 0; row < TINY_ROWS; row++) {
    tiny_picture(row, pixels[row]);
    for (int i = 0; i < TINY_PIXELS; i++) numbers[row][i] = pixels[row][i] / 255.0f;
  }
  CHECK_OK(lamina_session_predict_float32(session, numbers[0], TINY_ROWS, logits,
                                          TINY_ROWS * TINY_CLASSES));
  lamina_session_free(session);
}

static int same_answers(const lamina_model *a, const lamina_model *b) {
  float of_a[TINY_ROWS * TINY_CLASSES] = {1}, of_b[TINY_ROWS * TINY_CLASSES] = {2};
  answers(a, of_a);
  answers(b, of_b);
  return memcmp(of_a, of_b, sizeof of_a) == 0;
}

static void test_file_and_memory(void) {
  size_t size;
  unsigned char *bytes = read_file(TINY_MODEL, &size);
  unsigned char *room = malloc(size + 8);
  lamina_model *from_file = NULL, *from_memory = NULL;
  CHECK_OK(lamina_model_load_file(TINY_MODEL, &from_file));
  /* The bytes need no alignment, and are not kept. */
  for (int shift = 0; shift < 8; shift += 3) {
    memcpy(room + shift, bytes, size);
    CHECK_OK(lamina_model_load_memory(room + shift, size, &from_memory));
    memset(room, 0xA5, size + 8);
    CHECK(same_answers(from_file, from_memory));
    lamina_model_free(from_memory);
  }
  lamina_model_free(from_file);
  free(room);
  free(bytes);
}

static void test_save(void) {
  lamina_model *model = load_tiny(), *again = NULL;
  char first[256], second[256];
  snprintf(first, sizeof first, "%s", in_folder("first.safetensors"));
  snprintf(second, sizeof second, "%s", in_folder("second.safetensors"));

  CHECK_OK(lamina_model_save_file(model, first));
  if (CHECK_OK(lamina_model_load_file(first, &again))) {
    CHECK(same_answers(model, again));
    CHECK_OK(lamina_model_save_file(again, second));
    size_t size_1, size_2;
    unsigned char *bytes_1 = read_file(first, &size_1), *bytes_2 = read_file(second, &size_2);
    CHECK(size_1 == size_2 && memcmp(bytes_1, bytes_2, size_1) == 0);
    free(bytes_1);
    free(bytes_2);
    lamina_model_free(again);
  }
  /* Saving over a file replaces it, and leaves nothing beside it. */
  CHECK_OK(lamina_model_save_file(model, second));
  CHECK(unlink(first) == 0);
  CHECK(unlink(second) == 0);
  CHECK(rmdir(folder) == 0);
  CHECK(mkdtemp(strcpy(folder, "/tmp/lamina-test-XXXXXX")) != NULL);

  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_save_file(model, "/nowhere/model.safetensors"));
  CHECK(strstr(lamina_last_error_message(), "/nowhere/") != NULL);
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_save_file(model, folder));
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_save_file(model, ""));
  lamina_model_free(model);
}

static void test_create(void) {
  lamina_model *tiny = load_tiny(), *a = NULL, *b = NULL, *c = NULL;
  size_t needed = 0;
  uint64_t count = 0;
  CHECK_OK(lamina_model_config(tiny, NULL, 0, &needed));
  char *config = calloc(1, needed + 1);
  CHECK_OK(lamina_model_config(tiny, config, needed, NULL));
  if (CHECK_OK(lamina_model_create(config, 1, &a)) &&
      CHECK_OK(lamina_model_create(config, 1, &b)) &&
      CHECK_OK(lamina_model_create(config, 2, &c))) {
    CHECK_OK(lamina_model_parameter_count(a, &count));
    CHECK(count == TINY_PARAMETERS);
    CHECK(same_answers(a, b));
    CHECK(!same_answers(a, c));
    CHECK_OK(lamina_model_save_file(a, in_folder("fresh.safetensors")));
    lamina_model_free(b);
    b = NULL;
    CHECK_OK(lamina_model_load_file(in_folder("fresh.safetensors"), &b));
    if (b) CHECK(same_answers(a, b));
    unlink(in_folder("fresh.safetensors"));
  }
  lamina_model_free(a);
  lamina_model_free(b);
  lamina_model_free(c);
  lamina_model_free(tiny);
  free(config);
}

/* The weights that `make test` trains; absent when this program is run by hand. */
static void test_trained(void) {
  const char *path = getenv("LAMINA_TEST_MODEL");
  lamina_model *model = NULL;
  if (!path || !*path) return;
  if (CHECK_OK(lamina_model_load_file(path, &model))) {
    uint64_t count = 0;
    CHECK_OK(lamina_model_parameter_count(model, &count));
    CHECK(count == 784 * 128 + 128 + 128 * 10 + 10);
    lamina_model_free(model);
  }
}

int main(void) {
  if (!mkdtemp(folder)) return 2;
  test_file_and_memory();
  test_save();
  test_create();
  test_trained();
  CHECK(rmdir(folder) == 0);
  return check_end();
}
