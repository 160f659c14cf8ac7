// Random numbers, counted: any of them can be computed without those before.
#ifndef LAMINAKERNEL_RANDOM_H
#define LAMINAKERNEL_RANDOM_H

#include <stddef.h>
#include <stdint.h>

// The words of four-word blocks 0, 1, ... of Philox 4x32-10 (Salmon et al.,
// "Parallel random numbers: as easy as 1, 2, 3", 2011): the key is `seed`, the
// counter is (block, step, layer, purpose).
void laminakernel_random_words(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                               uint32_t *words, size_t count);

// Dropout of the inputs `first` to `first + count - 1`, of which the pointers show
// the first; `first` is a multiple of 4. factors[i] = scale where the uniform number
// in [0, 1) at the input's index in the same stream is at least `rate`, else 0;
// outputs[i] = inputs[i] * factors[i].
void laminakernel_dropout(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                          float rate, float scale, size_t first, const float *inputs,
                          float *factors, float *outputs, size_t count);

#endif
