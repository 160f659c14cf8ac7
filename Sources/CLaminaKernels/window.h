// Which inputs a sliding window sees.
#ifndef LAMINA_WINDOW_H
#define LAMINA_WINDOW_H

#include "CLaminaKernels.h"

typedef struct {
  ptrdiff_t start, end;
} range;

// The input that a tap sees in the window at an output; it may lie outside.
static inline ptrdiff_t input_of(const laminakernel_axis *axis, ptrdiff_t output, ptrdiff_t tap) {
  return output * axis->stride - axis->before + tap * axis->dilation;
}

// The taps of the window at an output that see an input.
static inline range taps_inside(const laminakernel_axis *axis, ptrdiff_t output) {
  ptrdiff_t first = input_of(axis, output, 0);
  range taps = {0, axis->size};
  if (first < 0) taps.start = (-first + axis->dilation - 1) / axis->dilation;
  if (first + (axis->size - 1) * axis->dilation >= axis->input)
    taps.end = (axis->input - 1 - first) / axis->dilation + 1;
  return taps;
}

// How many numbers an image has.
static inline ptrdiff_t image_count(const laminakernel_window *window) {
  return window->rows.input * window->columns.input * window->channels;
}

// Where the pixel begins in its image that tap (k, l) of the window at (i, j) sees.
static inline ptrdiff_t pixel_of(const laminakernel_window *window, ptrdiff_t i, ptrdiff_t j,
                                 ptrdiff_t k, ptrdiff_t l) {
  ptrdiff_t row = input_of(&window->rows, i, k), column = input_of(&window->columns, j, l);
  return (row * window->columns.input + column) * window->channels;
}

#endif
