// Matrix products.
#ifndef LAMINAKERNEL_PRODUCTS_H
#define LAMINAKERNEL_PRODUCTS_H

#include <stddef.h>

// A product of matrices: c[i][j] = sum over k of a[i][k] b[k][j] + bias[j], for all
// i < rows, j < columns, k < shared, where a[i][k] is a[i * a_row + k * a_step]
// and b[k][j] is b[k * b_step + j * b_column]; one of b's distances is 1. The
// numbers of c follow each other, row by row. The bias can be NULL. With `clips`
// negative results become 0, as relu has it; not-a-number is kept.
typedef struct {
  ptrdiff_t rows, columns, shared;
  const float *a;
  ptrdiff_t a_row, a_step;
  const float *b;
  ptrdiff_t b_step, b_column;
  float *c;
  const float *bias;
  int clips;
} laminakernel_product;

void laminakernel_compute_product(const laminakernel_product *product);

// y[j] = sum over i of x[i] matrix[i][j] + bias[j], where there is a bias, and at
// least 0 where `relu` says so
void laminakernel_vector_product(const float *x, const float *matrix, const float *bias, float *y,
                                 size_t features, size_t columns, int relu);

#endif
