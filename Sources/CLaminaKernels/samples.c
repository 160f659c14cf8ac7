#include <string.h>

#include "CLaminaKernels.h"
#include "clones.h"

#define INLINED static inline __attribute__((always_inline))

// Rows at random places come from far away: each is asked for while the ones before
// it are converted. The processor finds the rest of a long row itself.
enum { rows_ahead = 4, cache_line = 64, longest_ahead = 2048 };

INLINED void ask_for_row(const char *samples, const int32_t *indices, size_t row, size_t rows,
                         size_t row_size) {
  if (row >= rows) return;
  const char *next = samples + (size_t)indices[row] * row_size;
  size_t size = row_size < longest_ahead ? row_size : longest_ahead;
  for (size_t byte = 0; byte < size; byte += cache_line) __builtin_prefetch(next + byte);
}

INLINED void divide(const uint8_t *restrict bytes, float *restrict values, size_t count,
                    float divisor) {
  for (size_t i = 0; i < count; i++) values[i] = (float)bytes[i] / divisor;
}

INLINED void convert(const int32_t *restrict integers, float *restrict values, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = (float)integers[i];
}

PROCESSOR_CLONES
void laminakernel_divide_bytes(const uint8_t *restrict bytes, float *restrict values, size_t count,
                               float divisor) {
  divide(bytes, values, count, divisor);
}

PROCESSOR_CLONES
void laminakernel_convert_integers(const int32_t *restrict integers, float *restrict values,
                                   size_t count) {
  convert(integers, values, count);
}

PROCESSOR_CLONES
void laminakernel_gather_bytes(const uint8_t *restrict bytes, const int32_t *restrict indices,
                               float *restrict values, size_t rows, size_t columns, float divisor) {
  for (size_t i = 0; i < rows; i++) {
    ask_for_row((const char *)bytes, indices, i + rows_ahead, rows, columns);
    divide(bytes + (size_t)indices[i] * columns, values + i * columns, columns, divisor);
  }
}

PROCESSOR_CLONES
void laminakernel_gather_integers(const int32_t *restrict integers, const int32_t *restrict indices,
                                  float *restrict values, size_t rows, size_t columns) {
  for (size_t i = 0; i < rows; i++) {
    ask_for_row((const char *)integers, indices, i + rows_ahead, rows, columns * sizeof *integers);
    convert(integers + (size_t)indices[i] * columns, values + i * columns, columns);
  }
}

void laminakernel_gather_floats(const float *restrict samples, const int32_t *restrict indices,
                                float *restrict values, size_t rows, size_t columns) {
  for (size_t i = 0; i < rows; i++) {
    ask_for_row((const char *)samples, indices, i + rows_ahead, rows, columns * sizeof *samples);
    memcpy(values + i * columns, samples + (size_t)indices[i] * columns, columns * sizeof *samples);
  }
}
