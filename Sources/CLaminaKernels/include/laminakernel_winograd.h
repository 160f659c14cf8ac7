// Convolutions by Winograd's way.
#ifndef LAMINAKERNEL_WINOGRAD_H
#define LAMINAKERNEL_WINOGRAD_H

#include <stddef.h>

#include "laminakernel_convolution.h"

// Whether Winograd's way of a convolution with a kernel of 3x3 is possible and
// worthwhile. Pixels and weights must be moderate: what is not a number would spread
// to its neighbours.
int laminakernel_suits_winograd(const laminakernel_convolution *convolution);

// How many numbers the kernel has as it is multiplied there.
ptrdiff_t laminakernel_winograd_count(const laminakernel_convolution *convolution);

void laminakernel_transform_kernel(const float *kernel, float *transformed,
                                   const laminakernel_convolution *convolution);

// What laminakernel_convolve and laminakernel_convolve_and_pool give, to rounding.
void laminakernel_convolve_winograd(const float *image, const float *transformed, const float *bias,
                                    float *outputs, int clips, float *scratch,
                                    const laminakernel_convolution *convolution);
void laminakernel_convolve_and_pool_winograd(const float *image, const float *transformed,
                                             const float *bias, float *outputs, int clips,
                                             float *scratch,
                                             const laminakernel_convolution *convolution,
                                             const laminakernel_window *pool);

// How many numbers of scratch memory they take; the first has no pool.
ptrdiff_t laminakernel_winograd_scratch(const laminakernel_convolution *convolution,
                                        const laminakernel_window *pool);

// Whether all are numbers of at most 1e15, whose products can be added up.
int laminakernel_is_moderate(const float *values, size_t count);

#endif
