// The gradient of a dense layer's weights where its samples are mostly zero.
#include "CLaminaKernels.h"
#include "clones.h"
#include "sparse_rows.h"

enum { half_word = flags_in_word / 2 };

// Some features of up to 64 samples, one row a sample, and for each feature the
// flags of the samples where it is not zero.
typedef struct {
  float values[flags_in_word][lanes];
  uint64_t words[lanes];
} feature_tile;

// The samples of a word of flags.
typedef struct {
  const float *values;
  size_t rows, features;
  // How far the next word's samples are, or 0 where there are none.
  size_t next;
} samples;

// The flags of up to 32 samples.
INLINE void gather_half(const samples *s, size_t first, size_t feature, size_t count,
                        float (*tile)[lanes], integers *flags) {
  const size_t rows = s->rows - first < half_word ? s->rows - first : half_word;
  *flags = (integers){};
  for (size_t i = 0; i < rows; i++) {
    const float *values = s->values + (first + i) * s->features + feature;
    // The processor does not see columns coming.
    __builtin_prefetch(values + s->next);
    place *row = (place *)tile[first + i];
    if (count == lanes) {
      *row = CONSTANT_PLACE(values);
    } else {
      *row = (vector){};
      memcpy(row, values, count * sizeof(float));
    }
    *flags |= (*row != 0) & (int32_t)(1u << i);
  }
}

INLINE void gather_features(const samples *s, size_t feature, size_t count, feature_tile *tile) {
  integers low, high = {};
  gather_half(s, 0, feature, count, tile->values, &low);
  if (s->rows > half_word) gather_half(s, half_word, feature, count, tile->values, &high);
  for (int j = 0; j < lanes; j++)
    tile->words[j] = (uint64_t)(uint32_t)high[j] << half_word | (uint32_t)low[j];
}

// Adds what the samples give to the rows of `gradient`, one for each feature.
INLINE void add_samples(const int count, const samples *s, summands deltas, float *gradient,
                        size_t gradient_length, bool is_first) {
  feature_tile tile;
  for (size_t feature = 0; feature < s->features; feature += lanes) {
    const size_t n = s->features - feature < lanes ? s->features - feature : lanes;
    gather_features(s, feature, n, &tile);
    for (size_t j = 0; j < n; j++) {
      float *sums = gradient + (feature + j) * gradient_length;
      const factors f = {.values = tile.values[0] + j, .distance = lanes};
      sum_rows(count, tile.words + j, 1, f, deltas, is_first ? NULL : sums, sums, false);
    }
  }
}

PROCESSOR_CLONES
void laminakernel_sparse_gradient(const float *values, const float *deltas, float *gradient,
                                  size_t rows, size_t features, size_t columns) {
  float room[flags_in_word * widest] __attribute__((aligned(64)));
  size_t row = 0;
  do {
    samples s = {values + row * features, rows - row, features, 0};
    if (s.rows > flags_in_word) {
      s.rows = flags_in_word;
      s.next = flags_in_word * features;
    }
    for (size_t column = 0, width; column < columns; column += width) {
      width = next_width(columns - column);
      summands block = {deltas + row * columns + column, columns, width};
      if (columns > widest) block = pack_rows(block, s.rows, room);
      WITH_VECTOR_COUNT(width, add_samples, &s, block, gradient + column, columns, row == 0)
    }
    row += s.rows;
  } while (row < rows);
}
