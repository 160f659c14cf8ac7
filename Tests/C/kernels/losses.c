#include "kernels.h"

/* A batch, its losses and slopes by a kernel, and what they should be. */
typedef struct {
  size_t rows, columns;
  float *predictions, *targets, *losses, *gradient;
  double *expected_losses, *expected_gradient;
} batch;

static batch make_batch(size_t rows, size_t columns, int are_probabilities) {
  size_t count = rows * columns;
  batch b = {rows,
             columns,
             random_numbers(count),
             random_numbers(count),
             unset_numbers(rows),
             unset_numbers(count),
             expected_numbers(rows),
             expected_numbers(count)};
  for (size_t i = 0; i < count; i++) {
    b.targets[i] = fabsf(b.targets[i]) / 2;
    if (are_probabilities) b.predictions[i] = fabsf(b.predictions[i]) / 4 + 0.125f;
  }
  return b;
}

static void check_batch(const batch *b, const char *name) {
  check_close(b->losses, b->expected_losses, b->rows, 1e-5, "%s, %zux%zu", name, b->rows,
              b->columns);
  check_close(b->gradient, b->expected_gradient, b->rows * b->columns, 1e-5,
              "gradient of %s, %zux%zu", name, b->rows, b->columns);
}

/* Checks a kernel that takes the mean of a loss over each row, with its gradient and without. The
 * body says what `loss` and `slope` are at a prediction p with the target t. */
#define CHECK_MEAN(name, are_probabilities, call, ...)                     \
  do {                                                                     \
    batch b = make_batch(rows, columns, are_probabilities);                \
    for (size_t i = 0; i < rows * columns; i++) {                          \
      const double p = (double)b.predictions[i], t = (double)b.targets[i]; \
      double loss, slope;                                                  \
      __VA_ARGS__;                                                         \
      b.expected_losses[i / columns] += loss / (double)columns;            \
      b.expected_gradient[i] = slope / (double)columns;                    \
    }                                                                      \
    float *gradient = b.gradient;                                          \
    call;                                                                  \
    check_batch(&b, name);                                                 \
    gradient = NULL;                                                       \
    for (size_t i = 0; i < rows; i++) b.losses[i] = NAN;                   \
    call;                                                                  \
    check_batch(&b, name);                                                 \
    end_case("%s, %zux%zu", name, rows, columns);                          \
  } while (0)

static void test_means(size_t rows, size_t columns) {
  CHECK_MEAN(
      "mean_squared_error", 0,
      laminakernel_mean_squared_error(b.predictions, b.targets, b.losses, gradient, rows, columns),
      (loss = (p - t) * (p - t), slope = 2 * (p - t)));
  CHECK_MEAN(
      "mean_absolute_error", 0,
      laminakernel_mean_absolute_error(b.predictions, b.targets, b.losses, gradient, rows, columns),
      (loss = fabs(p - t), slope = p > t ? 1 : -1));
  CHECK_MEAN(
      "huber", 0,
      laminakernel_huber(b.predictions, b.targets, 0.75f, b.losses, gradient, rows, columns),
      (loss = fabs(p - t) <= 0.75 ? (p - t) * (p - t) / 2 : 0.75 * fabs(p - t) - 0.75 * 0.75 / 2,
       slope = fmax(fmin(p - t, 0.75), -0.75)));
  CHECK_MEAN(
      "binary_crossentropy of logits", 0,
      laminakernel_binary_crossentropy(b.predictions, b.targets, 1, 0.25f, b.losses, gradient, rows,
                                       columns),
      const double sigmoid = 1 / (1 + exp(-p)), smooth = 0.75 * t + 0.125;
      (loss = -smooth * log(sigmoid) - (1 - smooth) * log(1 - sigmoid), slope = sigmoid - smooth));
  CHECK_MEAN("binary_crossentropy", 1,
             laminakernel_binary_crossentropy(b.predictions, b.targets, 0, 0.25f, b.losses,
                                              gradient, rows, columns),
             const double smooth = 0.75 * t + 0.125;
             (loss = -smooth * log(p) - (1 - smooth) * log(1 - p),
              slope = (1 - smooth) / (1 - p) - smooth / p));
}

