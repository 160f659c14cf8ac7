// Sums and products of matrices, row by row or element by element; where a row is
// largest.
#ifndef LAMINAKERNEL_ELEMENTWISE_H
#define LAMINAKERNEL_ELEMENTWISE_H

#include <stddef.h>

// sums[i] += values[i]
void laminakernel_add(float *sums, const float *values, size_t count);

// Adds `row` to each of the rows of a matrix.
void laminakernel_add_row(float *matrix, const float *row, size_t rows, size_t columns);

// outputs[i] = inputs[i] * factors[i]
void laminakernel_multiply(const float *inputs, const float *factors, float *outputs, size_t count);

// matrix[i][j] *= factors[i / rows_per_factor] * factor; null stands for factors of 1
void laminakernel_scale_rows(float *matrix, const float *factors, float factor,
                             size_t rows_per_factor, size_t rows, size_t columns);

// repeated[i][j] = values[i], j from 0 to `times` - 1
void laminakernel_repeat(const float *values, float *repeated, size_t count, size_t times);

// sums[i] = sum over j of repeated[i][j]
void laminakernel_sum_repeated(const float *repeated, float *sums, size_t count, size_t times);

// sums[j] = sum over i of matrix[i][j]
void laminakernel_sum_columns(const float *matrix, float *sums, size_t rows, size_t columns);

// sums[j] += sum over i of matrix[i][j], in blocks of rows
void laminakernel_add_column_sums(const float *matrix, float *sums, size_t rows, size_t columns);

// result[i][j] = sum over pieces of parts[piece][i][j]. Pieces are
// `part_distance` apart, their rows `part_row`.
void laminakernel_sum_parts(const float *parts, float *result, ptrdiff_t pieces,
                            ptrdiff_t part_distance, ptrdiff_t rows, ptrdiff_t columns,
                            ptrdiff_t part_row);

// The column of the largest number of a row, the first of equals.
size_t laminakernel_largest_column(const float *row, size_t columns);

// How many rows have their largest number, the first of equals, in column classes[i].
size_t laminakernel_count_largest(const float *matrix, const float *classes, size_t rows,
                                  size_t columns);

#endif
