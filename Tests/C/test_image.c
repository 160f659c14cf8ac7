/* PNG pictures: decoded, made like MNIST, classified. */
#include <dirent.h>
#include <math.h>
#include <unistd.h>

#include "check.h"
#include "png.h"
#include "tiny.h"

#define DIGITS "bindings/c/examples/digits"

static void test_as_it_is(const lamina_model *model, lamina_session *session) {
  uint8_t one[784], seen[784];
  size_t size, needed = 0, count = 0;
  draw_one(one);
  uint8_t *png = make_png(one, 28, 28, &size);

  CHECK_OK(lamina_model_preprocess_png_memory(model, png, size, NULL, NULL, 0, &needed));
  CHECK(needed == 784);
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL,
               lamina_model_preprocess_png_memory(model, png, size, NULL, seen, 783, &needed));
  CHECK(needed == 784);
  CHECK_OK(lamina_model_preprocess_png_memory(model, png, size, NULL, seen, 784, NULL));
  CHECK(memcmp(one, seen, 784) == 0);

  /* What classify says is the softmax of what predict says for those pixels. */
  float logits[TINY_CLASSES], sum = 0, total = 0;
  lamina_tensor input = make_tensor(LAMINA_UINT8, seen, sizeof seen, 3, 1, 28, 28);
  lamina_tensor output = make_tensor(LAMINA_FLOAT32, logits, sizeof logits, 0, 0, 0, 0);
  CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));
  for (int i = 0; i < TINY_CLASSES; i++) sum += expf(logits[i]);

  lamina_prediction all[TINY_CLASSES + 2];
  CHECK_OK(
      lamina_session_classify_png_memory(session, png, size, NULL, all, TINY_CLASSES + 2, &count));
  CHECK(count == TINY_CLASSES);
  int seen_classes = 0;
  for (size_t i = 0; i < count && count <= TINY_CLASSES; i++) {
    int class_index = all[i].class_index;
    if (!CHECK(class_index >= 0 && class_index < TINY_CLASSES)) continue;
    seen_classes |= 1 << class_index;
    CHECK(fabsf(all[i].probability - expf(logits[class_index]) / sum) < 1e-5f);
    CHECK(i == 0 || all[i].probability <= all[i - 1].probability);
    total += all[i].probability;
  }
  CHECK(seen_classes == (1 << TINY_CLASSES) - 1);
  CHECK(fabsf(total - 1) < 1e-5f);

  /* Fewer are the first of them. */
  lamina_prediction some[3];
  CHECK_OK(lamina_session_classify_png_memory(session, png, size, NULL, some, 3, &count));
  CHECK(count == 3 && memcmp(some, all, sizeof some) == 0);
  free(png);
}

/* A dark digit on white, larger and off centre, becomes a light one in the middle. */
static void test_made_like_mnist(const lamina_model *model) {
  static uint8_t page[120 * 90];
  uint8_t seen[784];
  size_t size;
  memset(page, 255, sizeof page);
  for (int y = 10; y < 70; y++)
    for (int x = 15; x < 27; x++) page[120 * y + x] = 0;
  uint8_t *png = make_png(page, 120, 90, &size);
  if (CHECK_OK(lamina_model_preprocess_png_memory(model, png, size, NULL, seen, 784, NULL))) {
    double mass = 0, across = 0, down = 0;
    for (int i = 0; i < 784; i++) {
      mass += seen[i];
      across += seen[i] * (i % 28 + 0.5);
      down += seen[i] * (i / 28 + 0.5);
    }
    CHECK(seen[0] == 0 && seen[783] == 0);
    CHECK(mass > 0 && fabs(across / mass - 14) <= 1 && fabs(down / mass - 14) <= 1);
    CHECK(mass / 255 > 60 && mass / 255 < 100); /* a bar of 4x20 */
  }
  free(png);
}

