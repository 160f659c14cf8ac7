/* Memory stays as it is over many loads and predictions.
 *
 *     test_memory [LOADS [PREDICTIONS]]     more or fewer of them
 *
 * test_valgrind.sh runs it, too. */
#include <unistd.h>

#include "check.h"
#include "png.h"
#include "tiny.h"

enum { ROWS = 8, MOST_GROWTH = 1 << 20 };

static float numbers[ROWS * TINY_PIXELS];
static uint8_t *png;
static size_t png_size;

/* Bytes of memory that the process has. */
static long resident(void) {
  long pages = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (!file || fscanf(file, "%*s %ld", &pages) != 1) exit(2);
  fclose(file);
  return pages * sysconf(_SC_PAGESIZE);
}

static void load_and_predict(void) {
  float logits[ROWS * TINY_CLASSES];
  lamina_prediction best;
  lamina_model *missing = NULL;
  size_t count;
  lamina_model *model = load_tiny();
  lamina_session *session = make_session(model);
  int well = lamina_session_predict_float32(session, numbers, ROWS, logits, ROWS * TINY_CLASSES) ==
                 LAMINA_OK &&
             lamina_session_classify_png_memory(session, png, png_size, NULL, &best, 1, &count) ==
                 LAMINA_OK &&
             lamina_model_load_memory(png, png_size, &missing) == LAMINA_ERROR_FORMAT;
  lamina_session_free(session);
  lamina_model_free(model);
  if (!well) CHECK(well);
}

/* Valgrind keeps what was freed for a while, and finds leaks in its own way. */
static void check_flat(long before, const char *what, int count) {
  long growth = getenv("LAMINA_UNDER_VALGRIND") ? 0 : resident() - before;
  if (!CHECK(growth < MOST_GROWTH)) fprintf(stderr, "%d %s: %ld more bytes\n", count, what, growth);
}

int main(int argc, char **argv) {
  int loads = argc > 1 ? atoi(argv[1]) : 5000;
  int predictions = argc > 2 ? atoi(argv[2]) : 1000000;
  uint8_t pixels[TINY_PIXELS];
  for (int i = 0; i < ROWS * TINY_PIXELS; i++) numbers[i] = (float)(i % 5) / 4;
  draw_one(pixels);
  png = make_png(pixels, 28, 28, &png_size);

  for (int i = 0; i < 100 && i < loads; i++) load_and_predict();
  long before = resident();
  for (int i = 0; i < loads; i++) load_and_predict();
  check_flat(before, "loads", loads);

  float logits[TINY_CLASSES];
  int failed = 0;
  lamina_model *model = load_tiny();
  lamina_session *session = make_session(model);
  CHECK_OK(lamina_session_predict_float32(session, numbers, 1, logits, TINY_CLASSES));
  before = resident();
  for (int i = 0; i < predictions; i++)
    failed += lamina_session_predict_float32(session, numbers, 1, logits, TINY_CLASSES) != 0;
  CHECK(failed == 0);
  check_flat(before, "predictions", predictions);
  lamina_session_free(session);
  lamina_model_free(model);
  free(png);
  return check_end();
}
