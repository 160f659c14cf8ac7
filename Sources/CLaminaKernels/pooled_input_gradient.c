// The gradient of a convolution's image where the outputs are pooled: each pooled
// output that has a gradient adds its filter, times that, to what its window sees.

#include "clones.h"
#include "convolution.h"
#include "sparse_rows.h"
#include "window.h"

// Part of a line of a window that lies in the image.
typedef struct {
  float *pixels;  // of the image's gradient
  summands rows;  // of the kernel, one for each filter
} seen_part;

// The part of a window's line from `column` on: `length` numbers for each filter.
INLINE int see_part(seen_part *seen, float *image_gradient, const float *packed, ptrdiff_t row,
                    ptrdiff_t column, ptrdiff_t length, const laminakernel_window *window) {
  ptrdiff_t channels = window->channels, width = window->columns.input;
  ptrdiff_t start = column < 0 ? -column : 0, end = least(length / channels, width - column);
  if (row < 0 || row >= window->rows.input || start >= end) return 0;
  seen->pixels = image_gradient + (row * width + column + start) * channels;
  seen->rows =
      (summands){packed + start * channels, (size_t)length, (size_t)((end - start) * channels)};
  return 1;
}

// Adds the rows whose flags are set, each times its factor.
INLINE void add_rows(uint64_t word, factors f, const seen_part *seen) {
  summands rows = seen->rows;
  for (size_t column = 0, width; column < seen->rows.width; column += width) {
    width = next_width(seen->rows.width - column);
    float *pixels = seen->pixels + column;
    rows.first = seen->rows.first + column;
    rows.width = width;
    WITH_VECTOR_COUNT(width, sum_rows, &word, 1, f, rows, pixels, pixels, false)
  }
}

// The filters whose pooled output is this tap, at one position.
INLINE uint64_t tap_flags(const uint8_t *taps, uint8_t tap, size_t count) {
  typedef uint8_t block __attribute__((vector_size(flags_in_word), aligned(1), may_alias));
  typedef bool flags __attribute__((ext_vector_type(flags_in_word)));
  uint64_t word = 0;
  if (count == flags_in_word) {
    const flags same = __builtin_convertvector(*(const block *)taps == tap, flags);
    memcpy(&word, &same, sizeof word);
    return word;
  }
  for (size_t i = 0; i < count; i++) word |= (uint64_t)(taps[i] == tap) << i;
  return word;
}

// A line of the windows, or from `column` on a part of one, and the kernel's numbers
// for it: `length` for each filter.
typedef struct {
  ptrdiff_t line, column, length;
  const float *packed;
} line_part;

// Up to 64 filters of the pooled outputs at (i, j).
INLINE void add_position(const float *gradient, const uint8_t *taps, size_t count, ptrdiff_t i,
                         ptrdiff_t j, float *image_gradient, const line_part *part,
                         const laminakernel_window *window, const laminakernel_window *pool) {
  const uint64_t all = nonzero_values(gradient, count);
  const factors values = {.values = gradient, .distance = 1};
  for (ptrdiff_t k = 0; k < pool->rows.size; k++)
    for (ptrdiff_t l = 0; l < pool->columns.size; l++) {
      const uint64_t word = all & tap_flags(taps, (uint8_t)(k * pool->columns.size + l), count);
      ptrdiff_t row = input_of(&window->rows, i * pool->rows.stride + k, part->line);
      ptrdiff_t column = input_of(&window->columns, j * pool->columns.stride + l, part->column);
      seen_part seen;
      if (word && see_part(&seen, image_gradient, part->packed, row, column, part->length, window))
        add_rows(word, values, &seen);
    }
}

// What all outputs give by this part of their windows.
INLINE void add_line(const float *gradient, const uint8_t *taps, float *image_gradient,
                     const line_part *part, const laminakernel_convolution *convolution,
                     const laminakernel_window *pool) {
  ptrdiff_t filters = convolution->filters;
  for (ptrdiff_t i = 0; i < pool->rows.output; i++)
    for (ptrdiff_t j = 0; j < pool->columns.output; j++, gradient += filters, taps += filters)
      for (ptrdiff_t first = 0; first < filters; first += flags_in_word) {
        line_part some = *part;
        some.packed += first * part->length;
        add_position(gradient + first, taps + first, (size_t)least(filters - first, flags_in_word),
                     i, j, image_gradient, &some, &convolution->window, pool);
      }
}

PROCESSOR_CLONES
void laminakernel_pooled_input_gradient(const float *gradient, const uint8_t *taps,
                                        const float *packed, float *image_gradient,
                                        const laminakernel_convolution *convolution,
                                        const laminakernel_window *pool) {
  const laminakernel_window *window = &convolution->window;
  memset(image_gradient, 0,
         (size_t)(window->rows.input * window->columns.input) * (size_t)window->channels *
             sizeof *image_gradient);
  int is_dilated = window->columns.dilation > 1;
  ptrdiff_t parts = is_dilated ? window->columns.size : 1;
  ptrdiff_t length = (is_dilated ? 1 : window->columns.size) * window->channels;
  for (ptrdiff_t line = 0; line < window->rows.size; line++)
    for (ptrdiff_t part = 0; part < parts; part++, packed += convolution->filters * length)
      add_line(gradient, taps, image_gradient, &(line_part){line, part, length, packed},
               convolution, pool);
}

PROCESSOR_CLONES
void laminakernel_pack_transposed_kernel(const float *restrict kernel, float *restrict packed,
                                         const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  int is_dilated = window->columns.dilation > 1;
  ptrdiff_t parts = is_dilated ? window->columns.size : 1;
  ptrdiff_t length = (is_dilated ? 1 : window->columns.size) * window->channels;
  ptrdiff_t filters = convolution->filters;
  for (ptrdiff_t line = 0; line < window->rows.size; line++)
    for (ptrdiff_t part = 0; part < parts; part++, packed += filters * length) {
      const float *weights = kernel + line * convolution->kernel_row + part * length * filters;
      for (ptrdiff_t f = 0; f < filters; f++)
        for (ptrdiff_t i = 0; i < length; i++) packed[f * length + i] = weights[i * filters + f];
    }
}
