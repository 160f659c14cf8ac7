/* Products that skip zeros. */
#include "kernels.h"

typedef struct {
  size_t rows, features, columns;
} size;

/* Samples of which most numbers are zero. */
static float *sparse_numbers(size_t count) {
  float *numbers = random_numbers(count);
  for (size_t i = 0; i < count; i++)
    if (random_number() < 0.8f) numbers[i] = 0;
  return numbers;
}

/* Longer sums are rounded more often. */
static double tolerance(size size) { return size.features > 1000 ? 1e-4 : 1e-5; }

static double *expected_product(const float *values, const float *weights, const float *bias,
                                size size, int relu) {
  double *expected = expected_numbers(size.rows * size.columns);
  for (size_t i = 0; i < size.rows; i++)
    for (size_t j = 0; j < size.columns; j++) {
      double sum = bias ? (double)bias[j] : 0;
      for (size_t k = 0; k < size.features; k++)
        sum += (double)values[i * size.features + k] * (double)weights[k * size.columns + j];
      expected[i * size.columns + j] = relu && sum < 0 ? 0 : sum;
    }
  return expected;
}

static void test_product_of(size size) {
  size_t count = size.rows * size.columns;
  float *values = sparse_numbers(size.rows * size.features);
  float *weights = random_numbers(size.features * size.columns);
  float *bias = random_numbers(size.columns), *outputs = unset_numbers(count);
  for (int relu = 0; relu < 2; relu++) {
    double *expected = expected_product(values, weights, relu ? bias : NULL, size, relu);
    check_that(laminakernel_sparse_product(values, weights, relu ? bias : NULL, outputs, size.rows,
                                           size.features, size.columns, relu, 1) == 1,
               "sparse_product has finite weights");
    check_close(outputs, expected, count, tolerance(size), "sparse_product, relu %d, %zux%zux%zu",
                relu, size.rows, size.features, size.columns);
  }
  if (size.rows > 0 && size.features > 0) {
    weights[size.features * size.columns - 1] = INFINITY;
    check_that(laminakernel_sparse_product(values, weights, NULL, outputs, size.rows, size.features,
                                           size.columns, 0, 1) == 0,
               "sparse_product sees weights that are not finite, %zux%zux%zu", size.rows,
               size.features, size.columns);
  }
  end_case("sparse_product, %zux%zux%zu", size.rows, size.features, size.columns);
}

static void test_bytes(size size) {
  size_t inputs = size.rows * size.features, count = size.rows * size.columns;
  uint8_t *bytes = guarded_memory(inputs);
  float *quotients = unset_numbers(256), *values = sparse_numbers(inputs);
  float *weights = random_numbers(size.features * size.columns);
  float *bias = random_numbers(size.columns), *outputs = unset_numbers(count);
  float *same = unset_numbers(count);
  for (int i = 0; i < 256; i++) quotients[i] = (float)i / 255;
  for (size_t i = 0; i < inputs; i++) {
    bytes[i] = values[i] == 0 ? 0 : (uint8_t)(i * 73 + 1);
    values[i] = quotients[bytes[i]];
  }
  double *expected = expected_product(values, weights, bias, size, 1);
  laminakernel_sparse_product_bytes(bytes, quotients, weights, bias, outputs, size.rows,
                                    size.features, size.columns, 1);
  check_close(outputs, expected, count, tolerance(size), "sparse_product_bytes, %zux%zux%zu",
              size.rows, size.features, size.columns);
  laminakernel_sparse_product(values, weights, bias, same, size.rows, size.features, size.columns,
                              1, 0);
  check_that(memcmp(same, outputs, count * sizeof(float)) == 0,
             "sparse_product_bytes has the bits of sparse_product, %zux%zux%zu", size.rows,
             size.features, size.columns);
  end_case("sparse_product_bytes, %zux%zux%zu", size.rows, size.features, size.columns);
}

static void test_gradient(size size) {
  size_t count = size.features * size.columns;
  float *values = sparse_numbers(size.rows * size.features);
  float *deltas = random_numbers(size.rows * size.columns);
  float *gradient = unset_numbers(count);
  double *expected = expected_numbers(count);
  for (size_t k = 0; k < size.features; k++)
    for (size_t j = 0; j < size.columns; j++)
      for (size_t i = 0; i < size.rows; i++)
        expected[k * size.columns + j] +=
            (double)values[i * size.features + k] * (double)deltas[i * size.columns + j];
  laminakernel_sparse_gradient(values, deltas, gradient, size.rows, size.features, size.columns);
  check_close(gradient, expected, count, 1e-5, "sparse_gradient, %zux%zux%zu", size.rows,
              size.features, size.columns);
  end_case("sparse_gradient, %zux%zux%zu", size.rows, size.features, size.columns);
}

static void test_density(size_t count) {
  float *values = sparse_numbers(count);
  uint8_t *bytes = guarded_memory(count);
  double filled = 0;
  int are_finite = 1;
  for (size_t i = 0; i < count; i++) {
    filled += values[i] != 0;
    bytes[i] = values[i] != 0;
  }
  double expected = filled / (double)count;
  check_that(fabs((double)laminakernel_density(values, 1, count) - expected) < 1e-6, "density, %zu",
             count);
  check_that(fabs((double)laminakernel_density_bytes(bytes, 1, count) - expected) < 1e-6,
             "density_bytes, %zu", count);
  are_finite &= laminakernel_are_finite(values, count);
  values[count / 2] = NAN;
  are_finite &= !laminakernel_are_finite(values, count);
  values[count / 2] = -INFINITY;
  are_finite &= !laminakernel_are_finite(values, count);
  check_that(are_finite, "are_finite, %zu", count);
  end_case("density, %zu", count);
}

void test_sparse(void) {
  static const size_t all_rows[] = {0, 1, 3, 4, 17, 70}, all_features[] = {1, 7, 64, 65, 200};
  static const size_t all_columns[] = {1, 5, 10, 16, 33, 128, 131};
  for (size_t i = 0; i < sizeof all_rows / sizeof *all_rows; i++)
    for (size_t j = 0; j < sizeof all_features / sizeof *all_features; j++)
      for (size_t k = 0; k < sizeof all_columns / sizeof *all_columns; k++) {
        size size = {all_rows[i], all_features[j], all_columns[k]};
        test_product_of(size);
        test_bytes(size);
        test_gradient(size);
      }
  // More features than have their flags looked up at once, in more than one group of samples.
  static const size_t wide_columns[] = {5, 128, 131};
  for (size_t k = 0; k < sizeof wide_columns / sizeof *wide_columns; k++) {
    test_product_of((size){70, 2113, wide_columns[k]});
    test_bytes((size){70, 2113, wide_columns[k]});
  }
  FOR_ODD_COUNTS(count) if (count > 0) test_density(count);
}
