#include "CLaminaKernels.h"
#include "clones.h"

enum { lanes = 16 };

// Blocks `first` to `first + lanes - 1`, one a lane, word by word: the loops
// over lanes become vector instructions.
static inline __attribute__((always_inline)) void philox_blocks(uint64_t seed, uint32_t first,
                                                                uint32_t step, uint32_t layer,
                                                                uint32_t purpose,
                                                                uint32_t words[4][lanes]) {
  for (int lane = 0; lane < lanes; lane++) {
    words[0][lane] = first + (uint32_t)lane;
    words[1][lane] = step;
    words[2][lane] = layer;
    words[3][lane] = purpose;
  }
  uint32_t key0 = (uint32_t)seed, key1 = (uint32_t)(seed >> 32);
  for (int round = 0; round < 10; round++) {
    for (int lane = 0; lane < lanes; lane++) {
      uint64_t a = (uint64_t)0xD2511F53u * words[0][lane];
      uint64_t b = (uint64_t)0xCD9E8D57u * words[2][lane];
      words[0][lane] = (uint32_t)(b >> 32) ^ words[1][lane] ^ key0;
      words[1][lane] = (uint32_t)b;
      words[2][lane] = (uint32_t)(a >> 32) ^ words[3][lane] ^ key1;
      words[3][lane] = (uint32_t)a;
    }
    key0 += 0x9E3779B9u;
    key1 += 0xBB67AE85u;
  }
}

PROCESSOR_CLONES
void laminakernel_random_words(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                               uint32_t *restrict result, size_t count) {
  uint32_t words[4][lanes];
  for (size_t start = 0; start < count; start += 4 * lanes) {
    philox_blocks(seed, (uint32_t)(start / 4), step, layer, purpose, words);
    size_t end = count - start < 4 * lanes ? count - start : 4 * lanes;
    for (size_t i = 0; i < end; i++) result[start + i] = words[i % 4][i / 4];
  }
}

PROCESSOR_CLONES
void laminakernel_dropout_factors(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                                  float rate, float scale, float *restrict factors, size_t count) {
  uint32_t words[4][lanes];
  float block[4 * lanes];
  for (size_t start = 0; start < count; start += 4 * lanes) {
    philox_blocks(seed, (uint32_t)(start / 4), step, layer, purpose, words);
    for (int lane = 0; lane < lanes; lane++)
      for (int word = 0; word < 4; word++) {
        float uniform = (float)(words[word][lane] >> 8) * 0x1p-24f;
        block[4 * lane + word] = uniform >= rate ? scale : 0.0f;
      }
    size_t end = count - start < 4 * lanes ? count - start : 4 * lanes;
    for (size_t i = 0; i < end; i++) factors[start + i] = block[i];
  }
}
