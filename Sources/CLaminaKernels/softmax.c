#include "softmax.h"

#include <math.h>

#include "CLaminaKernels.h"
#include "clones.h"

PROCESSOR_CLONES
void laminakernel_softmax(float *values, size_t rows, size_t columns) {
  float largest[softmax_block], sums[softmax_block];
  size_t at_once = softmax_rows(columns);
  for (size_t first = 0; first < rows; first += at_once) {
    size_t count = rows - first < at_once ? rows - first : at_once;
    float *powers = values + first * columns;
    softmax_sums(powers, powers, largest, sums, count, columns);
    for (size_t i = 0; i < count; i++)
      for (size_t j = i * columns; j < (i + 1) * columns; j++) powers[j] /= sums[i];
  }
}

PROCESSOR_CLONES
void laminakernel_log_softmax(float *values, size_t rows, size_t columns) {
  float largest[softmax_block], sums[softmax_block];
  size_t at_once = softmax_rows(columns);
  for (size_t first = 0; first < rows; first += at_once) {
    size_t count = rows - first < at_once ? rows - first : at_once;
    float *z = values + first * columns;
    softmax_sums(z, NULL, largest, sums, count, columns);
    for (size_t i = 0; i < count; i++) {
      float logarithm = logf(sums[i]);
      for (size_t j = i * columns; j < (i + 1) * columns; j++) z[j] = z[j] - largest[i] - logarithm;
    }
  }
}

PROCESSOR_CLONES
void laminakernel_softmax_gradient(const float *restrict outputs, float *restrict gradient,
                                   size_t rows, size_t columns) {
  for (size_t i = 0; i < rows; i++) {
    const float *y = outputs + i * columns;
    float *g = gradient + i * columns, sum = 0;
    for (size_t j = 0; j < columns; j++) sum += g[j] * y[j];
    for (size_t j = 0; j < columns; j++) g[j] = y[j] * (g[j] - sum);
  }
}

PROCESSOR_CLONES
void laminakernel_log_softmax_gradient(const float *restrict outputs, float *restrict gradient,
                                       size_t rows, size_t columns) {
  for (size_t i = 0; i < rows; i++) {
    const float *y = outputs + i * columns;
    float *g = gradient + i * columns, sum = sum_of(g, columns);
    for (size_t j = 0; j < columns; j++) g[j] -= exponential(y[j]) * sum;
  }
}
