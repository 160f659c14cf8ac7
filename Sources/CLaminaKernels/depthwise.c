#include "CLaminaKernels.h"
#include "clones.h"
#include "window.h"

PROCESSOR_CLONES
void laminakernel_depthwise(const float *restrict images, const float *restrict kernel,
                            float *restrict outputs, size_t count,
                            const laminakernel_window *window) {
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
            const float *weights = kernel + (k * window->columns.size + l) * channels;
            for (ptrdiff_t c = 0; c < channels; c++) outputs[c] += pixel[c] * weights[c];
          }
      }
    }
}

PROCESSOR_CLONES
void laminakernel_depthwise_input_gradient(const float *restrict gradient,
                                           const float *restrict kernel,
                                           float *restrict image_gradient, size_t count,
                                           const laminakernel_window *window) {
  ptrdiff_t channels = window->channels;
  for (size_t image = 0; image < count; image++, image_gradient += image_count(window))
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output; j++, gradient += channels) {
        range columns = taps_inside(&window->columns, j);
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++) {
            float *pixel = image_gradient + pixel_of(window, i, j, k, l);
            const float *weights = kernel + (k * window->columns.size + l) * channels;
            for (ptrdiff_t c = 0; c < channels; c++) pixel[c] += gradient[c] * weights[c];
          }
      }
    }
}

PROCESSOR_CLONES
void laminakernel_depthwise_kernel_gradient(const float *restrict gradient,
                                            const float *restrict images,
                                            float *restrict kernel_gradient,
                                            float *restrict workspace, size_t count,
                                            const laminakernel_window *window) {
  ptrdiff_t channels = window->channels;
  ptrdiff_t kernel_count = window->rows.size * window->columns.size * channels;
  for (size_t image = 0; image < count; image++, images += image_count(window)) {
    for (ptrdiff_t n = 0; n < kernel_count; n++) workspace[n] = 0;
    for (ptrdiff_t i = 0; i < window->rows.output; i++) {
      range rows = taps_inside(&window->rows, i);
      for (ptrdiff_t j = 0; j < window->columns.output; j++, gradient += channels) {
        range columns = taps_inside(&window->columns, j);
        for (ptrdiff_t k = rows.start; k < rows.end; k++)
          for (ptrdiff_t l = columns.start; l < columns.end; l++) {
            const float *pixel = images + pixel_of(window, i, j, k, l);
            float *weights = workspace + (k * window->columns.size + l) * channels;
            for (ptrdiff_t c = 0; c < channels; c++) weights[c] += pixel[c] * gradient[c];
          }
      }
    }
    for (ptrdiff_t n = 0; n < kernel_count; n++) kernel_gradient[n] += workspace[n];
  }
}

PROCESSOR_CLONES
void laminakernel_repeat(const float *restrict values, float *restrict repeated, size_t count,
                         size_t times) {
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < times; j++) repeated[i * times + j] = values[i];
}

PROCESSOR_CLONES
void laminakernel_sum_repeated(const float *restrict repeated, float *restrict sums, size_t count,
                               size_t times) {
  for (size_t i = 0; i < count; i++) {
    float sum = 0;
    for (size_t j = 0; j < times; j++) sum += repeated[i * times + j];
    sums[i] = sum;
  }
}
