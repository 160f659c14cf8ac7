// The product of samples that are mostly zero and a dense layer's weights.
#include "CLaminaKernels.h"
#include "clones.h"
#include "sparse_rows.h"

enum {
  // Samples that meet 64 rows of the weights while those are in the cache.
  group_rows = 64,
  // Words of a sample's flags that are looked up at once, before any product.
  words_at_once = 32,
  // With fewer samples a block of the weights is hardly used twice.
  fewest_rows = 4,
  // With fewer samples packing takes longer than it saves.
  fewest_packed_rows = 16,
  // The second cache, in which the next group's samples have room.
  prefetched_level = 2,
  cache_line = 64,
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

// How many features a word of flags has: the last may have fewer.
INLINE size_t feature_count(const product *p, size_t word) {
  const size_t left = p->features - word * flags_in_word;
  return left < flags_in_word ? left : flags_in_word;
}

INLINE uint64_t row_flags(const product *p, size_t row, size_t word) {
  return nonzero(p->values, p->bytes, row * p->features + word * flags_in_word,
                 feature_count(p, word));
}

// The factors of a sample from word `word` of its flags on.
INLINE factors sample_factors(const product *p, size_t row, size_t word) {
  const size_t offset = row * p->features + word * flags_in_word;
  return (factors){p->values ? p->values + offset : NULL, 1, p->bytes ? p->bytes + offset : NULL,
                   p->quotients};
}

// What the outputs of a sample begin with.
INLINE void assign_bias(const product *p, size_t row) {
  float *outputs = p->outputs + row * p->columns;
  if (p->bias)
    memcpy(outputs, p->bias, p->columns * sizeof *outputs);
  else
    memset(outputs, 0, p->columns * sizeof *outputs);
}

// The outputs of one sample: its flags first, then its products.
INLINE void multiply_row(const int count, const product *p, size_t row, summands weights,
                         size_t column) {
  const size_t word_count = (p->features + flags_in_word - 1) / flags_in_word;
  float *sums = p->outputs + row * p->columns + column;
  uint64_t words[words_at_once];
  for (size_t word = 0, n; word < word_count; word += n) {
    n = word_count - word < words_at_once ? word_count - word : words_at_once;
    for (size_t w = 0; w < n; w++) words[w] = row_flags(p, row, word + w);
    summands block = weights;
    block.first += word * flags_in_word * weights.length;
    sum_rows(count, words, n, sample_factors(p, row, word), block, sums, sums,
             p->relu && word + n == word_count);
  }
}

// The flags of samples `first` to `end`: those of word w of sample i at [w][i]. Row
// after row, as memory likes to be read.
INLINE void look_up(const product *p, size_t first, size_t end, size_t first_word, size_t count,
                    uint64_t (*flags)[group_rows + 1]) {
  const bool has_part = (first_word + count) * flags_in_word > p->features;
  const size_t whole = has_part ? count - 1 : count;
  for (size_t i = 0; i < end - first; i++) {
    const size_t offset = (first + i) * p->features + first_word * flags_in_word;
    for (size_t w = 0; w < whole; w++)
      flags[w][i] = nonzero(p->values, p->bytes, offset + w * flags_in_word, flags_in_word);
    if (has_part) flags[whole][i] = row_flags(p, first + i, first_word + whole);
  }
}

// Asks for 64 elements of what lies behind the samples of a group: the next group,
// or the next piece of the batch, as a rule; asking for anything else does no harm.
// Memory then answers while products are summed up. No pointer may go there.
INLINE void prefetch(const product *p, uintptr_t address) {
  const size_t bytes = flags_in_word * (p->bytes ? 1 : sizeof(float));
  for (size_t i = 0; i < bytes; i += cache_line)
    __builtin_prefetch((const void *)(address + i), 0, prefetched_level);
}

// Adds one word's products to the outputs of samples `first` to `end`. Where a
// sample's products end is anybody's guess, so what the next one begins with is there
// before: its flags, and addresses that go along in registers.
INLINE void multiply_block(const int count, const product *p, size_t first, size_t end,
                           const uint64_t *flags, size_t word, summands weights, size_t column) {
  const size_t rows = end - first, element = p->bytes ? 1 : sizeof(float);
  const bool prefetches = p->rows >= group_rows && column == 0;
  const bool relu = p->relu && (word + 1) * flags_in_word >= p->features;
  const size_t features = p->features, columns = p->columns;
  factors f = sample_factors(p, first, word);
  float *sums = p->outputs + first * columns + column;
  uintptr_t ahead = p->bytes ? (uintptr_t)p->bytes : (uintptr_t)p->values;
  ahead += (end * features + word * rows * flags_in_word) * element;
  uint64_t next = flags[0];
  for (size_t i = 1; i <= rows; i++) {
    const uint64_t sample_flags = next;
    // Volatile, or the compiler would read it when it is needed.
    next = *(const volatile uint64_t *)(flags + i);
    if (prefetches) prefetch(p, ahead);
    sum_rows(count, &sample_flags, 1, f, weights, sums, sums, relu);
    ahead += flags_in_word * element;
    sums += columns;
    if (p->bytes)
      f.bytes += features;
    else
      f.values += features;
  }
}

// One word's products: a block of the weights, which stays in the cache meanwhile.
// False where it is to be checked and is not finite.
INLINE bool multiply_word(const product *p, size_t first, size_t end, const uint64_t *flags,
                          size_t word, float *room) {
  const size_t features = feature_count(p, word);
  const float *block = p->weights + word * flags_in_word * p->columns;
  if (p->checks_weights && first == 0 && !are_finite(block, features * p->columns)) return false;
  const bool packs = p->columns > widest && end - first >= fewest_packed_rows;
  for (size_t column = 0, width; column < p->columns; column += width) {
    width = next_width(p->columns - column);
    summands weights = {block + column, p->columns, width};
    if (packs) weights = pack_rows(weights, features, room);
    // As a rule: the compiler then knows the distances.
    if (weights.width == widest && weights.length == widest)
      multiply_block(vectors, p, first, end, flags, word, (summands){weights.first, widest, widest},
                     column);
    else
      WITH_VECTOR_COUNT(width, multiply_block, p, first, end, flags, word, weights, column)
  }
  return true;
}

// Block after block of the weights, each for a group of samples.
INLINE bool multiply_group(const product *p, size_t first, size_t end, float *room) {
  const size_t word_count = (p->features + flags_in_word - 1) / flags_in_word;
  uint64_t flags[words_at_once][group_rows + 1];
  for (size_t row = first; row < end; row++) assign_bias(p, row);
  for (size_t word = 0, n; word < word_count; word += n) {
    n = word_count - word < words_at_once ? word_count - word : words_at_once;
    look_up(p, first, end, word, n, flags);
    for (size_t w = 0; w < n; w++)
      if (!multiply_word(p, first, end, flags[w], word + w, room)) return false;
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
    assign_bias(p, row);
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