static void test_refused(const lamina_model *model, lamina_session *session) {
  static uint8_t page[64 * 64];
  uint8_t one[784], seen[784];
  size_t size, count = 9;
  lamina_prediction best;
  uint8_t *blank = make_png(page, 64, 64, &size);
  CHECK_STATUS(LAMINA_ERROR_NO_DIGIT,
               lamina_session_classify_png_memory(session, blank, size, NULL, &best, 1, &count));
  CHECK(count == 0);
  CHECK_STATUS(LAMINA_ERROR_NO_DIGIT,
               lamina_model_preprocess_png_memory(model, blank, size, NULL, seen, 784, NULL));
  free(blank);

  CHECK_STATUS(LAMINA_ERROR_IMAGE,
               lamina_session_classify_png_memory(session, "no PNG", 6, NULL, &best, 1, &count));
  CHECK_STATUS(LAMINA_ERROR_IO,
               lamina_session_classify_png_file(session, "/nowhere/a.png", NULL, &best, 1, &count));
  CHECK(strstr(lamina_last_error_message(), "/nowhere/a.png") != NULL);
  CHECK_STATUS(LAMINA_ERROR_IO,
               lamina_model_preprocess_png_file(model, "/nowhere/a.png", NULL, seen, 784, NULL));
  /* A file that is there but no picture. */
  CHECK_STATUS(LAMINA_ERROR_IMAGE,
               lamina_session_classify_png_file(session, TINY_MODEL, NULL, &best, 1, &count));

  /* The limit on pixels counts them exactly. */
  draw_one(one);
  uint8_t *png = make_png(one, 28, 28, &size);
  lamina_png_options options = {sizeof options, 784};
  CHECK_OK(lamina_session_classify_png_memory(session, png, size, &options, &best, 1, &count));
  options.max_pixels = 783;
  CHECK_STATUS(LAMINA_ERROR_IMAGE,
               lamina_session_classify_png_memory(session, png, size, &options, &best, 1, &count));
  options.max_pixels = 0;
  CHECK_OK(lamina_session_classify_png_memory(session, png, size, &options, &best, 1, &count));
  free(png);
}

/* A file and the same bytes in memory are the same picture. */
static void test_file(const lamina_model *model, lamina_session *session) {
  char path[] = "/tmp/lamina-test-XXXXXX";
  int descriptor = mkstemp(path);
  uint8_t one[784], a[784], b[784];
  size_t size, count;
  lamina_prediction from_file, from_memory;
  draw_one(one);
  one[28 * 13 + 11] = 128;
  uint8_t *png = make_png(one, 28, 28, &size);
  CHECK(write(descriptor, png, size) == (ssize_t)size);
  close(descriptor);
  CHECK_OK(lamina_session_classify_png_file(session, path, NULL, &from_file, 1, &count));
  CHECK_OK(lamina_session_classify_png_memory(session, png, size, NULL, &from_memory, 1, &count));
  CHECK(memcmp(&from_file, &from_memory, sizeof from_file) == 0);
  CHECK_OK(lamina_model_preprocess_png_file(model, path, NULL, a, 784, NULL));
  CHECK_OK(lamina_model_preprocess_png_memory(model, png, size, NULL, b, 784, NULL));
  CHECK(memcmp(a, b, 784) == 0);
  unlink(path);
  free(png);
}

/* With the trained model: real digits, whose names begin with what they are, if they do. */
static void test_digits(void) {
  const char *path = getenv("LAMINA_TEST_MODEL");
  DIR *folder = path && *path ? opendir(DIGITS) : NULL;
  lamina_model *model = NULL;
  int pictures = 0, named = 0, correct = 0;
  if (!folder) return;
  if (CHECK_OK(lamina_model_load_file(path, &model))) {
    lamina_session *session = make_session(model);
    for (struct dirent *entry; (entry = readdir(folder));) {
      char file[512], label[8] = "";
      lamina_prediction best = {0, 0};
      size_t count = 0;
      if (!strstr(entry->d_name, ".png")) continue;
      snprintf(file, sizeof file, DIGITS "/%s", entry->d_name);
      CHECK_OK(lamina_session_classify_png_file(session, file, NULL, &best, 1, &count));
      CHECK_OK(lamina_model_label(model, (size_t)best.class_index, label, sizeof label, NULL));
      CHECK(count == 1 && best.probability > 0.1f && best.probability <= 1);
      pictures++;
      if (entry->d_name[0] >= '0' && entry->d_name[0] <= '9') {
        named++;
        correct += entry->d_name[0] == label[0];
      }
    }
    CHECK(pictures > 0);
    CHECK(correct * 10 >= named * 8);
    lamina_session_free(session);
    lamina_model_free(model);
  }
  closedir(folder);
}

int main(void) {
  lamina_model *model = load_tiny();
  lamina_session *session = make_session(model);
  test_as_it_is(model, session);
  test_made_like_mnist(model);
  test_refused(model, session);
  test_file(model, session);
  test_digits();
  lamina_session_free(session);
  lamina_model_free(model);
  return check_end();
}
