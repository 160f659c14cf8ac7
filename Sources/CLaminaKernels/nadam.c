#include "CLaminaKernels.h"
#include "clones.h"
#include "running_mean.h"

PROCESSOR_CLONES
void laminakernel_nadam(float *restrict parameters, const float *restrict gradients,
                        float *restrict momentums, float *restrict velocities, size_t count,
                        float momentum_factor, float gradient_factor, float velocity_factor,
                        float one_minus_beta1, float one_minus_beta2, float epsilon) {
  float negligible = negligible_beside(epsilon);
  for (size_t i = 0; i < count; i++) {
    float g = gradients[i];
    float m = momentums[i] + (g - momentums[i]) * one_minus_beta1;
    float v = velocities[i] + (g * g - velocities[i]) * one_minus_beta2;
    m = without_negligible(m, negligible);
    v = without_negligible(v, negligible);
    momentums[i] = m;
    velocities[i] = v;
    float root = __builtin_elementwise_sqrt(v * velocity_factor);
    parameters[i] -= (m * momentum_factor + g * gradient_factor) / (root + epsilon);
  }
}
