#include "kernels.h"

#define EXPECT(count, value)                  \
  double *expected = expected_numbers(count); \
  for (size_t i = 0; i < (count); i++) expected[i] = (double)(value)

static void test_conversions(void) {
  FOR_ODD_COUNTS(count) {
    uint8_t *bytes = guarded_memory(count);
    int32_t *integers = guarded_memory(count * sizeof(int32_t));
    for (size_t i = 0; i < count; i++) {
      bytes[i] = (uint8_t)(i * 37);
      integers[i] = (int32_t)(i * 2654435761u);
    }
    float *values = unset_numbers(count);
    laminakernel_divide_bytes(bytes, values, count, 255);
    EXPECT(count, bytes[i] / 255.0);
    check_close(values, expected, count, 1e-7, "divide_bytes, %zu", count);
    laminakernel_convert_integers(integers, values, count);
    for (size_t i = 0; i < count; i++) expected[i] = (double)(float)integers[i];
    check_close(values, expected, count, 0, "convert_integers, %zu", count);
    end_case("conversions, %zu", count);
  }
}

/* A kernel that changes an array in place, and what becomes of each x. */
#define CHECK_IN_PLACE(call, value)                                      \
  do {                                                                   \
    float *values = copy_of(inputs, count);                              \
    for (size_t i = 0; i < count; i++) {                                 \
      const double x = (double)inputs[i], y = (double)others[i];         \
      expected[i] = (value);                                             \
      (void)x, (void)y;                                                  \
    }                                                                    \
    call;                                                                \
    check_close(values, expected, count, 1e-6, "%s, %zu", #call, count); \
  } while (0)

static void test_maps(void) {
  FOR_ODD_COUNTS(count) {
    float *inputs = random_numbers(count), *others = random_numbers(count);
    double *expected = expected_numbers(count);
    if (count > 2) inputs[count / 2] = NAN;
    if (count > 4) inputs[1] = INFINITY, inputs[3] = -INFINITY;
    CHECK_IN_PLACE(laminakernel_add(values, others, count), x + y);
    CHECK_IN_PLACE(laminakernel_add_multiple(others, values, count, 0.25f), x + 0.25 * y);
    CHECK_IN_PLACE(laminakernel_add_signs(others, values, count, 0.25f),
                   x + (y < 0 ? -0.25 : 0.25));
    CHECK_IN_PLACE(laminakernel_multiply(inputs, others, values, count), x * y);
    CHECK_IN_PLACE(laminakernel_relu(values, count), x <= 0 ? 0 : x);
    CHECK_IN_PLACE(laminakernel_relu_gradient(others, values, count), y <= 0 ? 0 : x);
    CHECK_IN_PLACE(laminakernel_leaky_relu(values, count, 0.1f), x < 0 ? x * (double)0.1f : x);
    CHECK_IN_PLACE(laminakernel_leaky_relu_gradient(others, values, count, 0.1f),
                   x * (signbit(y) ? (double)0.1f : 1));
    CHECK_IN_PLACE(laminakernel_relu6(values, count), x <= 0 ? 0 : x >= 6 ? 6 : x);
    CHECK_IN_PLACE(laminakernel_hard_sigmoid(values, count), x + 3 <= 0   ? 0
                                                             : x + 3 >= 6 ? 1
                                                                          : (x + 3) / 6);
    CHECK_IN_PLACE(laminakernel_ramp_gradient(others, values, count, 1, 0.5f),
                   y <= 0 || y >= 1 ? 0 : x / 2);
    CHECK_IN_PLACE(laminakernel_clip(values, count, 0.75f), x > 0.75    ? 0.75
                                                            : x < -0.75 ? -0.75
                                                                        : x);
    CHECK_IN_PLACE(laminakernel_decay(values, count, 0.125f), x - x * 0.125);
    end_case("maps, %zu", count);
  }
}

static void test_sums(void) {
  FOR_ODD_COUNTS(count) {
    float *values = random_numbers(count);
    double magnitudes = 0, squares = 0;
    for (size_t i = 0; i < count; i++) {
      magnitudes += fabs((double)values[i]);
      squares += (double)values[i] * (double)values[i];
    }
    check_that(fabs(laminakernel_sum_of_magnitudes(values, count) - magnitudes) <= 1e-9,
               "sum_of_magnitudes, %zu", count);
    check_that(fabs(laminakernel_sum_of_squares(values, count) - squares) <= 1e-9,
               "sum_of_squares, %zu", count);
    end_case("sums, %zu", count);
  }
}

static void test_rows(size_t rows, size_t columns) {
  size_t count = rows * columns;
  float *matrix = random_numbers(count), *row = random_numbers(columns);
  float *results = copy_of(matrix, count), *sums = unset_numbers(columns);
  double *expected = expected_numbers(count), *column_sums = expected_numbers(columns);
  for (size_t i = 0; i < count; i++) {
    expected[i] = (double)matrix[i] + (double)row[i % columns];
    column_sums[i % columns] += (double)matrix[i];
  }
  laminakernel_add_row(results, row, rows, columns);
  check_close(results, expected, count, 1e-6, "add_row, %zux%zu", rows, columns);
  laminakernel_sum_columns(matrix, sums, rows, columns);
  check_close(sums, column_sums, columns, 1e-4, "sum_columns, %zux%zu", rows, columns);
  float *added = copy_of(row, columns);
  laminakernel_add_column_sums(matrix, added, rows, columns);
  for (size_t j = 0; j < columns; j++) column_sums[j] += (double)row[j];
  check_close(added, column_sums, columns, 1e-4, "add_column_sums, %zux%zu", rows, columns);
  laminakernel_fill_rows(results, row, rows, columns, 3);
  for (size_t i = 0; i < count; i++) expected[i] = (double)row[i % columns] / 3;
  check_close(results, expected, count, 1e-6, "fill_rows, %zux%zu", rows, columns);
  float *factors = random_numbers((rows + 2) / 3);
  memcpy(results, matrix, count * sizeof(float));
  laminakernel_scale_rows(results, factors, 0.5f, 3, rows, columns);
  for (size_t i = 0; i < count; i++)
    expected[i] = (double)matrix[i] * (double)factors[i / columns / 3] * 0.5;
  check_close(results, expected, count, 1e-6, "scale_rows, %zux%zu", rows, columns);
  end_case("rows, %zux%zu", rows, columns);
}

static void test_column_maxima(size_t rows, size_t columns) {
  size_t count = rows * columns;
  float *matrix = random_numbers(count), *gradient = random_numbers(columns);
  float *maxima = unset_numbers(columns), *slopes = unset_numbers(count);
  for (size_t i = 0; i < count; i++) matrix[i] = roundf(4 * matrix[i]);
  double *expected = expected_numbers(columns), *ties = expected_numbers(columns);
  double *shares = expected_numbers(count);
  for (size_t j = 0; j < columns; j++) expected[j] = -INFINITY;
  for (size_t i = 0; i < count; i++)
    expected[i % columns] = fmax(expected[i % columns], (double)matrix[i]);
  for (size_t i = 0; i < count; i++)
    ties[i % columns] += (double)matrix[i] == expected[i % columns];
  for (size_t i = 0; i < count; i++)
    if ((double)matrix[i] == expected[i % columns])
      shares[i] = (double)gradient[i % columns] / ties[i % columns];
  laminakernel_column_maxima(matrix, maxima, rows, columns);
  check_close(maxima, expected, columns, 0, "column_maxima, %zux%zu", rows, columns);
  laminakernel_column_maxima_gradient(matrix, maxima, gradient, slopes, rows, columns);
  check_close(slopes, shares, count, 1e-6, "column_maxima_gradient, %zux%zu", rows, columns);
  end_case("column maxima, %zux%zu", rows, columns);
}

static void test_repeats(size_t count, size_t times) {
  float *values = random_numbers(count), *repeated = unset_numbers(count * times);
  float *sums = unset_numbers(count);
  double *expected = expected_numbers(count * times);
  for (size_t i = 0; i < count * times; i++) expected[i] = (double)values[i / times];
  laminakernel_repeat(values, repeated, count, times);
  check_close(repeated, expected, count * times, 0, "repeat, %zux%zu", count, times);
  for (size_t i = 0; i < count; i++) expected[i] = (double)times * (double)values[i];
  laminakernel_sum_repeated(repeated, sums, count, times);
  check_close(sums, expected, count, 1e-5, "sum_repeated, %zux%zu", count, times);
  end_case("repeats, %zux%zu", count, times);
}

void test_elementwise(void) {
  test_conversions();
  test_maps();
  test_sums();
  for (size_t rows = 1; rows <= 21; rows += 4) FOR_ODD_COUNTS(columns) {
      if (columns == 0) continue;
      test_rows(rows, columns);
      test_column_maxima(rows, columns);
      test_repeats(columns, rows);
    }
  test_rows(300, 65);
}
