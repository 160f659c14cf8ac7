#include "kernels.h"

enum { plain, transposed_a, transposed_b, kind_count };

typedef struct {
  ptrdiff_t rows, shared, columns;
} size;

static const char *const kind_names[kind_count] = {"a b", "transposed(a) b", "a transposed(b)"};

static laminakernel_product make_product(size size, int kind) {
  laminakernel_product p = {.rows = size.rows, .columns = size.columns, .shared = size.shared};
  p.a = random_numbers((size_t)(size.rows * size.shared));
  p.a_row = kind == transposed_a ? 1 : size.shared;
  p.a_step = kind == transposed_a ? size.rows : 1;
  p.b = random_numbers((size_t)(size.shared * size.columns));
  p.b_step = kind == transposed_b ? 1 : size.columns;
  p.b_column = kind == transposed_b ? size.shared : 1;
  p.c = unset_numbers((size_t)(size.rows * size.columns));
  return p;
}

/* Computes a product and compares it; sums may differ by what each addition can round. */
static void check_product(const laminakernel_product *p, const char *name) {
  size_t count = (size_t)(p->rows * p->columns);
  double *expected = expected_numbers(count), *tolerances = expected_numbers(count);
  for (ptrdiff_t i = 0; i < p->rows; i++)
    for (ptrdiff_t j = 0; j < p->columns; j++) {
      ptrdiff_t at = i * p->columns + j;
      double sum = p->bias ? p->bias[j] : 0, magnitude = fabs(sum);
      for (ptrdiff_t k = 0; k < p->shared; k++) {
        double term = (double)p->a[i * p->a_row + k * p->a_step] *
                      (double)p->b[k * p->b_step + j * p->b_column];
        sum += term;
        magnitude += fabs(term);
      }
      expected[at] = p->clips && sum <= 0 ? 0 : sum;
      tolerances[at] = (double)(p->shared + 2) * (double)FLT_EPSILON * magnitude;
    }
  laminakernel_compute_product(p);
  check_within(p->c, expected, tolerances, count, "%s, %tdx%tdx%td, bias %d, clips %d", name,
               p->rows, p->shared, p->columns, p->bias != NULL, p->clips);
}

/* As a gradient, and as a layer's forward pass has it. */
static void check_size(size size, int kind) {
  laminakernel_product p = make_product(size, kind);
  check_product(&p, kind_names[kind]);
  p.bias = random_numbers((size_t)size.columns);
  p.clips = 1;
  check_product(&p, kind_names[kind]);
  end_case("%s, %tdx%tdx%td", kind_names[kind], size.rows, size.shared, size.columns);
}

static void test_sizes(void) {
  for (ptrdiff_t rows = 1; rows <= 40; rows++)
    for (ptrdiff_t columns = 1; columns <= 40; columns++) {
      size size = {rows, (7 * rows + 3 * columns) % 40 + 1, columns};
      check_size(size, (int)(rows + columns) % kind_count);
    }
  /* Several blocks of each axis, last vectors that are not full, sizes that are nothing, and rows
   * that are a multiple of a page long. */
  static const size sizes[] = {{33, 785, 129}, {14, 300, 10}, {1, 1, 1},     {0, 3, 4},
                               {3, 0, 4},      {17, 0, 33},   {3, 4, 0},     {300, 513, 1024},
                               {601, 600, 33}, {2, 1100, 70}, {290, 17, 66}, {1, 1025, 31}};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
    for (int kind = 0; kind < kind_count; kind++) check_size(sizes[i], kind);
}

/* Not-a-number and infinity go where the definition has them, and nowhere else. */
static void test_not_finite(void) {
  for (int kind = 0; kind < kind_count; kind++) {
    laminakernel_product p = make_product((size){31, 29, 35}, kind);
    float *a = (float *)p.a, *b = (float *)p.b;
    a[3] = NAN;
    a[200] = INFINITY;
    b[77] = -INFINITY;
    b[500] = NAN;
    check_product(&p, "not finite");
    p.clips = 1;
    check_product(&p, "not finite, clipped");
    end_case("not finite");
  }
}

/* Some rows alone have the same bits as in the whole, and no other row is touched. */
static void test_row_ranges(void) {
  for (int kind = 0; kind < kind_count; kind++) {
    laminakernel_product whole = make_product((size){70, 531, 43}, kind), part = whole;
    size_t count = (size_t)(whole.rows * whole.columns);
    float *parts = unset_numbers(count);
    laminakernel_compute_product(&whole);
    static const ptrdiff_t ends[] = {0, 1, 8, 8, 33, 70};
    for (int i = 1; i < 6; i++) {
      part.rows = ends[i] - ends[i - 1];
      part.a = whole.a + ends[i - 1] * whole.a_row;
      part.c = parts + ends[i - 1] * whole.columns;
      laminakernel_compute_product(&part);
      size_t done = (size_t)(ends[i] * whole.columns);
      check_that(done == count || isnan(parts[done]), "%s: rows %td to %td only", kind_names[kind],
                 ends[i - 1], ends[i]);
    }
    check_that(memcmp(parts, whole.c, count * sizeof(float)) == 0, "%s: parts have the same bits",
               kind_names[kind]);
    end_case("parts of a product");
  }
}

static void test_vector(size_t shared, size_t columns) {
  laminakernel_product p = make_product((size){1, (ptrdiff_t)shared, (ptrdiff_t)columns}, plain);
  float *bias = random_numbers(columns), *results = unset_numbers(columns);
  double *expected = expected_numbers(columns);
  for (int has_bias = 0; has_bias < 2; has_bias++) {
    for (size_t j = 0; j < columns; j++) {
      double sum = has_bias ? (double)bias[j] : 0;
      for (size_t k = 0; k < shared; k++) sum += (double)p.a[k] * (double)p.b[k * columns + j];
      expected[j] = has_bias && sum <= 0 ? 0 : sum;
    }
    laminakernel_vector_product(p.a, p.b, has_bias ? bias : NULL, results, shared, columns,
                                has_bias);
    check_close(results, expected, columns, 1e-4, "vector_product, %zux%zu, bias %d", shared,
                columns, has_bias);
  }
  end_case("vector_product, %zux%zu", shared, columns);
}

void test_product(void) {
  test_sizes();
  test_not_finite();
  test_row_ranges();
  FOR_ODD_COUNTS(columns) {
    for (size_t shared = 0; shared < 40; shared += 3) test_vector(shared, columns);
    test_vector(785, columns);
  }
}
