#include "CLaminaKernels.h"
#include "clones.h"
#include "running_mean.h"

// Always inlined with constants for the two flags, so that each loop becomes
// vector instructions.
__attribute__((always_inline)) static inline void step(
    float *restrict parameters, const float *restrict gradients, float *restrict velocities,
    float *restrict momentums, float *restrict averages, size_t count, float learning_rate,
    float rho, float one_minus_rho, float momentum, float epsilon, int has_momentum,
    int is_centered) {
  float negligible = negligible_beside(epsilon);
  for (size_t i = 0; i < count; i++) {
    float g = gradients[i];
    float v = without_negligible(velocities[i] * rho + g * g * one_minus_rho, negligible);
    velocities[i] = v;
    float variance = v;
    if (is_centered) {
      float average = without_negligible(averages[i] * rho + g * one_minus_rho, negligible);
      averages[i] = average;
      variance = v - average * average;
    }
    float change = learning_rate * g / __builtin_elementwise_sqrt(variance + epsilon);
    if (has_momentum) {
      change = without_negligible(change + momentums[i] * momentum, 0x1p-100f);
      momentums[i] = change;
    }
    parameters[i] -= change;
  }
}

PROCESSOR_CLONES
void laminakernel_rmsprop(float *parameters, const float *gradients, float *velocities,
                          float *momentums, float *averages, size_t count, float learning_rate,
                          float rho, float one_minus_rho, float momentum, float epsilon) {
  if (momentums && averages)
    step(parameters, gradients, velocities, momentums, averages, count, learning_rate, rho,
         one_minus_rho, momentum, epsilon, 1, 1);
  else if (momentums)
    step(parameters, gradients, velocities, momentums, NULL, count, learning_rate, rho,
         one_minus_rho, momentum, epsilon, 1, 0);
  else if (averages)
    step(parameters, gradients, velocities, NULL, averages, count, learning_rate, rho,
         one_minus_rho, momentum, epsilon, 0, 1);
  else
    step(parameters, gradients, velocities, NULL, NULL, count, learning_rate, rho, one_minus_rho,
         momentum, epsilon, 0, 0);
}
