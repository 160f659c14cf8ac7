#include "kernels.h"

/* The numbers that a step works on: parameters, gradients, momentums, velocities, averages. */
typedef struct {
  float *w, *g, *m, *v, *a;
} slots;

static slots copies(const slots *from, size_t count) {
  return (slots){copy_of(from->w, count), copy_of(from->g, count), copy_of(from->m, count),
                 copy_of(from->v, count), copy_of(from->a, count)};
}

/* Averages of squares, v, are larger than squares of averages, a. */
static slots make_slots(size_t count) {
  slots start = {random_numbers(count), random_numbers(count), random_numbers(count),
                 random_numbers(count), random_numbers(count)};
  for (size_t i = 0; i < count; i++) {
    start.v[i] = fabsf(start.v[i]) + 0.5f;
    start.a[i] *= 0.25f;
  }
  return start;
}

/* One step on copies of numbers. The body computes in double what becomes of w, m, v and a. */
#define CHECK_STEP(call, ...)                                                           \
  do {                                                                                  \
    slots start = make_slots(count), s = copies(&start, count);                         \
    double *parameters = expected_numbers(count), *momentums = expected_numbers(count); \
    double *velocities = expected_numbers(count), *averages = expected_numbers(count);  \
    for (size_t i = 0; i < count; i++) {                                                \
      double w = (double)start.w[i], m = (double)start.m[i], v = (double)start.v[i];    \
      double a = (double)start.a[i];                                                    \
      const double g = (double)start.g[i];                                              \
      __VA_ARGS__;                                                                      \
      parameters[i] = w, momentums[i] = m, velocities[i] = v, averages[i] = a;          \
    }                                                                                   \
    call;                                                                               \
    check_close(s.w, parameters, count, 2e-6, "w of %s, %zu", #call, count);            \
    check_close(s.m, momentums, count, 2e-6, "m of %s, %zu", #call, count);             \
    check_close(s.v, velocities, count, 2e-6, "v of %s, %zu", #call, count);            \
    check_close(s.a, averages, count, 2e-6, "a of %s, %zu", #call, count);              \
    end_case("%s, %zu", #call, count);                                                  \
  } while (0)

void test_optimizers(void) {
  FOR_ODD_COUNTS(count) {
    CHECK_STEP(laminakernel_sgd(s.w, s.g, count, 0.125f), w -= 0.125 * g);
    CHECK_STEP(laminakernel_sgd_momentum(s.w, s.g, s.m, count, 0.125f, 0.75f), {
      m = 0.75 * m - 0.125 * g;
      w += m;
    });
    CHECK_STEP(laminakernel_sgd_nesterov(s.w, s.g, s.m, count, 0.125f, 0.75f), {
      m = 0.75 * m - 0.125 * g;
      w += 0.75 * m - 0.125 * g;
    });
    CHECK_STEP(laminakernel_adam(s.w, s.g, s.m, s.v, count, 0.125f, 0.25f, 0.0625f, 0.5f), {
      m += (g - m) * 0.25;
      v += (g * g - v) * 0.0625;
      w -= m * 0.125 / (sqrt(v) + 0.5);
    });
    CHECK_STEP(
        laminakernel_nadam(s.w, s.g, s.m, s.v, count, 0.5f, 0.375f, 1.5f, 0.25f, 0.0625f, 0.5f), {
          m += (g - m) * 0.25;
          v += (g * g - v) * 0.0625;
          w -= (m * 0.5 + g * 0.375) / (sqrt(v * 1.5) + 0.5);
        });
    CHECK_STEP(laminakernel_adagrad(s.w, s.g, s.v, count, 0.125f, 0.5f), {
      v += g * g;
      w -= 0.125 * g / sqrt(v + 0.5);
    });
    CHECK_STEP(
        laminakernel_rmsprop(s.w, s.g, s.v, NULL, NULL, count, 0.125f, 0.75f, 0.25f, 0.5f, 0.5f), {
          v = v * 0.75 + g * g * 0.25;
          w -= 0.125 * g / sqrt(v + 0.5);
        });
    CHECK_STEP(
        laminakernel_rmsprop(s.w, s.g, s.v, s.m, NULL, count, 0.125f, 0.75f, 0.25f, 0.5f, 0.5f), {
          v = v * 0.75 + g * g * 0.25;
          m = m * 0.5 + 0.125 * g / sqrt(v + 0.5);
          w -= m;
        });
    CHECK_STEP(
        laminakernel_rmsprop(s.w, s.g, s.v, NULL, s.a, count, 0.125f, 0.75f, 0.25f, 0.5f, 0.5f), {
          v = v * 0.75 + g * g * 0.25;
          a = a * 0.75 + g * 0.25;
          w -= 0.125 * g / sqrt(v - a * a + 0.5);
        });
    CHECK_STEP(
        laminakernel_rmsprop(s.w, s.g, s.v, s.m, s.a, count, 0.125f, 0.75f, 0.25f, 0.5f, 0.5f), {
          v = v * 0.75 + g * g * 0.25;
          a = a * 0.75 + g * 0.25;
          m = m * 0.5 + 0.125 * g / sqrt(v - a * a + 0.5);
          w -= m;
        });
  }
}
