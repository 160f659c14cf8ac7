// Convolutions and their gradients.
#ifndef LAMINAKERNEL_CONVOLUTION_H
#define LAMINAKERNEL_CONVOLUTION_H

#include <stddef.h>
#include <stdint.h>

#include "laminakernel_windows.h"

// A convolution with a kernel of [rows, columns, channels, filters]. One of an
// axis's stride and dilation is 1. Functions work on one image, and copy what has
// borders to scratch memory, some rows at a time.
typedef struct {
  laminakernel_window window;
  ptrdiff_t filters;
  ptrdiff_t kernel_row;  // from one row of the kernel to the next, in numbers
} laminakernel_convolution;

// The next number that is a whole number of vectors, at most 15 more.
ptrdiff_t laminakernel_whole_vectors(ptrdiff_t count);

// The kernel in the order in which laminakernel_convolve reads it: taps times
// channels times whole vectors of filters.
void laminakernel_pack_kernel(const float *kernel, float *packed,
                              const laminakernel_convolution *convolution);

// outputs[position][filter] = bias[filter] + sum over taps and channels of
// pixel[tap][channel] kernel[tap][channel][filter], for some rows of positions;
// no bias stands for zeros. With `clips` negative outputs become 0.
void laminakernel_convolve(const float *image, const float *packed, const float *bias,
                           float *outputs, ptrdiff_t first_row, ptrdiff_t rows, int clips,
                           float *scratch, const laminakernel_convolution *convolution);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_convolution_scratch(const laminakernel_convolution *convolution);

// The same, of which only the largest in each window of `pool` are written. Its
// windows do not overlap, and begin with the first output. taps[position][filter] =
// the first of its window that is the largest, counted row by row; it can be NULL.
void laminakernel_convolve_and_pool(const float *image, const float *packed, const float *bias,
                                    float *outputs, uint8_t *taps, int clips, float *scratch,
                                    const laminakernel_convolution *convolution,
                                    const laminakernel_window *pool);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_pooled_convolution_scratch(const laminakernel_convolution *convolution,
                                                  const laminakernel_window *pool);

// sums[tap][channel][filter] += sum over positions of pixel[tap][channel]
// gradient[position][filter]; a row of sums has whole vectors of filters.
void laminakernel_add_kernel_gradient(const float *image, const float *gradient, float *sums,
                                      float *scratch, const laminakernel_convolution *convolution);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_kernel_gradient_scratch(const laminakernel_convolution *convolution);

// The kernel in the order in which laminakernel_input_gradient reads it: taps
// times filters times whole vectors of channels.
void laminakernel_pack_flipped_kernel(const float *kernel, float *packed,
                                      const laminakernel_convolution *convolution);

// image_gradient[pixel][channel] = sum over the windows that see the pixel, and
// over filters, of gradient[position][filter] kernel[tap][channel][filter]
void laminakernel_input_gradient(const float *gradient, const float *packed, float *image_gradient,
                                 float *scratch, const laminakernel_convolution *convolution);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_input_gradient_scratch(const laminakernel_convolution *convolution);

// outputs[position][c] = sum over taps of pixel[tap][c] * kernel[tap][c]
void laminakernel_depthwise(const float *images, const float *kernel, float *outputs, size_t count,
                            const laminakernel_window *window);

// Adds to each pixel its gradient, given the one of the outputs.
void laminakernel_depthwise_input_gradient(const float *gradient, const float *kernel,
                                           float *image_gradient, size_t count,
                                           const laminakernel_window *window);

// Adds the kernel's gradient, given the one of the outputs; each image is summed
// in `workspace`, which has the kernel's size.
void laminakernel_depthwise_kernel_gradient(const float *gradient, const float *images,
                                            float *kernel_gradient, float *workspace, size_t count,
                                            const laminakernel_window *window);

#endif
