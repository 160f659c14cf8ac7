/* A convolution whose outputs are pooled, and its gradients. */
#include "convolution.h"

/* The pools over a convolution's outputs: the largest even where a window is cut off, and with
 * outputs between the windows that nobody sees. */
enum { pool_kind_count = 3 };
static laminakernel_window make_pool(const convolution *c, int kind) {
  static const ptrdiff_t sizes[][2] = {{2, 2}, {2, 3}, {1, 2}},
                         strides[][2] = {{2, 2}, {2, 3}, {2, 3}};
  laminakernel_window pool = {{.size = sizes[kind][0], .stride = strides[kind][0], .dilation = 1},
                              {.size = sizes[kind][1], .stride = strides[kind][1], .dilation = 1},
                              c->shape.filters};
  pool.rows.input = c->shape.window.rows.output;
  pool.columns.input = c->shape.window.columns.output;
  /* As many windows as begin inside, one less where they would be cut off. */
  int cuts = kind == 1;
  pool.rows.output = (pool.rows.input - (cuts ? 1 : pool.rows.size)) / pool.rows.stride + 1;
  pool.columns.output =
      (pool.columns.input - (cuts ? 1 : pool.columns.size)) / pool.columns.stride + 1;
  return pool;
}

/* The taps need not be those of the definition where outputs are nearly equal: they name an output
 * that is as large. Pictures and kernels of few levels have many that are equal. */
static void test_pooled_forward(const laminakernel_window *window, ptrdiff_t filters, int kind,
                                const char *name) {
  convolution c = make_convolution(window, filters);
  for (size_t i = 0; i < image_count * c.pixels; i++) c.images[i] = roundf(c.images[i]);
  for (size_t i = 0; i < c.weights * c.filters; i++) c.kernel[i] = roundf(c.kernel[i]);
  for (size_t i = 0; i < c.filters; i++) c.bias[i] = roundf(c.bias[i]);
  double *expected = expected_outputs(&c);
  laminakernel_window pool = make_pool(&c, kind);
  size_t count = position_count(&pool) * c.filters;
  double *maxima = expected_numbers(image_count * count);
  uint8_t *winners = guarded_memory(image_count * count),
          *taps = guarded_memory(image_count * count);
  memset(winners, 0, image_count * count);
  FOR_EACH_TAP(&pool, {
    if (expected[pixel] <= maxima[output]) continue;
    maxima[output] = expected[pixel];
    winners[output] = (uint8_t)tap;
  });
  float *packed = unset_numbers(c.weights * c.width), *pooled = unset_numbers(image_count * count);
  laminakernel_pack_kernel(c.kernel, packed, &c.shape);
  float *scratch = scratch_of(laminakernel_pooled_convolution_scratch(&c.shape, &pool));
  for (size_t image = 0; image < image_count; image++)
    laminakernel_convolve_and_pool(c.images + image * c.pixels, packed, c.bias,
                                   pooled + image * count, NULL, 1, scratch, &c.shape, &pool);
  check_close(pooled, maxima, image_count * count, 0, "convolve_and_pool, %td filters, %s", filters,
              name);
  memset(pooled, 0, image_count * count * sizeof *pooled);
  for (size_t image = 0; image < image_count; image++)
    laminakernel_convolve_and_pool(c.images + image * c.pixels, packed, c.bias,
                                   pooled + image * count, taps + image * count, 1, scratch,
                                   &c.shape, &pool);
  check_close(pooled, maxima, image_count * count, 0, "with taps, %td filters, %s", filters, name);
  size_t wrong = 0;
  for (size_t i = 0; i < image_count * count; i++) wrong += maxima[i] > 0 && taps[i] != winners[i];
  check_that(wrong == 0, "%zu taps, %td filters, %s", wrong, filters, name);
  end_case("pooled convolution, %td filters, %s", filters, name);
}

/* What a batch gives to the gradients of a pooled convolution. */
typedef struct {
  convolution c;
  laminakernel_window pool;
  size_t count;
  float *gradient;
  uint8_t *taps;
  double *outputs, *sums, *pixels;
} pooled_gradients;

