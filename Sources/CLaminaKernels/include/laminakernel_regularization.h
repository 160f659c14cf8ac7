// The size of weights, and its slopes.
#ifndef LAMINAKERNEL_REGULARIZATION_H
#define LAMINAKERNEL_REGULARIZATION_H

#include <stddef.h>

// The sum of |values[i]|.
double laminakernel_sum_of_magnitudes(const float *values, size_t count);

// The sum of values[i]^2.
double laminakernel_sum_of_squares(const float *values, size_t count);

// sums[i] += factor * sign of values[i]; the sign of 0 is 1
void laminakernel_add_signs(const float *values, float *sums, size_t count, float factor);

// sums[i] += factor * values[i]
void laminakernel_add_multiple(const float *values, float *sums, size_t count, float factor);

#endif
