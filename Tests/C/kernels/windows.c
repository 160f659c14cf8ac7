/* Convolutions and pooling: what slides a window over images. */
#include "windows.h"

static void test_depthwise(const laminakernel_window *window, const char *name) {
  size_t channels = (size_t)window->channels, weights = tap_count(window) * channels;
  size_t pixels = image_count * pixel_count(window) * channels;
  size_t outputs = image_count * position_count(window) * channels;
  float *images = random_numbers(pixels), *kernel = random_numbers(weights);
  float *results = unset_numbers(outputs), *gradient = random_numbers(outputs);
  float *image_gradient = copy_of(images, pixels), *kernel_gradient = copy_of(kernel, weights);
  double *expected = expected_numbers(outputs), *image_slopes = expected_numbers(pixels);
  double *kernel_slopes = expected_numbers(weights);
  for (size_t i = 0; i < pixels; i++) image_slopes[i] = (double)images[i];
  for (size_t i = 0; i < weights; i++) kernel_slopes[i] = (double)kernel[i];
  FOR_EACH_TAP(window, {
    double weight = (double)kernel[tap * channels + channel], slope = (double)gradient[output];
    expected[output] += (double)images[pixel] * weight;
    image_slopes[pixel] += slope * weight;
    kernel_slopes[tap * channels + channel] += slope * (double)images[pixel];
  });
  laminakernel_depthwise(images, kernel, results, image_count, window);
  check_close(results, expected, outputs, 1e-5, "depthwise, %s", name);
  laminakernel_depthwise_input_gradient(gradient, kernel, image_gradient, image_count, window);
  check_close(image_gradient, image_slopes, pixels, 1e-5, "depthwise_input_gradient, %s", name);
  laminakernel_depthwise_kernel_gradient(gradient, images, kernel_gradient, unset_numbers(weights),
                                         image_count, window);
  check_close(kernel_gradient, kernel_slopes, weights, 1e-4, "depthwise_kernel_gradient, %s", name);
  end_case("depthwise, %s", name);
}

static void test_average_pooling(const laminakernel_window *window, const char *name) {
  size_t channels = (size_t)window->channels;
  size_t pixels = image_count * pixel_count(window) * channels;
  size_t outputs = image_count * position_count(window) * channels;
  float *images = random_numbers(pixels), *results = unset_numbers(outputs);
  float *gradient = random_numbers(outputs), *image_gradient = copy_of(images, pixels);
  double *expected = expected_numbers(outputs), *slopes = expected_numbers(pixels);
  double *seen = expected_numbers(outputs);
  FOR_EACH_TAP(window, {
    expected[output] += (double)images[pixel];
    seen[output]++;
  });
  for (size_t i = 0; i < outputs; i++) expected[i] /= seen[i];
  for (size_t i = 0; i < pixels; i++) slopes[i] = (double)images[i];
  FOR_EACH_TAP(window, slopes[pixel] += (double)gradient[output] / seen[output]);
  laminakernel_average_pooling(images, results, image_count, window);
  check_close(results, expected, outputs, 1e-6, "average_pooling, %s", name);
  laminakernel_average_pooling_gradient(gradient, image_gradient, image_count, window);
  check_close(image_gradient, slopes, pixels, 1e-5, "average_pooling_gradient, %s", name);
  end_case("average pooling, %s", name);
}