static void test_hinge(size_t rows, size_t columns, int is_binary) {
  batch b = make_batch(rows, columns, 0);
  for (size_t i = 0; i < rows * columns; i++) {
    b.targets[i] = is_binary ? (float)(i % 2) : i % 2 ? 1.5f : -1;
    double t = is_binary ? 2 * (double)b.targets[i] - 1 : (double)b.targets[i];
    double margin = 1 - t * (double)b.predictions[i];
    b.expected_losses[i / columns] += fmax(margin, 0) / (double)columns;
    b.expected_gradient[i] = -t * (margin > 0 ? 1 : margin < 0 ? 0 : 0.5) / (double)columns;
  }
  laminakernel_hinge(b.predictions, b.targets, b.losses, b.gradient, rows, columns);
  check_batch(&b, "hinge");
  end_case("hinge, %zux%zu", rows, columns);
}

static void test_divergence(size_t rows, size_t columns) {
  batch b = make_batch(rows, columns, 1);
  for (size_t i = 0; i < rows * columns; i++) {
    double p = (double)b.predictions[i], t = fmax((double)b.targets[i], 1e-7);
    b.expected_losses[i / columns] += t * log(t / p);
    b.expected_gradient[i] = -t / p;
  }
  laminakernel_kl_divergence(b.predictions, b.targets, b.losses, b.gradient, rows, columns);
  check_batch(&b, "kl_divergence");
  end_case("kl_divergence, %zux%zu", rows, columns);
}

/* Each row's share of each class: its softmax, or its predictions by their sum. */
static double *shares_of(const batch *b, int from_logits) {
  double *shares = expected_numbers(b->rows * b->columns);
  for (size_t i = 0; i < b->rows; i++) {
    double sum = 0;
    for (size_t j = i * b->columns; j < (i + 1) * b->columns; j++) {
      double p = (double)b->predictions[j];
      sum += shares[j] = from_logits ? exp(p) : p;
    }
    for (size_t j = i * b->columns; j < (i + 1) * b->columns; j++) shares[j] /= sum;
  }
  return shares;
}

/* What follows for a loss that is the sum of -t log(share): the sum over a row of t shares[j] - t[j],
 * which is the slope for logits; for probabilities it is divided by the prediction. */
static void expect_crossentropy(batch *b, const double *targets, int from_logits) {
  double *shares = shares_of(b, from_logits);
  for (size_t i = 0; i < b->rows; i++) {
    double total = 0;
    for (size_t j = i * b->columns; j < (i + 1) * b->columns; j++) {
      total += targets[j];
      b->expected_losses[i] -= targets[j] * log(shares[j]);
    }
    for (size_t j = i * b->columns; j < (i + 1) * b->columns; j++) {
      double slope = total * shares[j] - targets[j];
      b->expected_gradient[j] = from_logits ? slope : slope / (double)b->predictions[j];
    }
  }
}

static void test_crossentropies(size_t rows, size_t columns, int from_logits) {
  size_t count = rows * columns;
  batch b = make_batch(rows, columns, !from_logits);
  double *targets = expected_numbers(count);
  for (size_t i = 0; i < count; i++)
    targets[i] = 0.875 * (double)b.targets[i] + 0.125 / (double)columns;
  expect_crossentropy(&b, targets, from_logits);
  laminakernel_categorical_crossentropy(b.predictions, b.targets, from_logits, 0.125f, b.losses,
                                        b.gradient, rows, columns);
  check_batch(&b, "categorical_crossentropy");
  end_case("categorical_crossentropy, %zux%zu", rows, columns);

  b = make_batch(rows, columns, !from_logits);
  targets = expected_numbers(count);
  float *labels = unset_numbers(rows);
  for (size_t i = 0; i < rows; i++) {
    labels[i] = (float)(i * 7 % columns);
    targets[i * columns + i * 7 % columns] = 1;
  }
  expect_crossentropy(&b, targets, from_logits);
  laminakernel_sparse_categorical_crossentropy(b.predictions, labels, from_logits, b.losses,
                                               b.gradient, rows, columns);
  check_batch(&b, "sparse_categorical_crossentropy");
  end_case("sparse_categorical_crossentropy, %zux%zu", rows, columns);
}

void test_losses(void) {
  static const size_t rows_tried[] = {0, 1, 3, 17};
  for (size_t i = 0; i < sizeof rows_tried / sizeof *rows_tried; i++) FOR_ODD_COUNTS(columns) {
      size_t rows = rows_tried[i];
      if (columns == 0) continue;
      test_means(rows, columns);
      test_hinge(rows, columns, 0);
      test_hinge(rows, columns, 1);
      test_divergence(rows, columns);
      /* Of one class its share is 1, which is clipped. */
      if (columns == 1) continue;
      test_crossentropies(rows, columns, 0);
      test_crossentropies(rows, columns, 1);
    }
}
