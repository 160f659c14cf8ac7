// What softmax and the losses of logits share: each row's exp(z - largest z).
#ifndef LAMINA_SOFTMAX_H
#define LAMINA_SOFTMAX_H

#include <stddef.h>

#include "exponential.h"

#define SOFTMAX_INLINED static inline __attribute__((always_inline))

// How many numbers are computed together. A row may be as short as ten, and loops
// are made for more.
enum { softmax_block = 512 };

// How many rows are computed together.
SOFTMAX_INLINED size_t softmax_rows(size_t columns) {
  return columns > 0 && columns < softmax_block ? softmax_block / columns : 1;
}

SOFTMAX_INLINED float largest_of(const float *values, size_t count) {
  float largest = values[0];
  for (size_t j = 1; j < count; j++) largest = values[j] > largest ? values[j] : largest;
  return largest;
}

SOFTMAX_INLINED float sum_of(const float *values, size_t count) {
  float sum = 0;
  for (size_t j = 0; j < count; j++) sum += values[j];
  return sum;
}

// The largest z of each of at most `softmax_rows` rows, and the row's sum of
// exp(z - largest). The powers go to `powers`, which may be z itself, or is null.
SOFTMAX_INLINED void softmax_sums(const float *z, float *powers, float *largest, float *sums,
                                  size_t rows, size_t columns) {
  float scratch[softmax_block];
  for (size_t i = 0; i < rows; i++) {
    largest[i] = largest_of(z + i * columns, columns);
    sums[i] = 0;
  }
  if (columns > softmax_block) {
    for (size_t start = 0; start < columns; start += softmax_block) {
      size_t size = columns - start < softmax_block ? columns - start : softmax_block;
      float *piece = powers ? powers + start : scratch;
      for (size_t j = 0; j < size; j++) piece[j] = exponential(z[start + j] - largest[0]);
      for (size_t j = 0; j < size; j++) sums[0] += piece[j];
    }
    return;
  }
  if (!powers) powers = scratch;
  for (size_t i = 0; i < rows; i++)
    for (size_t j = i * columns; j < (i + 1) * columns; j++) powers[j] = z[j] - largest[i];
  for (size_t j = 0; j < rows * columns; j++) powers[j] = exponential(powers[j]);
  for (size_t i = 0; i < rows; i++) sums[i] = sum_of(powers + i * columns, columns);
}

#endif