/* Of pixels that are equally large the first takes the gradient. */
static void test_max_pooling(const laminakernel_window *window, const char *name) {
  size_t channels = (size_t)window->channels;
  size_t pixels = image_count * pixel_count(window) * channels;
  size_t outputs = image_count * position_count(window) * channels;
  float *images = random_numbers(pixels), *results = unset_numbers(outputs);
  float *gradient = random_numbers(outputs), *image_gradient = unset_numbers(pixels);
  int32_t *taps = guarded_memory(outputs * sizeof(int32_t));
  double *expected = expected_numbers(outputs), *slopes = expected_numbers(pixels);
  size_t *winners = guarded_memory(outputs * sizeof(size_t));
  for (size_t i = 0; i < pixels; i++) images[i] = roundf(4 * images[i]);
  for (size_t i = 0; i < outputs; i++) expected[i] = -INFINITY;
  FOR_EACH_TAP(window, {
    if ((double)images[pixel] <= expected[output]) continue;
    expected[output] = (double)images[pixel];
    winners[output] = pixel;
  });
  for (size_t i = 0; i < outputs; i++) slopes[winners[i]] += (double)gradient[i];
  laminakernel_max_pooling(images, results, NULL, image_count, window);
  check_close(results, expected, outputs, 0, "max_pooling, %s", name);
  laminakernel_max_pooling(images, results, taps, image_count, window);
  check_close(results, expected, outputs, 0, "max_pooling with taps, %s", name);
  laminakernel_max_pooling_gradient(taps, gradient, image_gradient, image_count, window);
  check_close(image_gradient, slopes, pixels, 1e-5, "max_pooling_gradient, %s", name);
  end_case("max pooling, %s", name);
}

laminakernel_axis make_axis(ptrdiff_t input, ptrdiff_t size, ptrdiff_t stride, ptrdiff_t dilation,
                            int is_same) {
  laminakernel_axis axis = {.input = input, .size = size, .stride = stride, .dilation = dilation};
  ptrdiff_t reach = (size - 1) * dilation + 1;
  axis.output = is_same ? (input + stride - 1) / stride : (input - reach) / stride + 1;
  ptrdiff_t padding = (axis.output - 1) * stride + reach - input;
  axis.before = is_same && padding > 0 ? padding / 2 : 0;
  return axis;
}

static void name_window(char *name, size_t size, const laminakernel_window *window) {
  const laminakernel_axis *rows = &window->rows, *columns = &window->columns;
  snprintf(name, size,
           "%tdx%tdx%td under %tdx%td, strides %tdx%td, dilation %tdx%td, before %tdx%td",
           rows->input, columns->input, window->channels, rows->size, columns->size, rows->stride,
           columns->stride, rows->dilation, columns->dilation, rows->before, columns->before);
}

/* Pools whose windows do not overlap, or leave pixels out; with padding "same" the first or the
 * last of them reach beyond the image. */
static void test_disjoint_pools(ptrdiff_t channels) {
  for (int is_same = 0; is_same < 2; is_same++)
    for (ptrdiff_t size = 1; size <= 4; size++)
      for (ptrdiff_t gap = 0; gap < 2; gap++) {
        laminakernel_window window = {make_axis(9, size, size + gap, 1, is_same),
                                      make_axis(7, 2, 2, 1, is_same), channels};
        char name[128];
        name_window(name, sizeof name, &window);
        test_max_pooling(&window, name);
        test_average_pooling(&window, name);
      }
}

void test_windows(void) {
  static const ptrdiff_t all_channels[] = {1, 3, 7, 8, 16, 17, 33};
  for (size_t i = 0; i < sizeof all_channels / sizeof *all_channels; i++) {
    test_disjoint_pools(all_channels[i]);
    for (int is_same = 0; is_same < 2; is_same++)
      for (ptrdiff_t stride = 1; stride <= 2; stride++)
        for (ptrdiff_t dilation = 1; dilation <= 2; dilation++) {
          laminakernel_window window = {make_axis(7, 3, stride, dilation, is_same),
                                        make_axis(9, 2, stride, dilation, is_same),
                                        all_channels[i]};
          char name[128];
          name_window(name, sizeof name, &window);
          test_depthwise(&window, name);
          if (stride > 1 && dilation > 1) continue;
          test_convolution(&window, name);
          if (dilation > 1) continue;
          test_max_pooling(&window, name);
          test_average_pooling(&window, name);
        }
  }
  test_winograd();
}
