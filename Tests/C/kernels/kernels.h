/* What tests of kernels share: arrays that end where memory ends, so that whoever reads or writes
 * beyond them crashes, and comparisons with sums in double. */
#ifndef LAMINA_TESTS_KERNELS_H
#define LAMINA_TESTS_KERNELS_H

#include <CLaminaKernels.h>
#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The kernels, by kind, in files of the same names. */
void test_elementwise(void);
void test_losses(void);
void test_normalization(void);
void test_optimizers(void);
void test_product(void);
void test_random(void);
void test_samples(void);
void test_softmax(void);
void test_sparse(void);
void test_windows(void);

/* Sizes around those of vectors and blocks. */
static const size_t odd_counts[] = {0,  1,  2,  3,  5,  7,  8,  9,   15,  16,  17,
                                    31, 32, 33, 63, 64, 65, 97, 127, 129, 1000};
enum { odd_count_count = sizeof odd_counts / sizeof *odd_counts };

/* A loop over them, with `count` in its body. */
#define FOR_ODD_COUNTS(count)               \
  for (size_t count##_index = 0, count = 0; \
       count##_index < odd_count_count && (count = odd_counts[count##_index], 1); count##_index++)

/* Memory that ends at a page that cannot be touched. It is there until `end_case`. */
void *guarded_memory(size_t size);

/* So many not-a-numbers. */
float *unset_numbers(size_t count);

/* So many numbers between -2 and 2, a few of them zeros; others at each call. */
float *random_numbers(size_t count);

/* The next of them. */
float random_number(void);

float *copy_of(const float *numbers, size_t count);

/* For expected values: so many zeros. */
double *expected_numbers(size_t count);

/* Checks that results are as expected, to `tolerance` times (1 + |expected|), and that what is not
 * finite is the same. Says what was computed where they are not. */
void check_close(const float *results, const double *expected, size_t count, double tolerance,
                 const char *format, ...) __attribute__((format(printf, 5, 6)));

/* The same with a tolerance for each result. */
void check_within(const float *results, const double *expected, const double *tolerances,
                  size_t count, const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Checks a condition. */
void check_that(int holds, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Checks that nothing was written before the arrays of a case, and gives them back. */
void end_case(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
