#include "convolution.h"

convolution make_convolution(const laminakernel_window *window, ptrdiff_t filters) {
  convolution c = {.shape = {*window, filters, window->columns.size * window->channels * filters}};
  c.channels = (size_t)window->channels;
  c.filters = (size_t)filters;
  c.positions = position_count(window);
  c.pixels = pixel_count(window) * c.channels;
  c.outputs = c.positions * c.filters;
  c.weights = tap_count(window) * c.channels;
  c.width = (size_t)laminakernel_whole_vectors(filters);
  c.images = random_numbers(image_count * c.pixels);
  c.kernel = random_numbers(c.weights * c.filters);
  c.bias = random_numbers(c.filters);
  return c;
}

double *expected_outputs(const convolution *c) {
  double *expected = expected_numbers(image_count * c->outputs);
  for (size_t i = 0; i < image_count * c->outputs; i++)
    expected[i] = (double)c->bias[i % c->filters];
  FOR_EACH_TAP(&c->shape.window, {
    const float *weights = c->kernel + (tap * c->channels + output % c->channels) * c->filters;
    for (size_t filter = 0; filter < c->filters; filter++)
      expected[position * c->filters + filter] +=
          (double)c->images[pixel] * (double)weights[filter];
  });
  for (size_t i = 0; i < image_count * c->outputs; i++) expected[i] = fmax(expected[i], 0);
  return expected;
}

/* A pool over the outputs, which begins with the first: its last window may see fewer where
 * padding is "same". */
static laminakernel_window make_pool(const convolution *c, ptrdiff_t size, int is_same) {
  const laminakernel_window *window = &c->shape.window;
  laminakernel_window pool = {make_axis(window->rows.output, size, size, 1, is_same),
                              make_axis(window->columns.output, size, size, 1, is_same),
                              c->shape.filters};
  pool.rows.before = pool.columns.before = 0;
  return pool;
}

static void test_pooled(const convolution *c, const float *packed, const double *expected,
                        const laminakernel_window *pool, const char *name) {
  size_t count = position_count(pool) * c->filters;
  float *pooled = unset_numbers(image_count * count);
  double *maxima = expected_numbers(image_count * count);
  FOR_EACH_TAP(pool, maxima[output] = fmax(maxima[output], expected[pixel]));
  float *scratch = scratch_of(laminakernel_pooled_convolution_scratch(&c->shape, pool));
  for (size_t image = 0; image < image_count && count > 0; image++)
    laminakernel_convolve_and_pool(c->images + image * c->pixels, packed, c->bias,
                                   pooled + image * count, NULL, 1, scratch, &c->shape, pool);
  check_close(pooled, maxima, image_count * count, 2e-5,
              "convolve_and_pool %tdx%td to %tdx%td, %zu filters, %s", pool->rows.size,
              pool->columns.size, pool->rows.output, pool->columns.output, c->filters, name);
}

static void test_forward(const laminakernel_window *window, ptrdiff_t filters, const char *name) {
  convolution c = make_convolution(window, filters);
  double *expected = expected_outputs(&c);
  float *packed = unset_numbers(c.weights * c.width);
  laminakernel_pack_kernel(c.kernel, packed, &c.shape);

  float *outputs = unset_numbers(image_count * c.outputs);
  float *scratch = scratch_of(laminakernel_convolution_scratch(&c.shape));
  for (size_t image = 0; image < image_count; image++)
    for (ptrdiff_t row = 0; row < window->rows.output; row += 2) {
      ptrdiff_t left = window->rows.output - row, row_outputs = window->columns.output * filters;
      laminakernel_convolve(c.images + image * c.pixels, packed, c.bias,
                            outputs + image * c.outputs + (size_t)(row * row_outputs), row,
                            left < 2 ? left : 2, 1, scratch, &c.shape);
    }
  check_close(outputs, expected, image_count * c.outputs, 2e-5, "convolve, %td filters, %s",
              filters, name);

  for (int is_same = 0; is_same < 2; is_same++) {
    laminakernel_window pool = make_pool(&c, 2, is_same);
    test_pooled(&c, packed, expected, &pool, name);
  }
  end_case("convolution, %td filters, %s", filters, name);
}

