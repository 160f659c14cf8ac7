// The machine's limits: floating-point operations of one core and of two, and the bandwidth of
// reading caches and memory. Prints JSON. Compiled for the processor that it runs on.
#define _GNU_SOURCE
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
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

enum { chains = 12, repetitions = 1 << 21, rounds = 21, most_threads = 64 };

static _Thread_local volatile float sink;

/// Independent chains of multiply-adds, enough to hide their latency.
static void multiply_add(void) {
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
}

/// A thread that has a core to itself, and when each of its rounds began and ended.
typedef struct {
  int index, thread_count;
  double begins[rounds], ends[rounds];
} Worker;

/// How many threads have come to a round, counted over all rounds.
static atomic_int arrived;

static void keep_to_core(int index) {
  cpu_set_t allowed, one;
  if (sched_getaffinity(0, sizeof allowed, &allowed) != 0) return;
  CPU_ZERO(&one);
  for (int core = 0; core < CPU_SETSIZE; core++)
    if (CPU_ISSET(core, &allowed) && index-- == 0) CPU_SET(core, &one);
  sched_setaffinity(0, sizeof one, &one);
}

static void *work(void *argument) {
  Worker *worker = argument;
  // A new thread begins on the core of the one that made it, and is moved only after milliseconds.
  keep_to_core(worker->index);
  multiply_add();
  for (int round = 0; round < rounds; round++) {
    atomic_fetch_add(&arrived, 1);
    while (atomic_load(&arrived) < (round + 1) * worker->thread_count) continue;
    worker->begins[round] = now();
    multiply_add();
    worker->ends[round] = now();
  }
  return NULL;
}

/// GFLOP/s of threads that begin together, until the last has ended; the median of the rounds.
static double peak(int thread_count) {
  static Worker workers[most_threads];
  pthread_t threads[most_threads];
  arrived = 0;
  for (int index = 0; index < thread_count; index++) {
    workers[index] = (Worker){.index = index, .thread_count = thread_count};
    if (pthread_create(&threads[index], NULL, work, &workers[index]) != 0) exit(1);
  }
  for (int index = 0; index < thread_count; index++) pthread_join(threads[index], NULL);
  double times[rounds];
  for (int round = 0; round < rounds; round++) {
    double begin = workers[0].begins[round], end = workers[0].ends[round];
    for (int index = 1; index < thread_count; index++) {
      if (workers[index].begins[round] < begin) begin = workers[index].begins[round];
      if (workers[index].ends[round] > end) end = workers[index].ends[round];
    }
    times[round] = end - begin;
  }
  return 2.0 * chains * lanes * (double)repetitions * thread_count / quantile(times, rounds, 0.5) /
         1e9;
}

/// GB/s of reading `size` bytes again and again; the median of the rounds.
static double bandwidth(size_t size) {
  Vector *data = aligned_alloc(64, size);
  if (!data) exit(1);
  memset(data, 0, size);
  size_t count = size / sizeof(Vector), passes = ((size_t)1 << 28) / size + 1;
  double times[rounds];
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
    times[round] = now() - start;
    for (int part = 0; part < 8; part++) sink += sums[part][0];
  }
  free(data);
  return (double)size * (double)passes / quantile(times, rounds, 0.5) / 1e9;
}

int main(void) {
  printf("{\"peak_1\": %.1f, \"peak_2\": %.1f, ", peak(1), peak(2));
  printf("\"level_1\": %.1f, \"level_2\": %.1f, \"level_3\": %.1f, \"memory\": %.1f}\n",
         bandwidth((size_t)24 << 10), bandwidth((size_t)512 << 10), bandwidth((size_t)8 << 20),
         bandwidth((size_t)256 << 20));
  return 0;
}
