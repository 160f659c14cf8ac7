#include "CLaminaKernels.h"
#include "clones.h"
#include "running_mean.h"

PROCESSOR_CLONES
void laminakernel_adam(float *restrict parameters, const float *restrict gradients,
                       float *restrict momentums, float *restrict velocities, size_t count,
                       float step_size, float one_minus_beta1, float one_minus_beta2,
                       float epsilon) {
  float negligible = negligible_beside(epsilon);
  for (size_t i = 0; i < count; i++) {
    float g = gradients[i];
    float m = momentums[i] + (g - momentums[i]) * one_minus_beta1;
    float v = velocities[i] + (g * g - velocities[i]) * one_minus_beta2;
    m = without_negligible(m, negligible);
    v = without_negligible(v, negligible);
    momentums[i] = m;
    velocities[i] = v;
    // Unlike sqrtf, it leaves errno alone, and so becomes a vector instruction.
    float root = __builtin_elementwise_sqrt(v);
    parameters[i] -= m * step_size / (root + epsilon);
  }
}
