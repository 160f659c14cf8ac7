#include "CLaminaKernels.h"
#include "clones.h"

PROCESSOR_CLONES
void laminakernel_adagrad(float *restrict parameters, const float *restrict gradients,
                          float *restrict accumulators, size_t count, float learning_rate,
                          float epsilon) {
  for (size_t i = 0; i < count; i++) {
    float g = gradients[i];
    float accumulator = accumulators[i] + g * g;
    accumulators[i] = accumulator;
    parameters[i] -= learning_rate * g / __builtin_elementwise_sqrt(accumulator + epsilon);
  }
}
