#include "CLaminaKernels.h"
#include "clones.h"

PROCESSOR_CLONES
void laminakernel_clip(float *values, size_t count, float limit) {
  for (size_t i = 0; i < count; i++) {
    float upper = values[i] > limit ? limit : values[i];
    values[i] = upper < -limit ? -limit : upper;
  }
}

PROCESSOR_CLONES
void laminakernel_decay(float *values, size_t count, float rate) {
  for (size_t i = 0; i < count; i++) values[i] -= values[i] * rate;
}
