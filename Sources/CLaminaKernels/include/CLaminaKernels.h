// The hot loops that Swift cannot compile once for each kind of processor.
// Pointers never overlap; counts are numbers of elements.
#ifndef LAMINA_CLAMINAKERNELS_H
#define LAMINA_CLAMINAKERNELS_H

#include <stddef.h>
#include <stdint.h>

// values[i] = bytes[i] / divisor
void laminakernel_divide_bytes(const uint8_t *bytes, float *values, size_t count, float divisor);

// values[i] = integers[i]
void laminakernel_convert_integers(const int32_t *integers, float *values, size_t count);

// Adds `row` to each of the rows of a matrix.
void laminakernel_add_row(float *matrix, const float *row, size_t rows, size_t columns);

// sums[j] = sum over i of matrix[i][j]
void laminakernel_sum_columns(const float *matrix, float *sums, size_t rows, size_t columns);

// values[i] = max(values[i], 0), not-a-number kept
void laminakernel_relu(float *values, size_t count);

// gradient[i] = 0 where outputs[i] <= 0
void laminakernel_relu_gradient(const float *outputs, float *gradient, size_t count);

// outputs[i] = inputs[i] * factors[i]
void laminakernel_multiply(const float *inputs, const float *factors, float *outputs, size_t count);

// The words of four-word blocks 0, 1, ... of Philox 4x32-10 (Salmon et al.,
// "Parallel random numbers: as easy as 1, 2, 3", 2011): the key is `seed`, the
// counter is (block, step, layer, purpose).
void laminakernel_random_words(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                               uint32_t *words, size_t count);

// factors[i] = scale where the i-th uniform number in [0, 1) of the same
// stream is at least `rate`, else 0.
void laminakernel_dropout_factors(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                                  float rate, float scale, float *factors, size_t count);

// One step of Adam (Kingma and Ba, 2014) in Keras's form:
// m += (g - m) one_minus_beta1; v += (g g - v) one_minus_beta2;
// w -= m step_size / (sqrt(v) + epsilon)
void laminakernel_adam(float *parameters, const float *gradients, float *momentums,
                       float *velocities, size_t count, float step_size, float one_minus_beta1,
                       float one_minus_beta2, float epsilon);

#endif
