/* Sixteen threads on one model, each with a session of its own that shares its batches with other
 * threads or finds them busy, get the same bits. */
#include <pthread.h>

#include "check.h"
#include "png.h"
#include "tiny.h"

enum { THREADS = 16, ROUNDS = 100, ROWS = 300 };

static const lamina_model *model;
static float numbers[ROWS * TINY_PIXELS];
static float expected[ROWS * TINY_CLASSES];
static uint8_t *png;
static size_t png_size;
static lamina_prediction expected_best;

/* Counts what differs from what one thread got. */
static void *work(void *differences) {
  float logits[ROWS * TINY_CLASSES];
  lamina_prediction best;
  size_t count;
  int wrong = 0;
  for (int round = 0; round < ROUNDS; round++) {
    lamina_session *session = NULL;
    lamina_model *missing = NULL;
    lamina_session_options options = {sizeof options, 0, 1 + round % 2};
    if (lamina_session_create(model, &options, &session) != LAMINA_OK) {
      wrong++;
      continue;
    }
    wrong += lamina_session_predict_float32(session, numbers, ROWS, logits, ROWS * TINY_CLASSES) !=
             LAMINA_OK;
    wrong += memcmp(logits, expected, sizeof logits) != 0;
    wrong += lamina_session_classify_png_memory(session, png, png_size, NULL, &best, 1, &count) !=
             LAMINA_OK;
    wrong += memcmp(&best, &expected_best, sizeof best) != 0;
    wrong += lamina_model_load_file("/nowhere", &missing) != LAMINA_ERROR_IO;
    lamina_session_free(session);
  }
  *(int *)differences = wrong;
  return NULL;
}

int main(void) {
  lamina_model *tiny = load_tiny();
  lamina_session *session = make_session(tiny);
  pthread_t threads[THREADS];
  int differences[THREADS];
  uint8_t pixels[TINY_PIXELS];
  size_t count;
  model = tiny;
  for (int row = 0; row < ROWS; row++) {
    tiny_picture(row, pixels);
    for (int i = 0; i < TINY_PIXELS; i++) numbers[row * TINY_PIXELS + i] = pixels[i] / 255.0f;
  }
  draw_one(pixels);
  png = make_png(pixels, 28, 28, &png_size);
  CHECK_OK(lamina_session_predict_float32(session, numbers, ROWS, expected, ROWS * TINY_CLASSES));
  CHECK_OK(
      lamina_session_classify_png_memory(session, png, png_size, NULL, &expected_best, 1, &count));
  for (int i = 0; i < THREADS; i++)
    CHECK(pthread_create(&threads[i], NULL, work, &differences[i]) == 0);
  for (int i = 0; i < THREADS; i++) {
    pthread_join(threads[i], NULL);
    CHECK(differences[i] == 0);
  }
  lamina_session_free(session);
  lamina_model_free(tiny);
  free(png);
  return check_end();
}
