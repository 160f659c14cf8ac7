#include "kernels.h"

/* Word `index` of the stream, after the definition of Philox 4x32-10. */
static uint32_t philox_word(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                            size_t index) {
  uint32_t counter[4] = {(uint32_t)(index / 4), step, layer, purpose};
  uint32_t key[2] = {(uint32_t)seed, (uint32_t)(seed >> 32)};
  for (int round = 0; round < 10; round++) {
    uint64_t first = UINT64_C(0xD2511F53) * counter[0], second = UINT64_C(0xCD9E8D57) * counter[2];
    uint32_t next[4] = {(uint32_t)(second >> 32) ^ counter[1] ^ key[0], (uint32_t)second,
                        (uint32_t)(first >> 32) ^ counter[3] ^ key[1], (uint32_t)first};
    memcpy(counter, next, sizeof next);
    key[0] += UINT32_C(0x9E3779B9);
    key[1] += UINT32_C(0xBB67AE85);
  }
  return counter[index % 4];
}

static int is_dropout_of(const float *inputs, const float *factors, const float *outputs,
                         uint64_t seed, size_t first, size_t count) {
  int is = 1;
  for (size_t i = 0; i < count; i++) {
    float uniform = (float)(philox_word(seed, 5, 6, 7, first + i) >> 8) * 0x1p-24f;
    is &= factors[i] == (uniform >= 0.375f ? 1.5f : 0) && outputs[i] == inputs[i] * factors[i];
  }
  return is;
}

void test_random(void) {
  const uint64_t seed = UINT64_C(0x0123456789ABCDEF);
  FOR_ODD_COUNTS(count) {
    uint32_t *words = guarded_memory(count * sizeof(uint32_t));
    laminakernel_random_words(seed, 5, 6, 7, words, count);
    int are_words = 1;
    for (size_t i = 0; i < count; i++) are_words &= words[i] == philox_word(seed, 5, 6, 7, i);
    check_that(are_words, "random_words, %zu", count);
    float *inputs = random_numbers(count);
    float *factors = unset_numbers(count), *outputs = unset_numbers(count);
    for (size_t first = 0; first <= 68; first += 68) {
      laminakernel_dropout(seed, 5, 6, 7, 0.375f, 1.5f, first, inputs, factors, outputs, count);
      check_that(is_dropout_of(inputs, factors, outputs, seed, first, count),
                 "dropout, %zu from %zu on", count, first);
    }
    end_case("random numbers, %zu", count);
  }
}
