// What products with mostly zero factors have in common: a row of the result is
// the sum of the other matrix's rows whose factors are not zero. Its elements
// stay in registers meanwhile, and the summands in the innermost cache.
#ifndef LAMINA_SPARSE_ROWS_H
#define LAMINA_SPARSE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "vectors.h"

enum {
  // Sums of 8 vectors are enough to keep two adders busy, and leave registers free.
  vectors = 8,
  widest = vectors * lanes,
  // Flags in a word. So many rows of `widest` numbers take 32 KB.
  flags_in_word = 64,
};

// Bit i says whether value i of a vector's is not zero.
INLINE uint64_t nonzero_lanes(const float *values) {
  typedef bool flags __attribute__((ext_vector_type(lanes)));
  const flags differ = __builtin_convertvector(CONSTANT_PLACE(values) != 0, flags);
  uint16_t bits;
  memcpy(&bits, &differ, sizeof bits);
  return bits;
}

// Bit i says whether value i is not zero; not-a-number is not.
INLINE uint64_t nonzero_values(const float *values, size_t count) {
  uint64_t word = 0;
  size_t i = 0;
  if (count == flags_in_word) {
    for (; i < flags_in_word; i += lanes) word |= nonzero_lanes(values + i) << i;
    return word;
  }
  for (; i + lanes <= count; i += lanes) word |= nonzero_lanes(values + i) << i;
  for (; i < count; i++) word |= (uint64_t)(values[i] != 0) << i;
  return word;
}

INLINE uint64_t nonzero_bytes(const uint8_t *bytes, size_t count) {
  typedef uint8_t block __attribute__((vector_size(flags_in_word), aligned(1), may_alias));
  typedef bool flags __attribute__((ext_vector_type(flags_in_word)));
  uint64_t word = 0;
  if (count == flags_in_word) {
    const flags differ = __builtin_convertvector(*(const block *)bytes != 0, flags);
    memcpy(&word, &differ, sizeof word);
    return word;
  }
  for (size_t i = 0; i < count; i++) word |= (uint64_t)(bytes[i] != 0) << i;
  return word;
}

// The flags of so many values, or bytes, from an offset on.
INLINE uint64_t nonzero(const float *values, const uint8_t *bytes, size_t offset, size_t count) {
  return bytes ? nonzero_bytes(bytes + offset, count) : nonzero_values(values + offset, count);
}

// Where factors stand: in `values`, or as the quotients of `bytes`.
typedef struct {
  const float *values;
  size_t distance;
  const uint8_t *bytes;
  const float *quotients;
} factors;

INLINE float factor(factors f, size_t index) {
  return f.bytes ? f.quotients[f.bytes[index]] : f.values[index * f.distance];
}

// Rows of `width` numbers, `length` apart.
typedef struct {
  const float *first;
  size_t length, width;
} summands;

// sums = initial + the sum of factor k times row k, over the flags k that are
// set, in their order. Null stands for zeros. The width takes `count` vectors, of
// which the last two may overlap: both have the same sums then.
INLINE void sum_vectors(const int count, const uint64_t *words, size_t word_count, factors f,
                        summands rows, const float *initial, float *sums, bool relu) {
  const size_t last = rows.width - lanes;
  const float *last_columns = rows.first + last;
  vector sum[vectors] = {};
  if (initial) {
    for (int v = 0; v < count - 1; v++) sum[v] = CONSTANT_PLACE(initial + v * lanes);
    sum[count - 1] = CONSTANT_PLACE(initial + last);
  }
  for (size_t w = 0; w < word_count; w++) {
    for (uint64_t word = words[w]; word; word &= word - 1) {
      const size_t k = w * flags_in_word + (size_t)__builtin_ctzll(word);
      const size_t row = k * rows.length;
      const float scale = factor(f, k);
      for (int v = 0; v < count - 1; v++)
        sum[v] += scale * CONSTANT_PLACE(rows.first + row + v * lanes);
      sum[count - 1] += scale * CONSTANT_PLACE(last_columns + row);
    }
  }
  if (relu)  // not-a-number stays
    for (int v = 0; v < count; v++) sum[v] = RELU(sum[v]);
  for (int v = 0; v < count - 1; v++) PLACE(sums + v * lanes) = sum[v];
  PLACE(sums + last) = sum[count - 1];
}

// The same where the width is less than a vector.
INLINE void sum_numbers(const uint64_t *words, size_t word_count, factors f, summands rows,
                        const float *initial, float *sums, bool relu) {
  float sum[lanes] = {0};
  for (size_t j = 0; j < rows.width; j++) sum[j] = initial ? initial[j] : 0;
  for (size_t w = 0; w < word_count; w++) {
    for (uint64_t word = words[w]; word; word &= word - 1) {
      const size_t k = w * flags_in_word + (size_t)__builtin_ctzll(word);
      const float scale = factor(f, k);
      for (size_t j = 0; j < rows.width; j++) sum[j] += scale * rows.first[k * rows.length + j];
    }
  }
  for (size_t j = 0; j < rows.width; j++) sums[j] = relu && sum[j] <= 0 ? 0 : sum[j];
}

// How many of the columns that are left are summed at once: as many as there are
// registers for, and not so that less than a vector is left.
INLINE size_t next_width(size_t columns) {
  if (columns <= widest) return columns;
  return columns < widest + lanes ? widest / 2 : widest;
}

// Calls function(count, ...) with the number of vectors as a constant, 0 where
// the width is less than one.
#define WITH_VECTOR_COUNT(width, function, ...)                  \
  switch ((width) < lanes ? 0 : ((width) + lanes - 1) / lanes) { \
    case 0:                                                      \
      function(0, __VA_ARGS__);                                  \
      break;                                                     \
    case 1:                                                      \
      function(1, __VA_ARGS__);                                  \
      break;                                                     \
    case 2:                                                      \
      function(2, __VA_ARGS__);                                  \
      break;                                                     \
    case 3:                                                      \
      function(3, __VA_ARGS__);                                  \
      break;                                                     \
    case 4:                                                      \
      function(4, __VA_ARGS__);                                  \
      break;                                                     \
    case 5:                                                      \
      function(5, __VA_ARGS__);                                  \
      break;                                                     \
    case 6:                                                      \
      function(6, __VA_ARGS__);                                  \
      break;                                                     \
    case 7:                                                      \
      function(7, __VA_ARGS__);                                  \
      break;                                                     \
    default:                                                     \
      function(8, __VA_ARGS__);                                  \
  }

INLINE void sum_rows(const int count, const uint64_t *words, size_t word_count, factors f,
                     summands rows, const float *initial, float *sums, bool relu) {
  if (count)
    sum_vectors(count, words, word_count, f, rows, initial, sums, relu);
  else
    sum_numbers(words, word_count, f, rows, initial, sums, relu);
}

// The columns of some rows, one after the other: rows whose length is a power of
// two would share few places of the cache. `room` takes 64 rows of `widest`.
INLINE summands pack_rows(summands rows, size_t count, float *room) {
  for (size_t k = 0; k < count; k++)
    memcpy(room + k * rows.width, rows.first + k * rows.length, rows.width * sizeof(float));
  return (summands){room, rows.width, rows.width};
}

// Whether no number is infinite or not a number.
INLINE bool are_finite(const float *values, size_t count) {
  int32_t largest = 0;
  for (size_t i = 0; i < count; i++) {
    int32_t bits;
    memcpy(&bits, values + i, sizeof bits);
    bits &= 0x7fffffff;
    largest = bits > largest ? bits : largest;
  }
  return largest < 0x7f800000;
}

#endif
