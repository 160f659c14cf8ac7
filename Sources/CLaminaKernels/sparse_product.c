// The product of samples that are mostly zero and a dense layer's weights.
#include "CLaminaKernels.h"
#include "clones.h"
#include "sparse_rows.h"

enum {
  // Samples that meet 64 rows of the weights while those are in the cache, and
  // those of them whose flags are looked up at once.
  group_rows = 64,
  tile_rows = 8,
  // Words of flags that are looked up at once where a sample is alone.
  tile_words = 64,
  // With fewer samples a block of the weights is hardly used twice.
  fewest_rows = 4,
  // With fewer samples packing takes longer than it saves.
  fewest_packed_rows = 16,
  // The second cache, in which the next group's samples have room.
  prefetched_level = 2,
};

typedef struct {
  const float *values;  // the samples, or null
  const uint8_t *bytes;
  const float *quotients;
  const float *weights, *bias;
  float *outputs;
  size_t rows, features, columns;
  bool relu;
  bool checks_weights;
} product;

// The features from word `first` on, as far as they fill `count` words
INLINE size_t feature_count(const product *p, size_t first, size_t count) {
  const size_t left = p->features - first * flags_in_word;
  return left < count * flags_in_word ? left : count * flags_in_word;
}

INLINE uint64_t row_flags(const product *p, size_t row, size_t word) {
  return nonzero(p->values, p->bytes, row * p->features + word * flags_in_word,
                 feature_count(p, word, 1));
}

// An address may lie behind the samples, where no pointer may.
INLINE void prefetch_address(uintptr_t address) {
  __builtin_prefetch((const void *)address, 0, prefetched_level);
}

// Asks for what `row_flags` will look at: pieces of rows are too short for the
// processor to see them coming. Behind the last row the next piece of the batch
// begins, as a rule; asking for anything else does no harm.
INLINE void prefetch(const product *p, size_t row, size_t word) {
  const size_t offset = row * p->features + word * flags_in_word;
  if (p->bytes) {
    prefetch_address((uintptr_t)p->bytes + offset);
  } else {
    for (size_t i = 0; i < flags_in_word; i += lanes)
      prefetch_address((uintptr_t)p->values + (offset + i) * sizeof(float));
  }
}

// Adds the products of the features of some words of flags to one sample's outputs
// from `column` on.
INLINE void add_words(const int count, const product *p, size_t row, const uint64_t *words,
                      size_t first_word, size_t word_count, summands weights, size_t column) {
  const size_t offset = row * p->features + first_word * flags_in_word;
  const factors f = {p->values ? p->values + offset : NULL, 1, p->bytes ? p->bytes + offset : NULL,
                     p->quotients};
  float *sums = p->outputs + row * p->columns + column;
  const float *initial = first_word ? sums : p->bias ? p->bias + column : NULL;
  const bool is_last = (first_word + word_count) * flags_in_word >= p->features;
  sum_rows(count, words, word_count, f, weights, initial, sums, p->relu && is_last);
}

// The outputs of one sample: its flags first, then its products.
INLINE void multiply_row(const int count, const product *p, size_t row, summands weights,
                         size_t column) {
  const size_t word_count = (p->features + flags_in_word - 1) / flags_in_word;
  uint64_t words[tile_words];
  for (size_t word = 0, n; word < word_count; word += n) {
    n = word_count - word < tile_words ? word_count - word : tile_words;
    for (size_t w = 0; w < n; w++) words[w] = row_flags(p, row, word + w);
    summands block = weights;
    block.first += word * flags_in_word * weights.length;
    add_words(count, p, row, words, word, n, block, column);
  }
}

// Adds one word's products to the outputs of samples `first` to `end`, some flags ahead.
INLINE void multiply_block(const int count, const product *p, size_t first, size_t end, size_t word,
                           summands weights, size_t column) {
  uint64_t words[tile_rows];
  for (size_t row = first, n; row < end; row += n) {
    n = end - row < tile_rows ? end - row : tile_rows;
    for (size_t i = 0; i < n; i++) {
      words[i] = row_flags(p, row + i, word);
      prefetch(p, row + i + group_rows, word);
    }
    for (size_t i = 0; i < n; i++)
      add_words(count, p, row + i, words + i, word, 1, weights, column);
  }
}

// Block after block of the weights, each for a group of samples; false where a
// block is to be checked and is not finite.
INLINE bool multiply_group(const product *p, size_t first, size_t end, float *room) {
  const bool packs = p->columns > widest && end - first >= fewest_packed_rows;
  const bool checks = p->checks_weights && first == 0;
  for (size_t word = 0; word * flags_in_word < p->features; word++) {
    const float *block = p->weights + word * flags_in_word * p->columns;
    if (checks && !are_finite(block, feature_count(p, word, 1) * p->columns)) return false;
    for (size_t column = 0, width; column < p->columns; column += width) {
      width = next_width(p->columns - column);
      summands weights = {block + column, p->columns, width};
      if (packs) weights = pack_rows(weights, feature_count(p, word, 1), room);
      WITH_VECTOR_COUNT(width, multiply_block, p, first, end, word, weights, column)
    }
  }
  return true;
}

INLINE bool multiply(const product *p) {
  float room[flags_in_word * widest] __attribute__((aligned(64)));
  if (p->rows >= fewest_rows) {
    for (size_t row = 0, n; row < p->rows; row += n) {
      n = p->rows - row < group_rows ? p->rows - row : group_rows;
      if (!multiply_group(p, row, row + n, room)) return false;
    }
    return true;
  }
  if (p->checks_weights && !are_finite(p->weights, p->features * p->columns)) return false;
  for (size_t row = 0; row < p->rows; row++) {
    for (size_t column = 0, width; column < p->columns; column += width) {
      width = next_width(p->columns - column);
      const summands weights = {p->weights + column, p->columns, width};
      WITH_VECTOR_COUNT(width, multiply_row, p, row, weights, column)
    }
  }
  return true;
}

PROCESSOR_CLONES
int laminakernel_sparse_product(const float *values, const float *weights, const float *bias,
                                float *outputs, size_t rows, size_t features, size_t columns,
                                int relu, int checks_weights) {
  const product p = {.values = values,
                     .weights = weights,
                     .bias = bias,
                     .outputs = outputs,
                     .rows = rows,
                     .features = features,
                     .columns = columns,
                     .relu = relu,
                     .checks_weights = checks_weights};
  return multiply(&p);
}

PROCESSOR_CLONES
void laminakernel_sparse_product_bytes(const uint8_t *bytes, const float *quotients,
                                       const float *weights, const float *bias, float *outputs,
                                       size_t rows, size_t features, size_t columns, int relu) {
  const product p = {.bytes = bytes,
                     .quotients = quotients,
                     .weights = weights,
                     .bias = bias,
                     .outputs = outputs,
                     .rows = rows,
                     .features = features,
                     .columns = columns,
                     .relu = relu};
  multiply(&p);
}
