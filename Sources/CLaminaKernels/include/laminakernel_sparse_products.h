// Products that skip zeros; sums are taken in the features' order, or the
// samples'. A product with 0 is left out, and is not the not-a-number that 0
// times infinity would be.
#ifndef LAMINAKERNEL_SPARSE_PRODUCTS_H
#define LAMINAKERNEL_SPARSE_PRODUCTS_H

#include <stddef.h>
#include <stdint.h>

// outputs[i][j] = bias[j] + sum over k of values[i][k] weights[k][j], or 0 where
// that is less and `relu` is set; bias can be NULL. With `checks_weights` the result is 0
// where a weight is not finite, and the outputs are anything; else it is 1.
int laminakernel_sparse_product(const float *values, const float *weights, const float *bias,
                                float *outputs, size_t rows, size_t features, size_t columns,
                                int relu, int checks_weights);

// The same bits as of the values quotients[bytes[i][k]], of finite weights;
// quotients[0] is 0.
void laminakernel_sparse_product_bytes(const uint8_t *bytes, const float *quotients,
                                       const float *weights, const float *bias, float *outputs,
                                       size_t rows, size_t features, size_t columns, int relu);

// gradient[k][j] = sum over i of values[i][k] deltas[i][j]; the deltas are finite.
void laminakernel_sparse_gradient(const float *values, const float *deltas, float *gradient,
                                  size_t rows, size_t features, size_t columns);

// The share of elements that are not zero, by 1,024 of the first rows' where there are more.
float laminakernel_density(const float *matrix, size_t rows, size_t columns);
float laminakernel_density_bytes(const uint8_t *matrix, size_t rows, size_t columns);

// Whether no value is infinite or not a number.
int laminakernel_are_finite(const float *values, size_t count);

#endif
