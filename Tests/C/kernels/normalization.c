#include "kernels.h"

static double mean_of(const float *values, size_t count, size_t step) {
  double sum = 0;
  for (size_t i = 0; i < count; i++) sum += (double)values[i * step];
  return sum / (double)count;
}

static double variance_of(const float *values, size_t count, size_t step) {
  double mean = mean_of(values, count, step), sum = 0;
  for (size_t i = 0; i < count; i++) {
    double distance = (double)values[i * step] - mean;
    sum += distance * distance;
  }
  return sum / (double)count;
}

static void test_columns(size_t rows, size_t columns) {
  size_t count = rows * columns;
  float *inputs = random_numbers(count), *gradient = random_numbers(count);
  float *means = unset_numbers(columns), *others = unset_numbers(columns);
  double *expected_means = expected_numbers(columns), *expected_others = expected_numbers(columns);
  for (size_t j = 0; j < columns; j++) {
    expected_means[j] = mean_of(inputs + j, rows, columns);
    expected_others[j] = variance_of(inputs + j, rows, columns);
  }
  laminakernel_column_moments(inputs, means, others, rows, columns, 0,
                              laminakernel_column_blocks(columns));
  check_close(means, expected_means, columns, 1e-6, "column means, %zux%zu", rows, columns);
  check_close(others, expected_others, columns, 1e-6, "column variances, %zux%zu", rows, columns);

  float *sums = unset_numbers(columns);
  for (size_t j = 0; j < columns; j++) {
    expected_means[j] = expected_others[j] = 0;
    for (size_t i = j; i < count; i += columns) {
      expected_means[j] += (double)gradient[i];
      expected_others[j] += (double)gradient[i] * ((double)inputs[i] - (double)means[j]);
    }
  }
  laminakernel_normalization_sums(inputs, gradient, means, sums, others, rows, columns, 0,
                                  laminakernel_column_blocks(columns));
  check_close(sums, expected_means, columns, 1e-5, "normalization sums, %zux%zu", rows, columns);
  check_close(others, expected_others, columns, 1e-5, "normalization products, %zux%zu", rows,
              columns);

  float *scales = random_numbers(columns), *shifts = random_numbers(columns);
  float *slopes = random_numbers(columns), *results = unset_numbers(count);
  double *expected = expected_numbers(count);
  for (size_t i = 0; i < count; i++) {
    size_t j = i % columns;
    expected[i] = ((double)inputs[i] - (double)means[j]) * (double)scales[j] + (double)shifts[j];
  }
  laminakernel_normalize_columns(inputs, means, scales, shifts, results, rows, columns);
  check_close(results, expected, count, 2e-6, "normalize_columns, %zux%zu", rows, columns);
  for (size_t i = 0; i < count; i++) {
    size_t j = i % columns;
    expected[i] = (double)scales[j] * ((double)gradient[i] - (double)shifts[j] -
                                       ((double)inputs[i] - (double)means[j]) * (double)slopes[j]);
  }
  laminakernel_normalization_gradient(inputs, gradient, means, scales, shifts, slopes, results,
                                      rows, columns);
  check_close(results, expected, count, 4e-6, "normalization_gradient, %zux%zu", rows, columns);
  end_case("columns normalized, %zux%zu", rows, columns);
}

static void test_rows(size_t rows, size_t columns) {
  const double epsilon = 0.0625;
  size_t count = rows * columns;
  float *inputs = random_numbers(count), *gradient = random_numbers(count);
  float *gamma = random_numbers(columns), *beta = random_numbers(columns);
  float *results = unset_numbers(count);
  float *gamma_gradient = random_numbers(columns), *beta_gradient = random_numbers(columns);
  double *outputs = expected_numbers(count), *slopes = expected_numbers(count);
  double *gamma_slopes = expected_numbers(columns), *beta_slopes = expected_numbers(columns);
  for (size_t j = 0; j < columns; j++) {
    gamma_slopes[j] = (double)gamma_gradient[j];
    beta_slopes[j] = (double)beta_gradient[j];
  }
  for (size_t i = 0; i < rows; i++) {
    const float *x = inputs + i * columns, *g = gradient + i * columns;
    double mean = mean_of(x, columns, 1), root = sqrt(variance_of(x, columns, 1) + epsilon);
    double sum = 0, product = 0;
    for (size_t j = 0; j < columns; j++) {
      double normal = ((double)x[j] - mean) / root;
      outputs[i * columns + j] = normal * (double)gamma[j] + (double)beta[j];
      gamma_slopes[j] += (double)g[j] * normal;
      beta_slopes[j] += (double)g[j];
      sum += (double)g[j] * (double)gamma[j] / (double)columns;
      product += (double)g[j] * (double)gamma[j] * normal / (double)columns;
    }
    for (size_t j = 0; j < columns; j++) {
      double normal = ((double)x[j] - mean) / root;
      slopes[i * columns + j] = ((double)g[j] * (double)gamma[j] - sum - normal * product) / root;
    }
  }
  laminakernel_normalize_rows(inputs, gamma, beta, results, rows, columns, (float)epsilon);
  check_close(results, outputs, count, 1e-5, "normalize_rows, %zux%zu", rows, columns);
  laminakernel_normalize_rows_gradient(inputs, gradient, gamma, results, gamma_gradient,
                                       beta_gradient, rows, columns, (float)epsilon);
  check_close(results, slopes, count, 2e-5, "normalize_rows_gradient, %zux%zu", rows, columns);
  check_close(gamma_gradient, gamma_slopes, columns, 2e-5, "gradient of gamma, %zux%zu", rows,
              columns);
  check_close(beta_gradient, beta_slopes, columns, 2e-5, "gradient of beta, %zux%zu", rows,
              columns);
  end_case("rows normalized, %zux%zu", rows, columns);
}

void test_normalization(void) {
  for (size_t rows = 1; rows <= 70; rows += 23) FOR_ODD_COUNTS(columns) {
      if (columns == 0) continue;
      test_columns(rows, columns);
      test_rows(rows, columns);
    }
}
