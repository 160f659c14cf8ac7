#include "kernels.h"

static void test_rows(size_t rows, size_t columns) {
  size_t count = rows * columns;
  float *logits = random_numbers(count), *gradient = random_numbers(count);
  double *shares = expected_numbers(count), *logarithms = expected_numbers(count);
  double *slopes = expected_numbers(count), *logarithm_slopes = expected_numbers(count);
  for (size_t first = 0; first < count; first += columns) {
    double sum = 0, gradients = 0, products = 0;
    for (size_t j = first; j < first + columns; j++) sum += exp((double)logits[j]);
    for (size_t j = first; j < first + columns; j++) {
      shares[j] = exp((double)logits[j]) / sum;
      logarithms[j] = (double)logits[j] - log(sum);
      gradients += (double)gradient[j];
      products += (double)gradient[j] * shares[j];
    }
    for (size_t j = first; j < first + columns; j++) {
      slopes[j] = shares[j] * ((double)gradient[j] - products);
      logarithm_slopes[j] = (double)gradient[j] - shares[j] * gradients;
    }
  }
  float *values = copy_of(logits, count), *results = copy_of(gradient, count);
  laminakernel_softmax(values, rows, columns);
  check_close(values, shares, count, 2e-6, "softmax, %zux%zu", rows, columns);
  laminakernel_softmax_gradient(values, results, rows, columns);
  check_close(results, slopes, count, 2e-5, "softmax_gradient, %zux%zu", rows, columns);
  values = copy_of(logits, count), results = copy_of(gradient, count);
  laminakernel_log_softmax(values, rows, columns);
  check_close(values, logarithms, count, 2e-6, "log_softmax, %zux%zu", rows, columns);
  laminakernel_log_softmax_gradient(values, results, rows, columns);
  check_close(results, logarithm_slopes, count, 2e-5, "log_softmax_gradient, %zux%zu", rows,
              columns);
  end_case("softmax, %zux%zu", rows, columns);
}

/* The first of equals. */
static void test_largest(size_t rows, size_t columns) {
  float *matrix = random_numbers(rows * columns), *classes = unset_numbers(rows);
  size_t right = 0;
  for (size_t i = 0; i < rows * columns; i++) matrix[i] = roundf(2 * matrix[i]);
  for (size_t i = 0; i < rows; i++) {
    const float *row = matrix + i * columns;
    size_t largest = 0;
    for (size_t j = 1; j < columns; j++)
      if (row[j] > row[largest]) largest = j;
    check_that(laminakernel_largest_column(row, columns) == largest, "largest_column, %zu",
               columns);
    classes[i] = (float)(i % 3 == 0 ? (largest + 1) % (columns + 1) : largest);
    right += i % 3 != 0;
  }
  check_that(laminakernel_count_largest(matrix, classes, rows, columns) == right,
             "count_largest, %zux%zu", rows, columns);
  end_case("largest columns, %zux%zu", rows, columns);
}

void test_softmax(void) {
  for (size_t rows = 0; rows <= 34; rows += 17) FOR_ODD_COUNTS(columns) {
      if (columns == 0) continue;
      test_rows(rows, columns);
      test_largest(rows, columns);
    }
}
