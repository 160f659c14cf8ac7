// The gradients of a convolution whose outputs are pooled, as
// laminakernel_convolve_and_pool does. `gradient` is that of an image's pooled
// outputs, `taps` says which outputs these are. Products with outputs whose gradient
// is 0 are skipped, unless the function's name says unpooled.
#ifndef LAMINAKERNEL_POOLED_GRADIENT_H
#define LAMINAKERNEL_POOLED_GRADIENT_H

#include <stddef.h>
#include <stdint.h>

#include "laminakernel_convolution.h"

// sums[filter][tap][channel] += sum over pooled outputs of pixel[tap][channel]
// gradient[output][filter]. A row of the window has at least 16 numbers (a pixel,
// where columns are dilated), and what a band sees is less than 2^31 numbers long.
void laminakernel_add_pooled_kernel_gradient(const float *image, const float *gradient,
                                             const uint8_t *taps, float *sums, float *scratch,
                                             const laminakernel_convolution *convolution,
                                             const laminakernel_window *pool);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_pooled_kernel_gradient_scratch(const laminakernel_convolution *convolution,
                                                      const laminakernel_window *pool);

// result[i][j] = sum over pieces of parts[piece][j][i]. Pieces are `part_distance`
// apart, their columns `part_column`.
void laminakernel_sum_transposed_parts(const float *parts, float *result, ptrdiff_t pieces,
                                       ptrdiff_t part_distance, ptrdiff_t rows, ptrdiff_t columns,
                                       ptrdiff_t part_column);

// The kernel in the order in which laminakernel_pooled_input_gradient reads it: the
// numbers of a row of the window, for each filter, for each row.
void laminakernel_pack_transposed_kernel(const float *kernel, float *packed,
                                         const laminakernel_convolution *convolution);

// image_gradient[pixel][channel] = sum over the pooled outputs that see the pixel of
// gradient[output][filter] kernel[tap][channel][filter]
void laminakernel_pooled_input_gradient(const float *gradient, const uint8_t *taps,
                                        const float *packed, float *image_gradient,
                                        const laminakernel_convolution *convolution,
                                        const laminakernel_window *pool);

// The outputs' gradient from that of the pooled ones: 0 where `taps` names another.
void laminakernel_unpool(const float *gradient, const uint8_t *taps, float *output_gradient,
                         const laminakernel_window *pool);

// What laminakernel_add_kernel_gradient adds for outputs of such a gradient.
void laminakernel_add_unpooled_kernel_gradient(const float *image, const float *gradient,
                                               const uint8_t *taps, float *sums, float *scratch,
                                               const laminakernel_convolution *convolution,
                                               const laminakernel_window *pool);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_unpooled_kernel_gradient_scratch(const laminakernel_convolution *convolution,
                                                        const laminakernel_window *pool);

#endif
