// A row times a matrix, bound by how fast the matrix comes from the cache. The
// sums of up to 128 columns stay in registers while their part of the matrix
// passes by.
#include <string.h>

#include "CLaminaKernels.h"
#include "clones.h"
#include "vectors.h"

enum { widest = 8 };

typedef struct {
  const float *x, *matrix, *bias;
  float *y;
  size_t features, columns;
  int relu;
} product;

// The sums of `count` vectors of columns from `column` on; of the last vector
// `width` columns are there, and what is read behind them is the next row. The
// last rows have none behind them. `parts` sums are added up in turn, so that
// additions need not wait for each other.
INLINE void sum_columns(const product *p, size_t column, const int count, const int parts,
                        size_t width) {
  const int last = count - 1;
  vector sums[widest] = {};
  const float *row = p->matrix + column;
  const size_t reach = column + (size_t)count * lanes, end = p->features * p->columns;
  const size_t safe = end < reach ? 0 : (end - reach) / p->columns + 1;
  size_t k = 0;
  for (; k + (size_t)parts <= safe; k += (size_t)parts)
    for (int part = 0; part < parts; part++, row += p->columns)
      for (int v = 0; v < count; v++)
        sums[part * count + v] += p->x[k + (size_t)part] * CONSTANT_PLACE(row + v * lanes);
  for (int part = 1; part < parts; part++)
    for (int v = 0; v < count; v++) sums[v] += sums[part * count + v];
  float rest[lanes] = {0};
  for (; k < p->features; k++, row += p->columns) {
    for (int v = 0; v < last; v++) sums[v] += p->x[k] * CONSTANT_PLACE(row + v * lanes);
    for (size_t j = 0; j < width; j++) rest[j] += p->x[k] * row[last * lanes + (int)j];
  }
  sums[last] += CONSTANT_PLACE(rest);
  const float *bias = p->bias ? p->bias + column : NULL;
  float *y = p->y + column;
  for (int v = 0; v < last; v++) {
    const vector sum = bias ? sums[v] + CONSTANT_PLACE(bias + v * lanes) : sums[v];
    PLACE(y + v * lanes) = p->relu ? RELU(sum) : sum;
  }
  for (size_t j = 0; j < width; j++) {
    const float sum = bias ? sums[last][j] + bias[last * lanes + (int)j] : sums[last][j];
    y[last * lanes + (int)j] = p->relu && sum <= 0 ? 0 : sum;
  }
}

// The same with a matrix of one column: as many sums as two vectors hold.
INLINE float sum_column(const product *p) {
  vector sums[2] = {};
  size_t k = 0;
  for (; k + 2 * lanes <= p->features; k += 2 * lanes)
    for (int v = 0; v < 2; v++)
      sums[v] += CONSTANT_PLACE(p->x + k + v * lanes) * CONSTANT_PLACE(p->matrix + k + v * lanes);
  const vector both = sums[0] + sums[1];
  float sum = p->bias ? p->bias[0] : 0;
  for (; k < p->features; k++) sum += p->x[k] * p->matrix[k];
  for (int lane = 0; lane < lanes; lane++) sum += both[lane];
  return p->relu && sum <= 0 ? 0 : sum;
}

PROCESSOR_CLONES
void laminakernel_vector_product(const float *x, const float *matrix, const float *bias, float *y,
                                 size_t features, size_t columns, int relu) {
  const product p = {x, matrix, bias, y, features, columns, relu};
  if (columns == 1) {
    y[0] = sum_column(&p);
    return;
  }
  for (size_t column = 0; column < columns;) {
    const size_t left = columns - column;
    const size_t vectors = left >= widest * lanes ? widest : (left + lanes - 1) / lanes;
    const size_t width = left >= vectors * lanes ? lanes : left - (vectors - 1) * lanes;
    switch (vectors) {
#define CASE(n)                                    \
  case n:                                          \
    sum_columns(&p, column, n, widest / n, width); \
    break
      CASE(1);
      CASE(2);
      CASE(3);
      CASE(4);
      CASE(5);
      CASE(6);
      CASE(7);
      CASE(8);
#undef CASE
    }
    column += (vectors - 1) * lanes + width;
  }
}
