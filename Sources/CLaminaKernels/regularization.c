#include <math.h>

#include "CLaminaKernels.h"
#include "clones.h"

// Sums are kept in lanes of their own, so that they are the same on every
// processor and the loops become vector instructions.
enum { lanes = 16 };

static inline __attribute__((always_inline)) double sum_of_lanes(const double sums[lanes]) {
  double sum = 0;
  for (int lane = 0; lane < lanes; lane++) sum += sums[lane];
  return sum;
}

PROCESSOR_CLONES
double laminakernel_sum_of_magnitudes(const float *values, size_t count) {
  double sums[lanes] = {0};
  size_t whole = count - count % lanes;
  for (size_t i = 0; i < whole; i += lanes)
    for (int lane = 0; lane < lanes; lane++) sums[lane] += (double)fabsf(values[i + lane]);
  for (size_t i = whole; i < count; i++) sums[i - whole] += (double)fabsf(values[i]);
  return sum_of_lanes(sums);
}

PROCESSOR_CLONES
double laminakernel_sum_of_squares(const float *values, size_t count) {
  double sums[lanes] = {0};
  size_t whole = count - count % lanes;
  for (size_t i = 0; i < whole; i += lanes)
    for (int lane = 0; lane < lanes; lane++) {
      double value = values[i + lane];
      sums[lane] += value * value;
    }
  for (size_t i = whole; i < count; i++) sums[i - whole] += (double)values[i] * (double)values[i];
  return sum_of_lanes(sums);
}

PROCESSOR_CLONES
void laminakernel_add_signs(const float *restrict values, float *restrict sums, size_t count,
                            float factor) {
  for (size_t i = 0; i < count; i++) sums[i] += values[i] < 0 ? -factor : factor;
}

PROCESSOR_CLONES
void laminakernel_add_multiple(const float *restrict values, float *restrict sums, size_t count,
                               float factor) {
  for (size_t i = 0; i < count; i++) sums[i] += factor * values[i];
}
