// Measures the way from a PNG file to its label, one thread, with the network inside the library:
//
//     png SECONDS LABEL FILE
//
// The picture is classified from its file and from memory, made into the network's input, decoded
// and predicted, one after the other in each turn, so that what a part takes is the difference of
// two times that met the same machine. Prints JSON: medians of all turns.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <lamina.h>

#include "CPNG.h"
#include "timing.h"

enum { pixels = 784, classes = 10, most_turns = 1 << 16, fewest_turns = 20 };

static lamina_model *model;
static lamina_session *session;
static const char *path;
static unsigned char *bytes;
static size_t size;
static uint8_t digit[pixels];
static lamina_prediction best;

static void check(lamina_status status) {
  if (status == LAMINA_OK) return;
  fprintf(stderr, "%s\n", lamina_last_error_message());
  exit(1);
}

static void classify_file(void) {
  size_t count;
  check(lamina_session_classify_png_file(session, path, NULL, &best, 1, &count));
}

static void classify_memory(void) {
  size_t count;
  check(lamina_session_classify_png_memory(session, bytes, size, NULL, &best, 1, &count));
}

static void preprocess(void) {
  check(lamina_model_preprocess_png_memory(model, bytes, size, NULL, digit, pixels, NULL));
}

/// The library's decoder, which this program has a copy of: all rows, which go nowhere.
static void decode(void) {
  laminapng_decoder *decoder = laminapng_create();
  laminapng_header header;
  laminapng_row row;
  laminapng_status status = LAMINAPNG_OUT_OF_MEMORY;
  if (!decoder || (status = laminapng_open_memory(decoder, bytes, size)) != LAMINAPNG_OK ||
      (status = laminapng_read_header(decoder, 1000000000, &header)) != LAMINAPNG_OK)
    exit((fprintf(stderr, "%s: decoding gave status %d\n", path, (int)status), 1));
  size_t capacity = (size_t)header.width * 4;  // more than a pixel has, with its transparency
  uint8_t *buffer = malloc(capacity);
  if (!buffer) exit((perror("memory"), 1));
  while (status == LAMINAPNG_OK) status = laminapng_read_row(decoder, buffer, capacity, &row);
  if (status != LAMINAPNG_END) exit((fprintf(stderr, "%s\n", laminapng_message(decoder)), 1));
  free(buffer);
  laminapng_destroy(decoder);
}

static void predict(void) {
  float scores[classes];
  lamina_tensor input = {.struct_size = sizeof input, .dtype = LAMINA_UINT8, .rank = 3};
  input.shape[0] = 1;
  input.shape[1] = input.shape[2] = 28;
  input.data = digit;
  input.capacity = sizeof digit;
  lamina_tensor output = {.struct_size = sizeof output, .dtype = LAMINA_FLOAT32, .data = scores};
  output.capacity = sizeof scores;
  check(lamina_session_predict(session, &input, 1, &output, 1));
}

static void read_file(void) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) exit((perror(path), 1));
  size = (size_t)ftell(file);
  rewind(file);
  bytes = malloc(size);
  if (!bytes || fread(bytes, 1, size, file) != size) exit((perror(path), 1));
  fclose(file);
}

enum { from_file, from_memory, preprocessing, decoding, predicting, work_count };
static void (*const works[work_count])(void) = {classify_file, classify_memory, preprocess, decode,
                                                predict};
static double times[work_count][most_turns];

static size_t take_turns(double seconds) {
  size_t turn = 0;
  for (double end = now() + seconds; turn < most_turns && (turn < fewest_turns || now() < end);
       turn++) {
    for (int work = 0; work < work_count; work++) {
      double start = now();
      works[work]();
      times[work][turn] = now() - start;
    }
  }
  return turn;
}

/// Microseconds that one work takes longer than another; the median of the turns.
static double median_difference(int longer, int shorter, size_t turns) {
  static double differences[most_turns];
  for (size_t turn = 0; turn < turns; turn++)
    differences[turn] = times[longer][turn] - times[shorter][turn];
  return quantile(differences, turns, 0.5) * 1e6;
}

int main(int argument_count, char **arguments) {
  if (argument_count != 4) return 2;
  double seconds = atof(arguments[1]);
  path = arguments[3];
  read_file();
  check(lamina_model_load_builtin(&model));
  check(lamina_session_create(model, NULL, &session));
  take_turns(seconds / 10);
  if (best.class_index != atoi(arguments[2]))
    exit((fprintf(stderr, "%s: %s, but read as %d\n", path, arguments[2], best.class_index), 1));

  size_t turns = take_turns(seconds);
  // Before the quantiles, which sort.
  printf("{\"opening_us\": %.3f, \"finding_us\": %.3f",
         median_difference(from_file, from_memory, turns),
         median_difference(preprocessing, decoding, turns));
  printf(", \"decoding_us\": %.3f, \"predicting_us\": %.3f",
         quantile(times[decoding], turns, 0.5) * 1e6,
         quantile(times[predicting], turns, 0.5) * 1e6);
  printf(", \"median_us\": %.3f, \"p99_us\": %.3f}\n", quantile(times[from_file], turns, 0.5) * 1e6,
         quantile(times[from_file], turns, 0.99) * 1e6);
  lamina_session_free(session);
  lamina_model_free(model);
  free(bytes);
  return 0;
}
