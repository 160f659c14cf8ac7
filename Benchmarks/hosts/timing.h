// Time, and the middle of many times.
#ifndef LAMINA_BENCHMARK_TIMING_H
#define LAMINA_BENCHMARK_TIMING_H

#include <stdlib.h>
#include <time.h>

/// Seconds since some moment that does not change.
static inline double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static inline int compare_times(const void *a, const void *b) {
  double left = *(const double *)a, right = *(const double *)b;
  return (left > right) - (left < right);
}

/// The value below which a part (0 to 1) of the times lies; sorts them.
static inline double quantile(double *times, size_t count, double part) {
  qsort(times, count, sizeof *times, compare_times);
  size_t index = (size_t)(part * (double)count);
  return times[index < count ? index : count - 1];
}

#endif
