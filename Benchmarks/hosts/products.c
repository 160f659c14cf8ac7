// The products of the benchmark's networks alone, and larger ones: Lamina's own, as the small
// edition computes them, beside OpenBLAS. Prints JSON by size: how often Lamina's time OpenBLAS
// takes, and microseconds, median and least.
#include <CLaminaKernels.h>
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "turns.h"

typedef enum { neither, left, right } Factor;

typedef struct {
  int rows, shared, columns;
  Factor transposed;
} Size;

typedef struct {
  int rows, shared, columns;
  Factor transposed;
  float *a, *b, *c;
} Product;

static const Size sizes[] = {
    {1, 784, 128, neither},      {32, 784, 128, neither},   {784, 32, 128, left},
    {32, 128, 784, right},       {32, 128, 10, neither},    {128, 32, 10, left},
    {32, 10, 128, right},        {1024, 784, 128, neither}, {676, 9, 32, neither},
    {121, 288, 64, neither},     {910, 288, 64, neither},   {10648, 288, 64, neither},
    {256, 256, 256, neither},    {512, 512, 512, neither},  {1024, 1024, 1024, neither},
    {2048, 2048, 2048, neither}, {2048, 32, 2048, left},
};

/// As Sources/Lamina/Kernels/MatrixProduct.swift does.
static void by_lamina(void *argument) {
  const Product *p = argument;
  if (p->rows == 1) {
    laminakernel_vector_product(p->a, p->b, NULL, p->c, (size_t)p->shared, (size_t)p->columns, 0);
    return;
  }
  laminakernel_product product = {.rows = p->rows,
                                  .columns = p->columns,
                                  .shared = p->shared,
                                  .a = p->a,
                                  .a_row = p->transposed == left ? 1 : p->shared,
                                  .a_step = p->transposed == left ? p->rows : 1,
                                  .b = p->b,
                                  .b_step = p->transposed == right ? 1 : p->columns,
                                  .b_column = p->transposed == right ? p->shared : 1,
                                  .c = p->c};
  laminakernel_compute_product(&product);
}

static void by_openblas(void *argument) {
  const Product *p = argument;
  if (p->rows == 1) {
    cblas_sgemv(CblasRowMajor, CblasTrans, p->shared, p->columns, 1, p->b, p->columns, p->a, 1, 0,
                p->c, 1);
    return;
  }
  cblas_sgemm(CblasRowMajor, p->transposed == left ? CblasTrans : CblasNoTrans,
              p->transposed == right ? CblasTrans : CblasNoTrans, p->rows, p->columns, p->shared, 1,
              p->a, p->transposed == left ? p->rows : p->shared, p->b,
              p->transposed == right ? p->shared : p->columns, 0, p->c, p->columns);
}

/// Ends the program where the two results are not the same.
static void compare(Product *p) {
  size_t count = (size_t)p->rows * (size_t)p->columns;
  by_openblas(p);
  float *expected = whole_numbers(count);
  memcpy(expected, p->c, count * sizeof(float));
  by_lamina(p);
  for (size_t index = 0; index < count; index++) {
    if (p->c[index] == expected[index]) continue;
    fprintf(stderr, "%dx%dx%d: Lamina's product is not OpenBLAS's\n", p->rows, p->shared,
            p->columns);
    exit(1);
  }
  free(expected);
}

static Turns measure(const Size *size) {
  size_t rows = (size_t)size->rows, shared = (size_t)size->shared, columns = (size_t)size->columns;
  Product product = {size->rows,
                     size->shared,
                     size->columns,
                     size->transposed,
                     whole_numbers(rows * shared),
                     whole_numbers(shared * columns),
                     whole_numbers(rows * columns)};
  compare(&product);
  Turns turns = time_in_turn(by_lamina, by_openblas, &product, 0.2);
  free(product.a);
  free(product.b);
  free(product.c);
  return turns;
}

int main(void) {
  static const char *const names[] = {"Lamina", "OpenBLAS"};
  for (size_t index = 0; index < sizeof sizes / sizeof *sizes; index++) {
    const Size *size = &sizes[index];
    Turns turns = measure(size);
    char name[32];
    snprintf(name, sizeof name, "%dx%dx%d", size->rows, size->shared, size->columns);
    printf("%s\"%s ahead\": %.4f", index ? ", " : "{", name, turns.ratio);
    for (int way = 0; way < 2; way++)
      printf(", \"%s %s\": %.3f, \"%s %s least\": %.3f", name, names[way], turns.median[way], name,
             names[way], turns.least[way]);
  }
  puts("}");
  return 0;
}
