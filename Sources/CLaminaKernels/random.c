#include <string.h>

#include "CLaminaKernels.h"
#include "clones.h"

#define INLINED static inline __attribute__((always_inline))

// Eight blocks of four words at once. While they are computed each word is the low
// half of a lane, as products of 32 bits want it; what is in the upper half is of no
// account.
enum { lanes = 8, block_words = 4 * lanes };
typedef uint64_t halves __attribute__((vector_size(8 * lanes)));
typedef uint32_t words __attribute__((vector_size(8 * lanes)));

// Blocks `first` to `first + lanes - 1`, one after the other.
INLINED void philox_blocks(uint64_t seed, uint32_t first, uint32_t step, uint32_t layer,
                           uint32_t purpose, words result[2]) {
  const uint64_t low = 0xFFFFFFFFu;
  halves x0 = first + (halves){0, 1, 2, 3, 4, 5, 6, 7};
  halves x1 = step + (halves){0}, x2 = layer + (halves){0}, x3 = purpose + (halves){0};
  uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
#pragma clang loop unroll(full)
  for (int round = 0; round < 10; round++) {
    halves a = 0xD2511F53u * (x0 & low), b = 0xCD9E8D57u * (x2 & low);
    x0 = (b >> 32) ^ x1 ^ key0;
    x1 = b;
    x2 = (a >> 32) ^ x3 ^ key1;
    x3 = a;
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
  // Little-endian: the first word of a pair is its low half.
  halves pair01 = (x0 & low) | x1 << 32, pair23 = (x2 & low) | x3 << 32;
  result[0] = (words)__builtin_shufflevector(pair01, pair23, 0, 8, 1, 9, 2, 10, 3, 11);
  result[1] = (words)__builtin_shufflevector(pair01, pair23, 4, 12, 5, 13, 6, 14, 7, 15);
}

PROCESSOR_CLONES
void laminakernel_random_words(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                               uint32_t *restrict result, size_t count) {
  words block[2];
  for (size_t start = 0; start < count; start += block_words) {
    philox_blocks(seed, (uint32_t)(start / 4), step, layer, purpose, block);
    size_t rest = count - start;
    memcpy(result + start, block, (rest < block_words ? rest : block_words) * sizeof *result);
  }
}

PROCESSOR_CLONES
void laminakernel_dropout(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                          float rate, float scale, size_t first, const float *restrict inputs,
                          float *restrict factors, float *restrict outputs, size_t count) {
  // The same as comparing (word >> 8) / 2^24 with the rate.
  uint32_t threshold = (uint32_t)__builtin_ceilf(rate * 0x1p24f), bits;
  memcpy(&bits, &scale, sizeof bits);
  words block[2];
  float kept[block_words];
  for (size_t start = 0; start < count; start += block_words) {
    philox_blocks(seed, (uint32_t)((first + start) / 4), step, layer, purpose, block);
    for (int half = 0; half < 2; half++)
      block[half] = (words)(block[half] >> 8 >= threshold) & bits;
    memcpy(kept, block, sizeof kept);
    size_t rest = count - start;
    if (rest >= block_words) {
      for (int i = 0; i < block_words; i++) {
        factors[start + i] = kept[i];
        outputs[start + i] = inputs[start + i] * kept[i];
      }
    } else {
      for (size_t i = 0; i < rest; i++) {
        factors[start + i] = kept[i];
        outputs[start + i] = inputs[start + i] * kept[i];
      }
    }
  }
}
