#include <math.h>

#include "CLaminaKernels.h"
#include "clones.h"
#include "window.h"

PROCESSOR_CLONES
void laminakernel_max_pooling(const float *restrict images, float *restrict outputs, size_t count,
                              const laminakernel_window *window) {
  ptrdiff_t channels = window->channels;
  for (size_t image = 0; image < count; image++, images += image_count(window))
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output; j++, outputs += channels) {
        range columns = taps_inside(&window->columns, j);
        for (ptrdiff_t c = 0; c < channels; c++) outputs[c] = -INFINITY;
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++) {
            const float *pixel = images + pixel_of(window, i, j, k, l);
            for (ptrdiff_t c = 0; c < channels; c++) {
              int takes = (pixel[c] > outputs[c]) | (pixel[c] != pixel[c]);
              outputs[c] = takes ? pixel[c] : outputs[c];
            }
          }
      }
    }
}

PROCESSOR_CLONES
void laminakernel_max_pooling_gradient(const float *restrict images, const float *restrict outputs,
                                       float *restrict gradient, float *restrict image_gradient,
                                       size_t count, const laminakernel_window *window) {
  ptrdiff_t channels = window->channels;
  for (size_t image = 0; image < count;
       image++, images += image_count(window), image_gradient += image_count(window))
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output;
           j++, outputs += channels, gradient += channels) {
        range columns = taps_inside(&window->columns, j);
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++) {
            ptrdiff_t offset = pixel_of(window, i, j, k, l);
            const float *pixel = images + offset;
            float *pixel_gradient = image_gradient + offset;
            for (ptrdiff_t c = 0; c < channels; c++) {
              int takes = (pixel[c] == outputs[c]) | (pixel[c] != pixel[c]);
              pixel_gradient[c] += takes ? gradient[c] : 0;
              gradient[c] = takes ? 0 : gradient[c];
            }
          }
      }
    }
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
