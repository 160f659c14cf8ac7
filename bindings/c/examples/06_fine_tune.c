/* Teaches the model inside the library a writer's own digits, on the device:
 * 06_fine_tune OUTPUT.safetensors FILE...
 *
 *     cc 06_fine_tune.c $(pkg-config --cflags --libs lamina) -o fine_tune
 *     ./fine_tune mine.safetensors 0-mine.png 1-mine.png 7-mine.png
 *
 * Each file's name begins with the digit that it shows. All layers but the last one
 * are frozen, so that few pictures suffice and what the model knew is not lost.
 * Prints loss and accuracy on the pictures before and after. */
#include <ctype.h>
#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PIXELS = 28 * 28 };

static const char training[] =
    "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.001}},"
    " \"loss\": {\"class_name\": \"SparseCategoricalCrossentropy\","
    " \"config\": {\"from_logits\": true}}, \"metrics\": [\"accuracy\"]}";

static int failed(void) {
  fprintf(stderr, "%s\n", lamina_last_error_message());
  return 1;
}

/* The pictures and what they show; their number. */
static int read_pictures(const lamina_model *model, char **paths, int count, uint8_t *pixels,
                         int32_t *labels) {
  int i, rows = 0;
  for (i = 0; i < count; i++) {
    const char *slash = strrchr(paths[i], '/');
    const char *name = slash ? slash + 1 : paths[i];
    if (!isdigit((unsigned char)name[0]))
      fprintf(stderr, "%s: the name does not begin with a digit\n", paths[i]);
    else if (lamina_model_preprocess_png_file(model, paths[i], NULL, pixels + (size_t)rows * PIXELS,
                                              PIXELS, NULL))
      failed();
    else
      labels[rows++] = name[0] - '0';
  }
  return rows;
}

static int freeze_all_but_the_last(lamina_model *model) {
  size_t count, i;
  char name[128];
  if (lamina_model_layer_count(model, &count) != LAMINA_OK) return failed();
  for (i = 0; i + 1 < count; i++)
    if (lamina_model_layer_name(model, i, name, sizeof name, NULL) != LAMINA_OK ||
        lamina_model_set_layer_trainable(model, name, 0) != LAMINA_OK)
      return failed();
  return 0;
}

static int report(const lamina_model *model, const lamina_dataset *data, const char *when) {
  double values[2];
  if (lamina_model_evaluate(model, data, 0, values, 2, NULL) != LAMINA_OK) return failed();
  printf("%s: loss %.4f, accuracy %.4f\n", when, values[0], values[1]);
  return 0;
}

static int fine_tune(lamina_model *model, uint8_t *pixels, int32_t *labels, int rows) {
  lamina_tensor input, target;
  lamina_dataset data;
  lamina_fit_options options;

  memset(&input, 0, sizeof input);
  input.struct_size = sizeof input;
  input.dtype = LAMINA_UINT8;
  input.rank = 3;
  input.shape[0] = rows;
  input.shape[1] = 28;
  input.shape[2] = 28;
  input.data = pixels;
  input.capacity = (size_t)rows * PIXELS;
  target = input;
  target.dtype = LAMINA_INT32;
  target.rank = 1;
  target.data = labels;
  target.capacity = (size_t)rows * sizeof *labels;
  memset(&data, 0, sizeof data);
  data.struct_size = sizeof data;
  data.inputs = &input;
  data.input_count = 1;
  data.targets = &target;
  data.target_count = 1;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.epochs = 10;

  if (lamina_model_compile(model, training) != LAMINA_OK) return failed();
  return freeze_all_but_the_last(model) || report(model, &data, "before") ||
         (lamina_model_fit(model, &data, &options) != LAMINA_OK && failed()) ||
         report(model, &data, "after");
}

int main(int argc, char **argv) {
  lamina_model *model = NULL;
  uint8_t *pixels = malloc((size_t)argc * PIXELS);
  int32_t *labels = malloc((size_t)argc * sizeof *labels);
  int rows, status = 1;

  if (argc < 3) {
    fprintf(stderr, "usage: %s OUTPUT.safetensors FILE...\n", argv[0]);
    status = 2;
  } else if (pixels && labels && (lamina_model_load_builtin(&model) == LAMINA_OK || !failed())) {
    rows = read_pictures(model, argv + 2, argc - 2, pixels, labels);
    if (rows == 0)
      fprintf(stderr, "no picture to learn from\n");
    else
      status = fine_tune(model, pixels, labels, rows) ||
               (lamina_model_save_file(model, argv[1]) != LAMINA_OK && failed());
  }
  lamina_model_free(model);
  free(pixels);
  free(labels);
  return status;
}
