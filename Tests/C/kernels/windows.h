/* Windows that slide over images, tap by tap. */
#ifndef LAMINA_TESTS_WINDOWS_H
#define LAMINA_TESTS_WINDOWS_H

#include "kernels.h"

enum { image_count = 2 };

static inline size_t pixel_count(const laminakernel_window *window) {
  return (size_t)(window->rows.input * window->columns.input);
}

static inline size_t position_count(const laminakernel_window *window) {
  return (size_t)(window->rows.output * window->columns.output);
}

static inline size_t tap_count(const laminakernel_window *window) {
  return (size_t)(window->rows.size * window->columns.size);
}

/* Where the pixel that a tap sees begins, among all images; -1 outside of the image. Positions are
 * counted through all images, taps row by row. */
static inline ptrdiff_t pixel_at(const laminakernel_window *window, size_t position, size_t tap) {
  const laminakernel_axis *rows = &window->rows, *columns = &window->columns;
  ptrdiff_t at = (ptrdiff_t)position, image = at / (rows->output * columns->output);
  ptrdiff_t k = (ptrdiff_t)tap / columns->size, l = (ptrdiff_t)tap % columns->size;
  ptrdiff_t row =
      at / columns->output % rows->output * rows->stride - rows->before + k * rows->dilation;
  ptrdiff_t column =
      at % columns->output * columns->stride - columns->before + l * columns->dilation;
  if (row < 0 || row >= rows->input || column < 0 || column >= columns->input) return -1;
  return ((image * rows->input + row) * columns->input + column) * window->channels;
}

/* Runs the body for each channel of each tap of each position, with `pixel` and the index of the
 * output; what lies outside is left out. */
#define FOR_EACH_TAP(window, ...)                                                        \
  for (size_t position = 0; position < image_count * position_count(window); position++) \
    for (size_t tap = 0; tap < tap_count(window); tap++)                                 \
      for (size_t channel = 0; channel < (size_t)(window)->channels; channel++) {        \
        ptrdiff_t start = pixel_at(window, position, tap);                               \
        size_t output = position * (size_t)(window)->channels + channel;                 \
        if (start < 0) continue;                                                         \
        size_t pixel = (size_t)start + channel;                                          \
        (void)output;                                                                    \
        __VA_ARGS__;                                                                     \
      }

/* An axis whose outputs are as many as Keras's padding "same" gives, or "valid". */
laminakernel_axis make_axis(ptrdiff_t input, ptrdiff_t size, ptrdiff_t stride, ptrdiff_t dilation,
                            int is_same);

/* Tests of one window. */
void test_convolution(const laminakernel_window *window, const char *name);

void test_pooled_convolution(const laminakernel_window *window, ptrdiff_t filters,
                             const char *name);

void test_winograd(void);

#endif
