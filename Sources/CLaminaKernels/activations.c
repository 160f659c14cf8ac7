#include "CLaminaKernels.h"
#include "clones.h"

PROCESSOR_CLONES
void laminakernel_leaky_relu(float *restrict values, size_t count, float slope) {
  for (size_t i = 0; i < count; i++)
    // Adding 0 makes a zero positive, so that the output's sign is the branch.
    values[i] = values[i] < 0 ? values[i] * slope : values[i] + 0.0f;
}

PROCESSOR_CLONES
void laminakernel_leaky_relu_gradient(const float *restrict outputs, float *restrict gradient,
                                      size_t count, float slope) {
  for (size_t i = 0; i < count; i++)
    gradient[i] *= __builtin_copysignf(1.0f, outputs[i]) < 0 ? slope : 1.0f;
}

PROCESSOR_CLONES
void laminakernel_relu6(float *restrict values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float x = values[i] <= 0 ? 0 : values[i];
    values[i] = x >= 6 ? 6 : x;
  }
}

PROCESSOR_CLONES
void laminakernel_hard_sigmoid(float *restrict values, size_t count) {
  for (size_t i = 0; i < count; i++) {
    float x = values[i] + 3;
    x = x <= 0 ? 0 : x;
    values[i] = (x >= 6 ? 6 : x) / 6;
  }
}

PROCESSOR_CLONES
void laminakernel_ramp_gradient(const float *restrict outputs, float *restrict gradient,
                                size_t count, float upper, float slope) {
  for (size_t i = 0; i < count; i++)
    gradient[i] = outputs[i] <= 0 || outputs[i] >= upper ? 0 : gradient[i] * slope;
}