/* Every third gradient is 0, and the taps are any of those inside. */
static pooled_gradients make_pooled_gradients(const laminakernel_window *window, ptrdiff_t filters,
                                              int kind) {
  pooled_gradients p = {.c = make_convolution(window, filters)};
  const convolution *c = &p.c;
  p.pool = make_pool(c, kind);
  p.count = position_count(&p.pool) * c->filters;
  p.gradient = random_numbers(image_count * p.count);
  p.taps = guarded_memory(image_count * p.count);
  p.outputs = expected_numbers(image_count * c->outputs);
  p.sums = expected_numbers(c->weights * c->filters);
  p.pixels = expected_numbers(image_count * c->pixels);
  for (size_t i = 0; i < image_count * p.count; i++)
    if (i % 3 == 0) p.gradient[i] = 0;
  FOR_EACH_TAP(&p.pool, {
    (void)pixel;
    if (tap == 0 || random_number() > 0) p.taps[output] = (uint8_t)tap;
  });
  FOR_EACH_TAP(&p.pool, if (p.taps[output] == tap) p.outputs[pixel] = (double)p.gradient[output]);
  FOR_EACH_TAP(window, {
    size_t weight = tap * c->channels + output % c->channels;
    for (size_t filter = 0; filter < c->filters; filter++) {
      double slope = p.outputs[position * c->filters + filter];
      p.sums[weight * c->filters + filter] += (double)c->images[pixel] * slope;
      p.pixels[pixel] += slope * (double)c->kernel[weight * c->filters + filter];
    }
  });
  return p;
}

static void test_pooled_kernel_gradient(const pooled_gradients *p, const char *name) {
  const convolution *c = &p->c;
  size_t count = c->weights * c->filters;
  float *sums = guarded_memory(c->weights * c->width * sizeof(float));
  memset(sums, 0, c->weights * c->width * sizeof *sums);
  float *scratch = scratch_of(laminakernel_unpooled_kernel_gradient_scratch(&c->shape, &p->pool));
  for (size_t i = 0; i < image_count; i++)
    laminakernel_add_unpooled_kernel_gradient(c->images + i * c->pixels, p->gradient + i * p->count,
                                              p->taps + i * p->count, sums, scratch, &c->shape,
                                              &p->pool);
  for (size_t i = 0; i < c->weights; i++)
    memmove(sums + i * c->filters, sums + i * c->width, c->filters * sizeof(float));
  check_close(sums, p->sums, count, 1e-4, "add_unpooled_kernel_gradient, %zu filters, %s",
              c->filters, name);
  const laminakernel_window *window = &c->shape.window;
  if ((window->columns.dilation > 1 ? 1 : window->columns.size) * window->channels < 16) return;
  float *parts = guarded_memory(2 * count * sizeof(float)), *result = unset_numbers(count);
  memset(parts, 0, 2 * count * sizeof *parts);
  scratch = scratch_of(laminakernel_pooled_kernel_gradient_scratch(&c->shape, &p->pool));
  for (size_t i = 0; i < image_count; i++)
    laminakernel_add_pooled_kernel_gradient(c->images + i * c->pixels, p->gradient + i * p->count,
                                            p->taps + i * p->count, parts + i % 2 * count, scratch,
                                            &c->shape, &p->pool);
  laminakernel_sum_transposed_parts(parts, result, 2, (ptrdiff_t)count, (ptrdiff_t)c->weights,
                                    c->shape.filters, (ptrdiff_t)c->weights);
  check_close(result, p->sums, count, 1e-4, "add_pooled_kernel_gradient, %zu filters, %s",
              c->filters, name);
}

static void test_pooled_gradients(const laminakernel_window *window, ptrdiff_t filters, int kind,
                                  const char *name) {
  pooled_gradients p = make_pooled_gradients(window, filters, kind);
  const convolution *c = &p.c;
  float *outputs = unset_numbers(image_count * c->outputs);
  float *pixels = unset_numbers(image_count * c->pixels);
  float *packed = unset_numbers(c->weights * c->filters);
  laminakernel_pack_transposed_kernel(c->kernel, packed, &c->shape);
  for (size_t i = 0; i < image_count; i++) {
    const float *gradient = p.gradient + i * p.count;
    laminakernel_unpool(gradient, p.taps + i * p.count, outputs + i * c->outputs, &p.pool);
    laminakernel_pooled_input_gradient(gradient, p.taps + i * p.count, packed,
                                       pixels + i * c->pixels, &c->shape, &p.pool);
  }
  check_close(outputs, p.outputs, image_count * c->outputs, 0, "unpool, %td filters, %s", filters,
              name);
  check_close(pixels, p.pixels, image_count * c->pixels, 5e-5,
              "pooled_input_gradient, %td filters, %s", filters, name);
  test_pooled_kernel_gradient(&p, name);
  end_case("gradients of a pooled convolution, %td filters, %s", filters, name);
}

void test_pooled_convolution(const laminakernel_window *window, ptrdiff_t filters,
                             const char *name) {
  for (int kind = 0; kind < pool_kind_count; kind++) {
    test_pooled_forward(window, filters, kind, name);
    test_pooled_gradients(window, filters, kind, name);
  }
}