static void test_gradients(const laminakernel_window *window, ptrdiff_t filters, const char *name) {
  convolution c = make_convolution(window, filters);
  float *gradient = random_numbers(image_count * c.outputs);
  float *sums = random_numbers(c.weights * c.width);
  double *expected_sums = expected_numbers(c.weights * c.width);
  double *expected = expected_numbers(image_count * c.pixels);
  for (size_t i = 0; i < c.weights; i++)
    for (size_t j = 0; j < c.filters; j++)
      expected_sums[i * c.filters + j] = (double)sums[i * c.width + j];
  FOR_EACH_TAP(window, {
    size_t weight = tap * c.channels + output % c.channels;
    for (size_t filter = 0; filter < c.filters; filter++) {
      double slope = (double)gradient[position * c.filters + filter];
      expected_sums[weight * c.filters + filter] += (double)c.images[pixel] * slope;
      expected[pixel] += slope * (double)c.kernel[weight * c.filters + filter];
    }
  });

  float *scratch = scratch_of(laminakernel_kernel_gradient_scratch(&c.shape));
  for (size_t image = 0; image < image_count; image++)
    laminakernel_add_kernel_gradient(c.images + image * c.pixels, gradient + image * c.outputs,
                                     sums, scratch, &c.shape);
  for (size_t i = 0; i < c.weights; i++)
    memmove(sums + i * c.filters, sums + i * c.width, c.filters * sizeof(float));
  check_close(sums, expected_sums, c.weights * c.filters, 1e-4,
              "add_kernel_gradient, %td filters, %s", filters, name);

  size_t flipped =
      tap_count(window) * c.filters * (size_t)laminakernel_whole_vectors(window->channels);
  float *packed = unset_numbers(flipped), *results = unset_numbers(image_count * c.pixels);
  laminakernel_pack_flipped_kernel(c.kernel, packed, &c.shape);
  scratch = scratch_of(laminakernel_input_gradient_scratch(&c.shape));
  for (size_t image = 0; image < image_count; image++)
    laminakernel_input_gradient(gradient + image * c.outputs, packed, results + image * c.pixels,
                                scratch, &c.shape);
  check_close(results, expected, image_count * c.pixels, 5e-5, "input_gradient, %td filters, %s",
              filters, name);
  end_case("gradients of a convolution, %td filters, %s", filters, name);
}

void test_convolution(const laminakernel_window *window, const char *name) {
  static const ptrdiff_t all_filters[] = {1, 3, 8, 16, 31, 33, 65};
  for (size_t i = 0; i < sizeof all_filters / sizeof *all_filters; i++) {
    test_forward(window, all_filters[i], name);
    test_gradients(window, all_filters[i], name);
    test_pooled_convolution(window, all_filters[i], name);
  }
}

static void test_winograd_of(laminakernel_window window, ptrdiff_t filters, ptrdiff_t pool_size,
                             int is_same) {
  convolution c = make_convolution(&window, filters);
  double *expected = expected_outputs(&c);
  float *transformed = unset_numbers((size_t)laminakernel_winograd_count(&c.shape));
  laminakernel_transform_kernel(c.kernel, transformed, &c.shape);
  float *outputs = unset_numbers(image_count * c.outputs);
  float *scratch = scratch_of(laminakernel_winograd_scratch(&c.shape, NULL));
  for (size_t image = 0; image < image_count; image++)
    laminakernel_convolve_winograd(c.images + image * c.pixels, transformed, c.bias,
                                   outputs + image * c.outputs, 1, scratch, &c.shape);
  check_close(outputs, expected, image_count * c.outputs, 5e-5, "convolve_winograd, %tdx%tdx%td",
              window.rows.input, window.columns.input, window.channels);

  laminakernel_window pool = make_pool(&c, pool_size, is_same);
  size_t pooled_count = position_count(&pool) * c.filters;
  float *maxima = unset_numbers(image_count * pooled_count);
  double *expected_maxima = expected_numbers(image_count * pooled_count);
  FOR_EACH_TAP(&pool, expected_maxima[output] = fmax(expected_maxima[output], expected[pixel]));
  scratch = scratch_of(laminakernel_winograd_scratch(&c.shape, &pool));
  for (size_t image = 0; image < image_count; image++)
    laminakernel_convolve_and_pool_winograd(c.images + image * c.pixels, transformed, c.bias,
                                            maxima + image * pooled_count, 1, scratch, &c.shape,
                                            &pool);
  check_close(maxima, expected_maxima, image_count * pooled_count, 5e-5,
              "convolve_and_pool_winograd, %tdx%tdx%td", window.rows.input, window.columns.input,
              window.channels);
  end_case("winograd, %tdx%tdx%td", window.rows.input, window.columns.input, window.channels);
}

void test_winograd(void) {
  static const ptrdiff_t all_filters[] = {16, 32, 48};
  for (size_t i = 0; i < sizeof all_filters / sizeof *all_filters; i++)
    for (ptrdiff_t before = 0; before < 2; before++)
      for (ptrdiff_t channels = 16; channels <= 48; channels += 16) {
        laminakernel_axis rows = {11, 3, 1, 1, 9 + 2 * before, before};
        laminakernel_axis columns = {14, 3, 1, 1, 12 + 2 * before, before};
        test_winograd_of((laminakernel_window){rows, columns, channels}, all_filters[i], 2,
                         before == 0);
        test_winograd_of((laminakernel_window){columns, rows, channels}, all_filters[i], 3,
                         before == 1);
      }
  /* More than is computed at once. */
  laminakernel_axis rows = {60, 3, 1, 1, 60, 1}, columns = {33, 3, 1, 1, 31, 0};
  test_winograd_of((laminakernel_window){rows, columns, 16}, 16, 4, 1);
}
