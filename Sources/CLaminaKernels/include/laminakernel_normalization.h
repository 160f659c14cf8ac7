// Normalizations over the columns of a matrix or its rows, and their gradients.
#ifndef LAMINAKERNEL_NORMALIZATION_H
#define LAMINAKERNEL_NORMALIZATION_H

#include <stddef.h>

// In how many blocks sums over columns are computed, each by itself.
size_t laminakernel_column_blocks(size_t columns);

// The mean and the mean squared distance from it of each column of some blocks.
void laminakernel_column_moments(const float *matrix, float *means, float *variances, size_t rows,
                                 size_t columns, size_t block_begin, size_t block_end);

// outputs[i][j] = (inputs[i][j] - means[j]) scales[j] + shifts[j]
void laminakernel_normalize_columns(const float *inputs, const float *means, const float *scales,
                                    const float *shifts, float *outputs, size_t rows,
                                    size_t columns);

// sums[j] = sum over i of gradient[i][j];
// products[j] = sum over i of gradient[i][j] (inputs[i][j] - means[j]), for the columns of some
// blocks
void laminakernel_normalization_sums(const float *inputs, const float *gradient, const float *means,
                                     float *sums, float *products, size_t rows, size_t columns,
                                     size_t block_begin, size_t block_end);

// result[i][j] = scales[j] (gradient[i][j] - gradient_means[j]
//                           - (inputs[i][j] - means[j]) slopes[j])
void laminakernel_normalization_gradient(const float *inputs, const float *gradient,
                                         const float *means, const float *scales,
                                         const float *gradient_means, const float *slopes,
                                         float *result, size_t rows, size_t columns);

// outputs[i][j] = (inputs[i][j] - mean of row i) / sqrt(variance of row i + epsilon) gamma[j]
// + beta[j]; gamma and beta can be NULL.
void laminakernel_normalize_rows(const float *inputs, const float *gamma, const float *beta,
                                 float *outputs, size_t rows, size_t columns, float epsilon);

// The gradients of normalize_rows, from that of its outputs, which may be
// overwritten: those of gamma and beta are added, that of the inputs is `result`.
// Each of them can be NULL.
void laminakernel_normalize_rows_gradient(const float *inputs, float *gradient, const float *gamma,
                                          float *result, float *gamma_gradient,
                                          float *beta_gradient, size_t rows, size_t columns,
                                          float epsilon);

#endif
