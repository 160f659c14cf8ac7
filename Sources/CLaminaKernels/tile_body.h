// The tile for one kind of processor, included once for each by tiles.c with
// LANES and MAXIMUM_ROWS set, and KERNEL the name of what it gives.

#define JOIN(a, b) a##_##b
#define NAME_FOR(kernel, name) JOIN(kernel, name)
#define NAME(name) NAME_FOR(KERNEL, name)

typedef float NAME(vector) __attribute__((vector_size(4 * LANES)));
// The same anywhere in an array of numbers.
typedef float NAME(place) __attribute__((vector_size(4 * LANES), aligned(4), may_alias));

// Else clang takes vectors of half the length on processors with AVX-512.
#define WHOLE_VECTORS __attribute__((min_vector_width(32 * LANES)))

// `rows` and `vectors` are constants where this is called, so that `sums` lies
// in registers.
WHOLE_VECTORS static inline __attribute__((always_inline)) void NAME(sum)(const tile *tile,
                                                                          const int rows,
                                                                          const int vectors) {
  typedef NAME(vector) vector;
  typedef NAME(place) place;
  const vector zero = {0};
  vector sums[MAXIMUM_ROWS][2];
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
    for (int v = 0; v < vectors; v++)
      sums[i][v] = tile->adds ? *(const place *)(tile->c + i * tile->c_row + v * LANES) : zero;

  enum { groups = (MAXIMUM_ROWS + 3) / 4 };
  // With twice the multiplications for each row's address the simple way is as good.
  const int hides = vectors == 1;
  const ptrdiff_t a_row = tile->a_row, a_step = tile->a_step, b_step = tile->b_step;
  const ptrdiff_t apart[4] = {0, opaque(a_row, hides), opaque(2 * a_row, hides),
                              opaque(3 * a_row, hides)};
  for (ptrdiff_t run = 0; run < tile->runs; run++) {
    const float *a[groups], *b = tile->b + run * tile->b_run;
    for (int g = 0; g < groups; g++)
      a[g] = tile->a + opaque(run * tile->a_run + 4 * g * a_row, hides);
    for (ptrdiff_t k = 0; k < tile->run_length; k++, b += b_step) {
      vector b0 = *(const place *)b, b1 = vectors > 1 ? *(const place *)(b + LANES) : zero;
#pragma clang loop unroll(full)
      for (int i = 0; i < rows; i++) {
        vector factor = a[i / 4][apart[i % 4]] - zero;
        sums[i][0] += factor * b0;
        if (vectors > 1) sums[i][1] += factor * b1;
      }
      for (int g = 0; g < groups; g++) a[g] += a_step;
    }
  }

  // Out of memory that c might overlap.
  const float *bias = tile->adds ? NULL : tile->bias;
  float *c = tile->c;
  ptrdiff_t c_row = tile->c_row;
  if (bias) {
    vector shifts[2] = {*(const place *)bias, vectors > 1 ? *(const place *)(bias + LANES) : zero};
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
      for (int v = 0; v < vectors; v++) sums[i][v] += shifts[v];
  }
  if (tile->clips) {
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++)
      for (int v = 0; v < vectors; v++) sums[i][v] = RELU(sums[i][v]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < rows; i++)
    for (int v = 0; v < vectors; v++) *(place *)(c + i * c_row + v * LANES) = sums[i][v];
}

WHOLE_VECTORS static void NAME(compute)(const tile *tile, int rows, int vectors) {
#define ROWS(count)              \
  case count:                    \
    if (vectors == 1) {          \
      NAME(sum)(tile, count, 1); \
    } else {                     \
      NAME(sum)(tile, count, 2); \
    }                            \
    break;
  switch (rows) {
    // clang-format off
    ROWS(1) ROWS(2) ROWS(3) ROWS(4) ROWS(5) ROWS(6)
#if MAXIMUM_ROWS > 6
    ROWS(7) ROWS(8) ROWS(9) ROWS(10) ROWS(11) ROWS(12) ROWS(13) ROWS(14)
#endif
    // clang-format on
  }
#undef ROWS
}

static const tile_kernel KERNEL = {LANES, MAXIMUM_ROWS, NAME(compute)};

#undef WHOLE_VECTORS
#undef NAME
#undef NAME_FOR
#undef JOIN
#undef KERNEL
#undef LANES
#undef MAXIMUM_ROWS
