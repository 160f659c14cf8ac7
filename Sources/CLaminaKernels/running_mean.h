// Running means decay towards 0 where gradients are 0, as those of pixels that are
// seldom anything but black are, and processors compute several times slower with
// numbers below 2^-126. Long before, they no longer count: here they become 0.
#ifndef LAMINA_RUNNING_MEAN_H
#define LAMINA_RUNNING_MEAN_H

#include <math.h>

#define RUNNING_MEAN_INLINED static inline __attribute__((always_inline))

// What counts for nothing beside an epsilon, to which it or its root is added; all
// counts where there is no epsilon to speak of.
RUNNING_MEAN_INLINED float negligible_beside(float epsilon) {
  return epsilon >= 0x1p-27f ? 0x1p-100f : 0;
}

RUNNING_MEAN_INLINED float without_negligible(float mean, float negligible) {
  return fabsf(mean) < negligible ? 0 : mean;
}

#endif
