/* Classifies many pictures in one call: 02_batch FILE...
 *
 *     cc 02_batch.c $(pkg-config --cflags --libs lamina) -o batch
 *     ./batch one.png two.png
 *
 * Each picture is made like those that the model was trained on; then all of them
 * go through the network at once, on two threads. Prints a line for each file: its
 * name, the label, the logit. */
#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIXELS = 28 * 28, CLASSES = 10 };

static int failed(void) {
  fprintf(stderr, "%s\n", lamina_last_error_message());
  return 1;
}

static int best_of(const float *logits) {
  int best = 0, i;
  for (i = 1; i < CLASSES; i++)
    if (logits[i] > logits[best]) best = i;
  return best;
}

/* The pictures that can be read, one after the other in `pixels`; their number. */
static int preprocess(const lamina_model *model, char **paths, int count, uint8_t *pixels,
                      const char **names, int *status) {
  int i, rows = 0;
  for (i = 0; i < count; i++) {
    if (lamina_model_preprocess_png_file(model, paths[i], NULL, pixels + (size_t)rows * PIXELS,
                                         PIXELS, NULL) == LAMINA_OK)
      names[rows++] = paths[i];
    else
      *status = failed();
  }
  return rows;
}

static int predict(const lamina_model *model, uint8_t *pixels, float *logits, int rows) {
  lamina_session_options options;
  lamina_session *session = NULL;
  lamina_tensor input, output;
  lamina_status status;

  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.thread_count = 2;
  /* Bytes: the model divides them by 255, as its preprocessing says. */
  memset(&input, 0, sizeof input);
  input.struct_size = sizeof input;
  input.dtype = LAMINA_UINT8;
  input.rank = 3;
  input.shape[0] = rows;
  input.shape[1] = 28;
  input.shape[2] = 28;
  input.data = pixels;
  input.capacity = (size_t)rows * PIXELS;
  /* Rank and shape of an output are written by the call. */
  memset(&output, 0, sizeof output);
  output.struct_size = sizeof output;
  output.dtype = LAMINA_FLOAT32;
  output.data = logits;
  output.capacity = (size_t)rows * CLASSES * sizeof *logits;

  status = lamina_session_create(model, &options, &session);
  if (status == LAMINA_OK) status = lamina_session_predict(session, &input, 1, &output, 1);
  lamina_session_free(session);
  return status == LAMINA_OK ? 0 : failed();
}

int main(int argc, char **argv) {
  int count = argc - 1, rows, row, status = 0;
  lamina_model *model = NULL;
  uint8_t *pixels = malloc((size_t)argc * PIXELS);
  float *logits = malloc((size_t)argc * CLASSES * sizeof *logits);
  const char **names = malloc((size_t)argc * sizeof *names);

  if (count < 1) {
    fprintf(stderr, "usage: %s FILE...\n", argv[0]);
    status = 2;
  } else if (!pixels || !logits || !names) {
    fprintf(stderr, "out of memory\n");
    status = 1;
  } else if (lamina_model_load_builtin(&model) != LAMINA_OK) {
    status = failed();
  } else {
    rows = preprocess(model, argv + 1, count, pixels, names, &status);
    status |= predict(model, pixels, logits, rows);
    for (row = 0; row < rows; row++) {
      int best = best_of(logits + row * CLASSES);
      printf("%s\t%d\t%.4f\n", names[row], best, logits[row * CLASSES + best]);
    }
  }
  lamina_model_free(model);
  free(pixels);
  free(logits);
  free(names);
  return status;
}
