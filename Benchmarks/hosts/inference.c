// Measures one-image latency and the throughput of batches through a C interface:
//
//     inference LIBRARY MODEL IMAGES OUTPUTS THREADS SECONDS [BATCH...]
//
// IMAGES holds pixels as the predictor wants them, 784 a picture; OUTPUTS receives the results of
// the first 256 one by one, then those of the first batch of each size, for the comparison with the
// network's own. Prints JSON.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "predictor.h"
#include "timing.h"

enum { pixels = 784, classes = 10, compared = 256, most_times = 1 << 20 };

static char *read_images(const char *path, size_t *count) {
  FILE *file = fopen(path, "rb");
  if (!file || fseek(file, 0, SEEK_END) != 0) exit((perror(path), 1));
  size_t size = (size_t)ftell(file);
  rewind(file);
  char *images = malloc(size);
  if (!images || fread(images, 1, size, file) != size) exit((perror(path), 1));
  fclose(file);
  *count = size / predictor_pixel_size / pixels;
  return images;
}

static double resident_megabytes(void) {
  long total, resident = 0;
  FILE *file = fopen("/proc/self/statm", "r");
  if (!file || fscanf(file, "%ld %ld", &total, &resident) != 2) return 0;
  fclose(file);
  return (double)resident * 4096 / 1e6;
}

/// Times calls of `batch` images each until the seconds are over; the images go round.
static size_t time_calls(const char *images, size_t count, size_t batch, double seconds,
                         float *output, double *times) {
  size_t done = 0, image = 0;
  for (double end = now() + seconds; done < most_times && (done < 5 || now() < end); done++) {
    double start = now();
    predictor_run(images + image * pixels * predictor_pixel_size, batch, output);
    times[done] = now() - start;
    image += batch;
    if (image + batch > count) image = 0;
  }
  return done;
}

/// Writes the results of single images, and of a batch of each size.
static void write_results(const char *path, const char *images, size_t count, float *output,
                          char **batches, int batch_count) {
  FILE *file = fopen(path, "wb");
  if (!file) exit((perror(path), 1));
  for (size_t row = 0; row < compared; row++)
    predictor_run(images + row * pixels * predictor_pixel_size, 1, output + row * classes);
  size_t rows = compared;
  for (int index = 0;; index++) {
    if (fwrite(output, classes * sizeof(float), rows, file) != rows) exit((perror(path), 1));
    if (index == batch_count) break;
    rows = (size_t)atol(batches[index]);
    if (rows > count) exit(2);
    memset(output, 0, rows * classes * sizeof(float));
    predictor_run(images, rows, output);
  }
  fclose(file);
}

int main(int argument_count, char **arguments) {
  if (argument_count < 7) return 2;
  double seconds = atof(arguments[6]);
  static float first[pixels], answer[classes];
  predictor_open(arguments[1], arguments[2], atoi(arguments[5]));
  predictor_run(first, 1, answer);
  double resident = resident_megabytes();

  size_t count;
  char *images = read_images(arguments[3], &count);
  float *output = malloc(count * classes * sizeof(float));
  double *times = malloc(most_times * sizeof(double));
  if (!output || !times || count < compared) return 1;
  write_results(arguments[4], images, count, output, arguments + 7, argument_count - 7);

  time_calls(images, count, 1, seconds / 10, output, times);
  size_t calls = time_calls(images, count, 1, seconds, output, times);
  double median = quantile(times, calls, 0.5), slow = quantile(times, calls, 0.99);
  printf("{\"resident_megabytes\": %.3f, \"median_us\": %.4f, \"p99_us\": %.4f", resident,
         median * 1e6, slow * 1e6);
  for (int index = 7; index < argument_count; index++) {
    size_t batch = (size_t)atol(arguments[index]);
    time_calls(images, count, batch, seconds / 10, output, times);
    calls = time_calls(images, count, batch, seconds, output, times);
    printf(", \"batch_%zu\": %.1f", batch, (double)batch / quantile(times, calls, 0.5));
  }
  puts("}");
  return 0;
}
