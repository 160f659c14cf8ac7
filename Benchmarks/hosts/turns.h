// Two ways to do the same work, timed in turn, so that both meet the same machine.
#ifndef LAMINA_BENCHMARK_TURNS_H
#define LAMINA_BENCHMARK_TURNS_H

#include <stdint.h>
#include <stdio.h>

#include "timing.h"

enum { most_turns = 1 << 16, fewest_turns = 3 };

/// Microseconds a call, and the median of the second way's time beside the first's, turn by turn.
typedef struct {
  double least[2], median[2], ratio;
} Turns;

typedef void (*Way)(void *);

static inline double time_of(Way way, void *argument, size_t calls) {
  double start = now();
  for (size_t call = 0; call < calls; call++) way(argument);
  return (now() - start) / (double)calls;
}

/// Calls both until the seconds are over. A turn takes at least 20 microseconds, beside which
/// looking at the clock is nothing; who is first changes.
static inline Turns time_in_turn(Way first, Way second, void *argument, double seconds) {
  static double times[2][most_turns], ratios[most_turns];
  time_of(first, argument, 1);
  double shorter = time_of(second, argument, 1);
  size_t calls = (size_t)(20e-6 / shorter) + 1, count = 0;
  for (double end = now() + seconds; count < most_turns && (count < fewest_turns || now() < end);
       count++) {
    for (size_t place = 0; place < 2; place++) {
      size_t way = (place + count) % 2;
      times[way][count] = time_of(way ? second : first, argument, calls);
    }
    ratios[count] = times[1][count] / times[0][count];
  }
  Turns turns = {.ratio = quantile(ratios, count, 0.5)};
  for (int way = 0; way < 2; way++) {
    turns.median[way] = quantile(times[way], count, 0.5) * 1e6;
    turns.least[way] = times[way][0] * 1e6;
  }
  return turns;
}

/// Numbers from -3 to 3 on a boundary of cache lines: sums of their products are exact.
static inline float *whole_numbers(size_t count) {
  float *values = aligned_alloc(64, (count * sizeof(float) + 63) / 64 * 64);
  if (!values) exit((perror("memory"), 1));
  for (size_t index = 0; index < count; index++) values[index] = (float)(index % 7) - 3;
  return values;
}

#endif
