#include <math.h>
#include <string.h>

#include "CLaminaKernels.h"
#include "clones.h"
#include "window.h"

#define INLINED static inline __attribute__((always_inline))

// Whether no pixel is seen by two windows.
static int is_disjoint(const laminakernel_window *window) {
  return window->rows.stride >= window->rows.size && window->columns.stride >= window->columns.size;
}

// Whether a window sees each pixel along an axis.
static int covers(const laminakernel_axis *axis) {
  return axis->stride <= axis->size && axis->before >= 0 &&
         (axis->output - 1) * axis->stride + axis->size - axis->before >= axis->input;
}

// Takes a pixel where it is larger than what is there. Of several not-a-numbers, which
// are larger than all, the first stays.
INLINED void take_larger(const float *restrict pixel, int32_t tap, float *restrict outputs,
                         int32_t *restrict taps, ptrdiff_t channels) {
  for (ptrdiff_t c = 0; c < channels; c++) {
    int takes = (pixel[c] > outputs[c]) | ((pixel[c] != pixel[c]) & (outputs[c] == outputs[c]));
    outputs[c] = takes ? pixel[c] : outputs[c];
    if (taps) taps[c] = takes ? tap : taps[c];
  }
}

// The first tap's pixel is taken as it is, then the others where they are larger. Taps
// are counted among those inside.
INLINED void max_pool(const float *restrict images, float *restrict outputs, int32_t *restrict taps,
                      size_t count, const laminakernel_window *window) {
  ptrdiff_t channels = window->channels;
  for (size_t image = 0; image < count; image++, images += image_count(window))
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output; j++) {
        range columns = taps_inside(&window->columns, j);
        const float *first = images + pixel_of(window, i, j, rows.start, columns.start);
        for (ptrdiff_t c = 0; c < channels; c++) outputs[c] = first[c];
        for (ptrdiff_t c = 0; taps && c < channels; c++) taps[c] = 0;
        int32_t tap = 0;
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++)
            take_larger(images + pixel_of(window, i, j, k, l), tap++, outputs, taps, channels);
        outputs += channels;
        if (taps) taps += channels;
      }
    }
}

PROCESSOR_CLONES
void laminakernel_max_pooling(const float *images, float *outputs, int32_t *taps, size_t count,
                              const laminakernel_window *window) {
  if (taps)
    max_pool(images, outputs, taps, count, window);
  else
    max_pool(images, outputs, NULL, count, window);
}

INLINED void max_pool_gradient(const int32_t *restrict taps, const float *restrict gradient,
                               float *restrict image_gradient, size_t count,
                               const laminakernel_window *window, int adds) {
  ptrdiff_t channels = window->channels;
  for (size_t image = 0; image < count; image++, image_gradient += image_count(window))
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output;
           j++, taps += channels, gradient += channels) {
        range columns = taps_inside(&window->columns, j);
        int32_t tap = 0;
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++, tap++) {
            float *pixel = image_gradient + pixel_of(window, i, j, k, l);
            for (ptrdiff_t c = 0; c < channels; c++) {
              float part = taps[c] == tap ? gradient[c] : 0;
              pixel[c] = adds ? pixel[c] + part : part;
            }
          }
      }
    }
}

PROCESSOR_CLONES
void laminakernel_max_pooling_gradient(const int32_t *taps, const float *gradient,
                                       float *image_gradient, size_t count,
                                       const laminakernel_window *window) {
  int disjoint = is_disjoint(window);
  if (!disjoint || !covers(&window->rows) || !covers(&window->columns))
    memset(image_gradient, 0, count * (size_t)image_count(window) * sizeof *image_gradient);
  if (disjoint)
    max_pool_gradient(taps, gradient, image_gradient, count, window, 0);
  else
    max_pool_gradient(taps, gradient, image_gradient, count, window, 1);
}

PROCESSOR_CLONES
void laminakernel_average_pooling(const float *restrict images, float *restrict outputs,
                                  size_t count, const laminakernel_window *window) {
  ptrdiff_t channels = window->channels;
  for (size_t image = 0; image < count; image++, images += image_count(window))
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output; j++, outputs += channels) {
        range columns = taps_inside(&window->columns, j);
        for (ptrdiff_t c = 0; c < channels; c++) outputs[c] = 0;
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++) {
            const float *pixel = images + pixel_of(window, i, j, k, l);
            for (ptrdiff_t c = 0; c < channels; c++) outputs[c] += pixel[c];
          }
        float seen = (float)((rows.end - rows.start) * (columns.end - columns.start));
        for (ptrdiff_t c = 0; c < channels; c++) outputs[c] /= seen;
      }
    }
}

PROCESSOR_CLONES
void laminakernel_average_pooling_gradient(const float *restrict gradient,
                                           float *restrict image_gradient, size_t count,
                                           const laminakernel_window *window) {
  ptrdiff_t channels = window->channels;
  for (size_t image = 0; image < count; image++, image_gradient += image_count(window))
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output; j++, gradient += channels) {
        range columns = taps_inside(&window->columns, j);
        float seen = (float)((rows.end - rows.start) * (columns.end - columns.start));
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++) {
            float *pixel = image_gradient + pixel_of(window, i, j, k, l);
            for (ptrdiff_t c = 0; c < channels; c++) pixel[c] += gradient[c] / seen;
          }
      }
    }
}

PROCESSOR_CLONES
void laminakernel_column_maxima(const float *restrict matrix, float *restrict maxima, size_t rows,
                                size_t columns) {
  for (size_t j = 0; j < columns; j++) maxima[j] = -INFINITY;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) {
      float value = matrix[i * columns + j];
      int takes = (value > maxima[j]) | (value != value);
      maxima[j] = takes ? value : maxima[j];
    }
}

PROCESSOR_CLONES
void laminakernel_column_maxima_gradient(const float *restrict matrix, const float *restrict maxima,
                                         const float *restrict gradient,
                                         float *restrict matrix_gradient, size_t rows,
                                         size_t columns) {
  enum { block_columns = 64 };
  float share[block_columns];
  for (size_t column = 0; column < columns; column += block_columns) {
    size_t width = columns - column < block_columns ? columns - column : block_columns;
    for (size_t j = 0; j < width; j++) share[j] = 0;
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < width; j++)
        share[j] += matrix[i * columns + column + j] == maxima[column + j] ? 1.0f : 0.0f;
    // A column with a not-a-number has no maximum, and a gradient of 0 * infinity.
    for (size_t j = 0; j < width; j++) share[j] = gradient[column + j] / share[j];
    for (size_t i = 0; i < rows; i++)
      for (size_t j = 0; j < width; j++)
        matrix_gradient[i * columns + column + j] =
            (matrix[i * columns + column + j] == maxima[column + j] ? 1.0f : 0.0f) * share[j];
  }
}

PROCESSOR_CLONES
void laminakernel_fill_rows(float *restrict matrix, const float *restrict row, size_t rows,
                            size_t columns, float divisor) {
  for (size_t i = 0; i < rows; i++)
    for (size_t j = 0; j < columns; j++) matrix[i * columns + j] = row[j] / divisor;
}
