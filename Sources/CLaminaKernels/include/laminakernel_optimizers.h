// Steps of optimizers: parameters w, gradients g.
#ifndef LAMINAKERNEL_OPTIMIZERS_H
#define LAMINAKERNEL_OPTIMIZERS_H

#include <stddef.h>

// w -= g learning_rate
void laminakernel_sgd(float *parameters, const float *gradients, size_t count, float learning_rate);

// m = m momentum - g learning_rate; w += m
void laminakernel_sgd_momentum(float *parameters, const float *gradients, float *momentums,
                               size_t count, float learning_rate, float momentum);

// m = m momentum - g learning_rate; w += m momentum - g learning_rate
void laminakernel_sgd_nesterov(float *parameters, const float *gradients, float *momentums,
                               size_t count, float learning_rate, float momentum);

// One step of Adam (Kingma and Ba, 2014) in Keras's form:
// m += (g - m) one_minus_beta1; v += (g g - v) one_minus_beta2;
// w -= m step_size / (sqrt(v) + epsilon)
void laminakernel_adam(float *parameters, const float *gradients, float *momentums,
                       float *velocities, size_t count, float step_size, float one_minus_beta1,
                       float one_minus_beta2, float epsilon);

// One step of Nadam (Dozat, 2015) in Keras's form:
// m += (g - m) one_minus_beta1; v += (g g - v) one_minus_beta2;
// w -= (m momentum_factor + g gradient_factor) / (sqrt(v velocity_factor) + epsilon)
void laminakernel_nadam(float *parameters, const float *gradients, float *momentums,
                        float *velocities, size_t count, float momentum_factor,
                        float gradient_factor, float velocity_factor, float one_minus_beta1,
                        float one_minus_beta2, float epsilon);

// One step of RMSprop in Keras's form: v = v rho + g g one_minus_rho;
// change = learning_rate g / sqrt(v + epsilon); w -= change.
// With averages a: a = a rho + g one_minus_rho, and v - a a under the root.
// With momentums m: m = m momentum + change; w -= m. Either may be NULL.
void laminakernel_rmsprop(float *parameters, const float *gradients, float *velocities,
                          float *momentums, float *averages, size_t count, float learning_rate,
                          float rho, float one_minus_rho, float momentum, float epsilon);

// One step of Adagrad in Keras's form:
// a += g g; w -= learning_rate g / sqrt(a + epsilon)
void laminakernel_adagrad(float *parameters, const float *gradients, float *accumulators,
                          size_t count, float learning_rate, float epsilon);

// values[i] = values[i] brought into -limit to limit, not-a-number kept
void laminakernel_clip(float *values, size_t count, float limit);

// values[i] -= values[i] rate
void laminakernel_decay(float *values, size_t count, float rate);

#endif
