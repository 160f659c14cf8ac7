#include "CLaminaKernels.h"
#include "clones.h"
#include "running_mean.h"

PROCESSOR_CLONES
void laminakernel_sgd(float *restrict parameters, const float *restrict gradients, size_t count,
                      float learning_rate) {
  for (size_t i = 0; i < count; i++) parameters[i] -= gradients[i] * learning_rate;
}

PROCESSOR_CLONES
void laminakernel_sgd_momentum(float *restrict parameters, const float *restrict gradients,
                               float *restrict momentums, size_t count, float learning_rate,
                               float momentum) {
  for (size_t i = 0; i < count; i++) {
    float m = momentums[i] * momentum - gradients[i] * learning_rate;
    m = without_negligible(m, 0x1p-100f);
    momentums[i] = m;
    parameters[i] += m;
  }
}

PROCESSOR_CLONES
void laminakernel_sgd_nesterov(float *restrict parameters, const float *restrict gradients,
                               float *restrict momentums, size_t count, float learning_rate,
                               float momentum) {
  for (size_t i = 0; i < count; i++) {
    float step = gradients[i] * learning_rate;
    float m = without_negligible(momentums[i] * momentum - step, 0x1p-100f);
    momentums[i] = m;
    parameters[i] += m * momentum - step;
  }
}
