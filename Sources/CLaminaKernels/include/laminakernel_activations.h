// Activations and their gradients, in place.
#ifndef LAMINAKERNEL_ACTIVATIONS_H
#define LAMINAKERNEL_ACTIVATIONS_H

#include <stddef.h>

// values[i] = max(values[i], 0), not-a-number kept
void laminakernel_relu(float *values, size_t count);

// gradient[i] = 0 where outputs[i] <= 0
void laminakernel_relu_gradient(const float *outputs, float *gradient, size_t count);

// values[i] *= slope where values[i] < 0; zeros become positive
void laminakernel_leaky_relu(float *values, size_t count, float slope);

// gradient[i] *= slope where the sign of outputs[i] is negative
void laminakernel_leaky_relu_gradient(const float *outputs, float *gradient, size_t count,
                                      float slope);

// values[i] = min(max(values[i], 0), 6), not-a-number kept
void laminakernel_relu6(float *values, size_t count);

// values[i] = min(max(values[i] + 3, 0), 6) / 6, not-a-number kept
void laminakernel_hard_sigmoid(float *values, size_t count);

// gradient[i] *= slope where 0 < outputs[i] < upper, else becomes 0
void laminakernel_ramp_gradient(const float *outputs, float *gradient, size_t count, float upper,
                                float slope);

// Each row x becomes exp(x - largest) / sum of exp(x - largest).
void laminakernel_softmax(float *values, size_t rows, size_t columns);

// Each row x becomes x - largest - log(sum of exp(x - largest)).
void laminakernel_log_softmax(float *values, size_t rows, size_t columns);

// Each row g becomes y (g - sum of g y), y being softmax's outputs.
void laminakernel_softmax_gradient(const float *outputs, float *gradient, size_t rows,
                                   size_t columns);

// Each row g becomes g - exp(y) sum of g, y being log softmax's outputs.
void laminakernel_log_softmax_gradient(const float *outputs, float *gradient, size_t rows,
                                       size_t columns);

#endif
