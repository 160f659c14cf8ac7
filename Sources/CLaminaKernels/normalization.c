#include "CLaminaKernels.h"
#include "clones.h"

// Columns that are worked on at once. Several rows of a matrix with fewer
// columns are taken as one, so that also few channels fill vector registers.
enum { block = 32 };

static inline size_t smaller(size_t a, size_t b) { return a < b ? a : b; }

// How many rows of a matrix are taken as one.
static inline size_t rows_at_once(size_t columns) { return columns < block ? block / columns : 1; }

// Adds up the sums of columns that stand in several lanes.
static inline void fold(double *sums, size_t lanes, size_t columns) {
  for (size_t j = columns; j < lanes; j++) sums[j % columns] += sums[j];
}

size_t laminakernel_column_blocks(size_t columns) { return (columns + block - 1) / block; }

PROCESSOR_CLONES
void laminakernel_column_moments(const float *restrict matrix, float *restrict means,
                                 float *restrict variances, size_t rows, size_t columns,
                                 size_t block_begin, size_t block_end) {
  size_t total = rows * columns, step = columns * rows_at_once(columns);
  for (size_t first = block_begin * block; first < smaller(block_end * block, columns);
       first += block) {
    size_t lanes = smaller(step - first, block);
    double sums[block] = {0}, squares[block] = {0}, centres[block];
    for (size_t start = first; start < total; start += step) {
      size_t width = smaller(lanes, total - start);
      for (size_t j = 0; j < width; j++) sums[j] += (double)matrix[start + j];
    }
    fold(sums, lanes, columns);
    for (size_t j = 0; j < lanes; j++) centres[j] = sums[j % columns] / (double)rows;
    for (size_t start = first; start < total; start += step) {
      size_t width = smaller(lanes, total - start);
      for (size_t j = 0; j < width; j++) {
        double distance = (double)matrix[start + j] - centres[j];
        squares[j] += distance * distance;
      }
    }
    fold(squares, lanes, columns);
    for (size_t j = 0; j < smaller(lanes, columns); j++) {
      means[first + j] = (float)centres[j];
      variances[first + j] = (float)(squares[j] / (double)rows);
    }
  }
}

PROCESSOR_CLONES
void laminakernel_normalization_sums(const float *restrict inputs, const float *restrict gradient,
                                     const float *restrict means, float *restrict sums,
                                     float *restrict products, size_t rows, size_t columns,
                                     size_t block_begin, size_t block_end) {
  size_t total = rows * columns, step = columns * rows_at_once(columns);
  for (size_t first = block_begin * block; first < smaller(block_end * block, columns);
       first += block) {
    size_t lanes = smaller(step - first, block);
    double block_sums[block] = {0}, block_products[block] = {0}, centres[block];
    for (size_t j = 0; j < lanes; j++) centres[j] = (double)means[first + j % columns];
    for (size_t start = first; start < total; start += step) {
      size_t width = smaller(lanes, total - start);
      for (size_t j = 0; j < width; j++) {
        double slope = (double)gradient[start + j];
        block_sums[j] += slope;
        block_products[j] += slope * ((double)inputs[start + j] - centres[j]);
      }
    }
    fold(block_sums, lanes, columns);
    fold(block_products, lanes, columns);
    for (size_t j = 0; j < smaller(lanes, columns); j++) {
      sums[first + j] = (float)block_sums[j];
      products[first + j] = (float)block_products[j];
    }
  }
}

// Repeats a row of few columns until it fills a block.
static inline const float *repeated(const float *row, float *block_row, size_t lanes,
                                    size_t columns) {
  if (lanes == columns) return row;
  for (size_t j = 0; j < lanes; j++) block_row[j] = row[j % columns];
  return block_row;
}

PROCESSOR_CLONES
void laminakernel_normalize_columns(const float *restrict inputs, const float *means,
                                    const float *scales, const float *shifts,
                                    float *restrict outputs, size_t rows, size_t columns) {
  size_t total = rows * columns, lanes = columns * rows_at_once(columns);
  float block_means[block], block_scales[block], block_shifts[block];
  means = repeated(means, block_means, lanes, columns);
  scales = repeated(scales, block_scales, lanes, columns);
  shifts = repeated(shifts, block_shifts, lanes, columns);
  for (size_t start = 0; start < total; start += lanes) {
    size_t width = smaller(lanes, total - start);
    for (size_t j = 0; j < width; j++)
      outputs[start + j] = (inputs[start + j] - means[j]) * scales[j] + shifts[j];
  }
}

