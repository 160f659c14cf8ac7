// The products of the benchmark's networks alone, in the OpenBLAS that Lamina links. Prints JSON:
// microseconds by size, the median of many.
#include <cblas.h>
#include <stdio.h>
#include <stdlib.h>

#include "timing.h"

typedef struct {
  const char *name;
  int rows, inner, columns;
  CBLAS_TRANSPOSE left;
} Product;

static const Product products[] = {
    {"1x784x128", 1, 784, 128, CblasNoTrans},       {"32x784x128", 32, 784, 128, CblasNoTrans},
    {"784x32x128", 784, 32, 128, CblasTrans},       {"1024x784x128", 1024, 784, 128, CblasNoTrans},
    {"676x9x32", 676, 9, 32, CblasNoTrans},         {"121x288x64", 121, 288, 64, CblasNoTrans},
    {"10648x288x64", 10648, 288, 64, CblasNoTrans},
};

static float *numbers(size_t count) {
  float *values = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (!values) exit(1);
  for (size_t index = 0; index < count; index++) values[index] = (float)(index % 7) - 3;
  return values;
}

static double median(const Product *product, double seconds) {
  int rows = product->rows, inner = product->inner, columns = product->columns;
  float *left = numbers((size_t)rows * (size_t)inner);
  float *right = numbers((size_t)inner * (size_t)columns);
  float *result = numbers((size_t)rows * (size_t)columns);
  static double times[1 << 20];
  size_t count = 0;
  for (double end = now() + seconds; count < 1 << 20 && (count < 5 || now() < end); count++) {
    double start = now();
    if (rows == 1) {
      cblas_sgemv(CblasRowMajor, CblasTrans, inner, columns, 1, right, columns, left, 1, 0, result,
                  1);
    } else {
      int width = product->left == CblasTrans ? rows : inner;
      cblas_sgemm(CblasRowMajor, product->left, CblasNoTrans, rows, columns, inner, 1, left, width,
                  right, columns, 0, result, columns);
    }
    times[count] = now() - start;
  }
  free(left);
  free(right);
  free(result);
  return quantile(times, count, 0.5);
}

int main(void) {
  size_t count = sizeof products / sizeof *products;
  for (size_t index = 0; index < count; index++)
    printf("%s\"%s\": %.2f", index ? ", " : "{", products[index].name,
           median(&products[index], 0.2) * 1e6);
  puts("}");
  return 0;
}
