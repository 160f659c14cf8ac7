#include "kernels.h"

/* Rows of a batch, taken from anywhere. */
static void test_rows(size_t rows, size_t columns) {
  enum { row_count = 7 };
  size_t count = rows * columns;
  uint8_t *bytes = guarded_memory(row_count * columns);
  int32_t *integers = guarded_memory(row_count * columns * sizeof(int32_t));
  int32_t *indices = guarded_memory(rows * sizeof(int32_t));
  float *samples = random_numbers(row_count * columns), *values = unset_numbers(count);
  double *expected = expected_numbers(count);
  for (size_t i = 0; i < row_count * columns; i++) {
    bytes[i] = (uint8_t)(i * 37);
    integers[i] = (int32_t)(i * 2654435761u);
  }
  for (size_t i = 0; i < rows; i++) indices[i] = (int32_t)(i * 5 % row_count);
#define CHECK_ROWS(call, value)                                                      \
  do {                                                                               \
    for (size_t i = 0; i < count; i++) {                                             \
      const size_t at = (size_t)indices[i / columns] * columns + i % columns;        \
      expected[i] = (value);                                                         \
    }                                                                                \
    call;                                                                            \
    check_close(values, expected, count, 1e-7, "%s, %zux%zu", #call, rows, columns); \
  } while (0)
  CHECK_ROWS(laminakernel_gather_bytes(bytes, indices, values, rows, columns, 255),
             bytes[at] / 255.0);
  CHECK_ROWS(laminakernel_gather_integers(integers, indices, values, rows, columns),
             (double)(float)integers[at]);
  CHECK_ROWS(laminakernel_gather_floats(samples, indices, values, rows, columns),
             (double)samples[at]);
  end_case("rows of samples, %zux%zu", rows, columns);
}

void test_samples(void) {
  for (size_t rows = 0; rows <= 33; rows += 11)
    FOR_ODD_COUNTS(columns) if (columns > 0) test_rows(rows, columns);
}
