#include "CLaminaKernels.h"
#include "clones.h"

PROCESSOR_CLONES
void laminakernel_divide_bytes(const uint8_t *restrict bytes, float *restrict values, size_t count,
                               float divisor) {
  for (size_t i = 0; i < count; i++) values[i] = (float)bytes[i] / divisor;
}

PROCESSOR_CLONES
void laminakernel_convert_integers(const int32_t *restrict integers, float *restrict values,
                                   size_t count) {
  for (size_t i = 0; i < count; i++) values[i] = (float)integers[i];
}

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
