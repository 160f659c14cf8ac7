#include "CLaminaKernels.h"
#include "clones.h"

PROCESSOR_CLONES
void laminakernel_add(float *restrict sums, const float *restrict values, size_t count) {
  for (size_t i = 0; i < count; i++) sums[i] += values[i];
}

PROCESSOR_CLONES
void laminakernel_add_row(float *restrict matrix, const float *restrict row, size_t rows,
                          size_t columns) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) matrix[i * columns + j] += row[j];
}

PROCESSOR_CLONES
void laminakernel_sum_columns(const float *restrict matrix, float *restrict sums, size_t rows,
                              size_t columns) {
  for (size_t j = 0; j < columns; j++) sums[j] = 0;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) sums[j] += matrix[i * columns + j];
}

PROCESSOR_CLONES
void laminakernel_relu(float *restrict values, size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = values[i] <= 0 ? 0 : values[i];
}

PROCESSOR_CLONES
void laminakernel_relu_gradient(const float *restrict outputs, float *restrict gradient,
                                size_t count) {
  for (size_t i = 0; i < count; i++) gradient[i] = outputs[i] <= 0 ? 0 : gradient[i];
}

PROCESSOR_CLONES
void laminakernel_multiply(const float *restrict inputs, const float *restrict factors,
                           float *restrict outputs, size_t count) {
  for (size_t i = 0; i < count; i++) outputs[i] = inputs[i] * factors[i];
}

// Not-a-number is no larger than anything, nor is anything larger.
static inline __attribute__((always_inline)) size_t largest_column(const float *row,
                                                                   size_t columns) {
  size_t best = 0;
  float largest = columns > 0 ? row[0] : 0;
  for (size_t j = 1; j < columns; j++) {
    best = row[j] > largest ? j : best;
    largest = row[j] > largest ? row[j] : largest;
  }
  return best;
}

size_t laminakernel_largest_column(const float *row, size_t columns) {
  return largest_column(row, columns);
}

size_t laminakernel_count_largest(const float *matrix, const float *classes, size_t rows,
                                  size_t columns) {
  size_t count = 0;
  for (size_t i = 0; i < rows; i++)
    count += (float)largest_column(matrix + i * columns, columns) == classes[i];
  return count;
}
