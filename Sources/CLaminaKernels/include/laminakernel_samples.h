// Samples of a data set as rows of a batch.
#ifndef LAMINAKERNEL_SAMPLES_H
#define LAMINAKERNEL_SAMPLES_H

#include <stddef.h>
#include <stdint.h>

// values[i] = bytes[i] / divisor
void laminakernel_divide_bytes(const uint8_t *bytes, float *values, size_t count, float divisor);

// values[i] = integers[i]
void laminakernel_convert_integers(const int32_t *integers, float *values, size_t count);

// Row i of `values` becomes row indices[i] of the bytes, divided.
void laminakernel_gather_bytes(const uint8_t *bytes, const int32_t *indices, float *values,
                               size_t rows, size_t columns, float divisor);

// Row i of `values` becomes row indices[i] of the integers.
void laminakernel_gather_integers(const int32_t *integers, const int32_t *indices, float *values,
                                  size_t rows, size_t columns);

// Row i of `values` becomes row indices[i] of the samples.
void laminakernel_gather_floats(const float *samples, const int32_t *indices, float *values,
                                size_t rows, size_t columns);

#endif
