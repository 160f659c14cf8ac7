#include "CLaminaKernels.h"
#include "clones.h"

PROCESSOR_CLONES
void laminakernel_add_column_sums(const float *restrict matrix, float *restrict sums, size_t rows,
                                  size_t columns) {
  enum { block_rows = 256, block_columns = 64 };
  float block[block_columns];
  for (size_t row = 0; row < rows; row += block_rows) {
    size_t end = rows - row < block_rows ? rows : row + block_rows;
    for (size_t column = 0; column < columns; column += block_columns) {
      size_t width = columns - column < block_columns ? columns - column : block_columns;
      for (size_t j = 0; j < width; j++) block[j] = 0;
      for (size_t i = row; i < end; i++)
        for (size_t j = 0; j < width; j++) block[j] += matrix[i * columns + column + j];
      for (size_t j = 0; j < width; j++) sums[column + j] += block[j];
    }
  }
}

PROCESSOR_CLONES
void laminakernel_sum_parts(const float *restrict parts, float *restrict result, ptrdiff_t pieces,
                            ptrdiff_t part_distance, ptrdiff_t rows, ptrdiff_t columns,
                            ptrdiff_t part_row) {
  for (ptrdiff_t i = 0; i < rows; i++, result += columns, parts += part_row) {
    for (ptrdiff_t j = 0; j < columns; j++) result[j] = parts[j];
    for (ptrdiff_t piece = 1; piece < pieces; piece++)
      for (ptrdiff_t j = 0; j < columns; j++) result[j] += parts[piece * part_distance + j];
  }
}
