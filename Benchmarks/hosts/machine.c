// The machine's limits: floating-point operations of one core and of two, and the bandwidth of
// reading caches and memory. Prints JSON. Compiled for the processor that it runs on.
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "timing.h"

#ifdef __AVX512F__
enum { lanes = 16 };
#else
enum { lanes = 8 };
#endif
typedef float Vector __attribute__((vector_size(lanes * 4), aligned(64)));

enum { chains = 12, repetitions = 1 << 20, rounds = 5 };

static volatile float sink;

/// Independent chains of multiply-adds, enough to hide their latency.
static void *multiply_add(void *unused) {
  (void)unused;
  Vector sums[chains], factor, addend;
  for (int lane = 0; lane < lanes; lane++) {
    factor[lane] = 0.999f, addend[lane] = 0.001f;
    for (int chain = 0; chain < chains; chain++) sums[chain][lane] = (float)(lane * chains + chain);
  }
  for (int repetition = 0; repetition < repetitions; repetition++) {
#pragma GCC unroll 12
    for (int chain = 0; chain < chains; chain++) sums[chain] = sums[chain] * factor + addend;
  }
  for (int chain = 0; chain < chains; chain++) sink += sums[chain][0];
  return NULL;
}

/// GFLOP/s of `thread_count` threads, the best of a few.
static double peak(int thread_count) {
  double best = 1e9;
  for (int round = 0; round < rounds; round++) {
    pthread_t threads[64];
    double start = now();
    for (int index = 1; index < thread_count; index++)
      if (pthread_create(&threads[index], NULL, multiply_add, NULL) != 0) exit(1);
    multiply_add(NULL);
    for (int index = 1; index < thread_count; index++) pthread_join(threads[index], NULL);
    double time = now() - start;
    if (time < best) best = time;
  }
  return 2.0 * chains * lanes * (double)repetitions * thread_count / best / 1e9;
}

/// GB/s of reading `size` bytes again and again, the best of a few.
static double bandwidth(size_t size) {
  Vector *data = aligned_alloc(64, size);
  if (!data) exit(1);
  memset(data, 0, size);
  size_t count = size / sizeof(Vector), passes = ((size_t)1 << 30) / size + 1;
  double best = 1e9;
  for (int round = 0; round < rounds; round++) {
    Vector sums[8] = {{0}};
    double start = now();
    for (size_t pass = 0; pass < passes; pass++) {
      for (size_t index = 0; index + 8 <= count; index += 8) {
#pragma GCC unroll 8
        for (int part = 0; part < 8; part++) sums[part] += data[index + (size_t)part];
      }
      __asm__ volatile("" ::: "memory");
    }
    double time = now() - start;
    for (int part = 0; part < 8; part++) sink += sums[part][0];
    if (time < best) best = time;
  }
  free(data);
  return (double)size * (double)passes / best / 1e9;
}

int main(void) {
  printf("{\"peak_1\": %.1f, \"peak_2\": %.1f, ", peak(1), peak(2));
  printf("\"level_1\": %.1f, \"level_2\": %.1f, \"level_3\": %.1f, \"memory\": %.1f}\n",
         bandwidth((size_t)24 << 10), bandwidth((size_t)512 << 10), bandwidth((size_t)8 << 20),
         bandwidth((size_t)256 << 20));
  return 0;
}
