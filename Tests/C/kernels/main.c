/* Compares the kernels with plain sums in double, on odd sizes. Linked with the kernels themselves,
 * once for each kind of processor: Tests/C/test_processors.sh runs those that this one can. */
#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include <stdarg.h>
#include <sys/mman.h>
#include <unistd.h>

#include "kernels.h"

enum { most_arrays = 64, band = 256, mark = 0xA5 };

static struct {
  unsigned char *start, *memory;
  size_t mapped;
} arrays[most_arrays];
static int array_count;
static int passed, failed;

static void count_check(int holds, const char *format, va_list arguments) {
  if (holds) {
    passed++;
    return;
  }
  if (failed++ >= 20) return;
  fputs("failed: ", stderr);
  vfprintf(stderr, format, arguments);
  fputs("\n", stderr);
}

void check_that(int holds, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  count_check(holds, format, arguments);
  va_end(arguments);
}

void *guarded_memory(size_t size) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t usable = (size + band + page - 1) / page * page;
  unsigned char *start =
      mmap(NULL, usable + page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (start == MAP_FAILED || array_count == most_arrays ||
      mprotect(start + usable, page, PROT_NONE) != 0) {
    puts("no memory for a case\n0 passed, 1 failed");
    exit(1);
  }
  unsigned char *memory = start + usable - size;
  memset(start, mark, (size_t)(memory - start));
  arrays[array_count].start = start;
  arrays[array_count].memory = memory;
  arrays[array_count++].mapped = usable + page;
  return memory;
}

void end_case(const char *format, ...) {
  int is_intact = 1;
  for (int i = 0; i < array_count; i++) {
    for (unsigned char *byte = arrays[i].memory - band; byte < arrays[i].memory; byte++)
      is_intact &= *byte == mark;
    munmap(arrays[i].start, arrays[i].mapped);
  }
  array_count = 0;
  va_list arguments;
  va_start(arguments, format);
  if (!is_intact) fputs("written before an array: ", stderr);
  count_check(is_intact, format, arguments);
  va_end(arguments);
}

float *unset_numbers(size_t count) {
  float *numbers = guarded_memory(count * sizeof(float));
  for (size_t i = 0; i < count; i++) numbers[i] = NAN;
  return numbers;
}

float random_number(void) {
  static uint64_t state = 1;
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  uint32_t word = (uint32_t)(state * UINT64_C(2685821657736338717) >> 32);
  return word % 16 == 0 ? 0 : (float)(word >> 8) * 0x1p-22f - 2;
}

float *random_numbers(size_t count) {
  float *numbers = guarded_memory(count * sizeof(float));
  for (size_t i = 0; i < count; i++) numbers[i] = random_number();
  return numbers;
}

float *copy_of(const float *numbers, size_t count) {
  float *copy = guarded_memory(count * sizeof(float));
  memcpy(copy, numbers, count * sizeof(float));
  return copy;
}

double *expected_numbers(size_t count) {
  double *numbers = guarded_memory((count + 1) * sizeof(double));
  memset(numbers, 0, (count + 1) * sizeof(double));
  return numbers;
}

static int is_close(float result, double expected, double tolerance) {
  if (isnan(expected)) return isnan(result);
  if (isinf(expected)) return (double)result == expected;
  return fabs((double)result - expected) <= tolerance;
}

static void check_numbers(const float *results, const double *expected, double tolerance,
                          const double *tolerances, size_t count, const char *format,
                          va_list arguments) {
  size_t i = 0;
  while (i < count && is_close(results[i], expected[i],
                               tolerances ? tolerances[i] : tolerance * (1 + fabs(expected[i]))))
    i++;
  if (i < count)
    fprintf(stderr, "[%zu]: expected %.9g, got %.9g; ", i, expected[i], (double)results[i]);
  count_check(i == count, format, arguments);
}

void check_close(const float *results, const double *expected, size_t count, double tolerance,
                 const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  check_numbers(results, expected, tolerance, NULL, count, format, arguments);
  va_end(arguments);
}

void check_within(const float *results, const double *expected, const double *tolerances,
                  size_t count, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  check_numbers(results, expected, 0, tolerances, count, format, arguments);
  va_end(arguments);
}

int main(void) {
  test_elementwise();
  test_losses();
  test_normalization();
  test_optimizers();
  test_product();
  test_random();
  test_samples();
  test_softmax();
  test_sparse();
  test_windows();
  printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
