/* Convolutions to test, and what their outputs are. */
#ifndef LAMINA_TESTS_CONVOLUTION_H
#define LAMINA_TESTS_CONVOLUTION_H

#include "windows.h"

/* One with the same sizes for each image. */
typedef struct {
  laminakernel_convolution shape;
  size_t pixels, outputs, weights, positions, channels, filters, width;
  float *images, *kernel, *bias;
} convolution;

convolution make_convolution(const laminakernel_window *window, ptrdiff_t filters);

/* The outputs for all images, with relu. */
double *expected_outputs(const convolution *c);

static inline float *scratch_of(ptrdiff_t count) { return unset_numbers((size_t)count); }

#endif