PROCESSOR_CLONES
void laminakernel_normalization_gradient(const float *restrict inputs,
                                         const float *restrict gradient, const float *means,
                                         const float *scales, const float *gradient_means,
                                         const float *slopes, float *restrict result, size_t rows,
                                         size_t columns) {
  size_t total = rows * columns, lanes = columns * rows_at_once(columns);
  float block_means[block], block_scales[block], block_gradients[block], block_slopes[block];
  means = repeated(means, block_means, lanes, columns);
  scales = repeated(scales, block_scales, lanes, columns);
  gradient_means = repeated(gradient_means, block_gradients, lanes, columns);
  slopes = repeated(slopes, block_slopes, lanes, columns);
  for (size_t start = 0; start < total; start += lanes) {
    size_t width = smaller(lanes, total - start);
    for (size_t j = 0; j < width; j++) {
      size_t at = start + j;
      float centred = gradient[at] - gradient_means[j];
      result[at] = scales[j] * (centred - (inputs[at] - means[j]) * slopes[j]);
    }
  }
}

PROCESSOR_CLONES
void laminakernel_normalize_rows(const float *restrict inputs, const float *restrict gamma,
                                 const float *restrict beta, float *restrict outputs, size_t rows,
                                 size_t columns, float epsilon) {
#pragma clang fp reassociate(on)
  for (size_t i = 0; i < rows; i++) {
    const float *x = inputs + i * columns;
    float *y = outputs + i * columns;
    float sum = 0, squares = 0;
    for (size_t j = 0; j < columns; j++) sum += x[j];
    float mean = sum / (float)columns;
    for (size_t j = 0; j < columns; j++) squares += (x[j] - mean) * (x[j] - mean);
    float inverse = 1 / __builtin_sqrtf(squares / (float)columns + epsilon);
    for (size_t j = 0; j < columns; j++) y[j] = (x[j] - mean) * inverse;
    if (gamma)
      for (size_t j = 0; j < columns; j++) y[j] *= gamma[j];
    if (beta)
      for (size_t j = 0; j < columns; j++) y[j] += beta[j];
  }
}

PROCESSOR_CLONES
void laminakernel_normalize_rows_gradient(const float *restrict inputs, float *restrict gradient,
                                          const float *restrict gamma, float *restrict result,
                                          float *restrict gamma_gradient,
                                          float *restrict beta_gradient, size_t rows,
                                          size_t columns, float epsilon) {
#pragma clang fp reassociate(on)
  for (size_t i = 0; i < rows; i++) {
    const float *x = inputs + i * columns;
    float *g = gradient + i * columns;
    float sum = 0, squares = 0;
    for (size_t j = 0; j < columns; j++) sum += x[j];
    float mean = sum / (float)columns;
    for (size_t j = 0; j < columns; j++) squares += (x[j] - mean) * (x[j] - mean);
    float inverse = 1 / __builtin_sqrtf(squares / (float)columns + epsilon);
    if (beta_gradient)
      for (size_t j = 0; j < columns; j++) beta_gradient[j] += g[j];
    if (gamma_gradient)
      for (size_t j = 0; j < columns; j++) gamma_gradient[j] += g[j] * (x[j] - mean) * inverse;
    if (!result) continue;
    if (gamma)
      for (size_t j = 0; j < columns; j++) g[j] *= gamma[j];
    float gradients = 0, products = 0;
    for (size_t j = 0; j < columns; j++) {
      gradients += g[j];
      products += g[j] * (x[j] - mean);
    }
    gradients /= (float)columns;
    products *= inverse * inverse / (float)columns;
    float *dx = result + i * columns;
    for (size_t j = 0; j < columns; j++)
      dx[j] = inverse * (g[j] - gradients - (x[j] - mean) * products);
  }
}
