#include <math.h>

#include "CLaminaKernels.h"
#include "clones.h"
#include "softmax.h"

#define INLINED static inline __attribute__((always_inline))

// Keras clips probabilities to [smallest, 1 - smallest] before it takes logarithms.
static const float smallest = 1e-7f;

// A loss at one prediction, and its slope there.
struct point {
  float loss, slope;
};

typedef struct point (*point_loss)(float prediction, float target, float setting);

// Each row's mean of a loss of single numbers.
INLINED void mean_losses(point_loss loss, float setting, const float *restrict predictions,
                         const float *restrict targets, float *restrict losses,
                         float *restrict gradient, size_t rows, size_t columns) {
#pragma clang fp reassociate(on)
  for (size_t i = 0; i < rows; i++) {
    size_t row = i * columns;
    float sum = 0;
    if (gradient) {
      for (size_t j = 0; j < columns; j++) {
        struct point point = loss(predictions[row + j], targets[row + j], setting);
        sum += point.loss;
        gradient[row + j] = point.slope / (float)columns;
      }
    } else {
      for (size_t j = 0; j < columns; j++)
        sum += loss(predictions[row + j], targets[row + j], setting).loss;
    }
    losses[i] = sum / (float)columns;
  }
}

INLINED struct point squared_error(float prediction, float target, float unused) {
  (void)unused;
  float error = prediction - target;
  return (struct point){error * error, 2 * error};
}

// No error has a slope too, -1, as JAX gives it to Keras.
INLINED struct point absolute_error(float prediction, float target, float unused) {
  (void)unused;
  float error = prediction - target;
  return (struct point){fabsf(error), error > 0 ? 1.0f : -1.0f};
}

INLINED float clip(float value, float lower, float upper) {
  value = value < lower ? lower : value;
  return value > upper ? upper : value;
}

INLINED struct point huber(float prediction, float target, float delta) {
  float error = prediction - target, size = fabsf(error), clipped = clip(size, 0, delta);
  return (struct point){clipped * (size - 0.5f * clipped), clip(error, -delta, delta)};
}

INLINED struct point hinge(float prediction, float target, float is_binary) {
  if (is_binary != 0) target = 2 * target - 1;
  float margin = 1 - target * prediction;
  // Where both sides are equal, the slope is the mean of theirs, as in JAX.
  float share = margin > 0 ? 1.0f : margin == 0 ? 0.5f : 0.0f;
  return (struct point){margin <= 0 ? 0 : margin, -target * share};
}

// The slope of `clip`; on a limit it is the mean of both sides, as in JAX.
INLINED float clip_slope(float value, float lower, float upper) {
  if (value > lower && value < upper) return 1;
  return value == lower || value == upper ? 0.5f : 0;
}

// Moves a target towards the share that each class has where nothing is known.
INLINED float smoothed(float target, float smoothing, float share) {
  return target * (1 - smoothing) + smoothing * share;
}

INLINED struct point binary_of_logit(float logit, float target, float smoothing) {
  target = smoothed(target, smoothing, 0.5f);
  float power = expf(-fabsf(logit));
  float larger = 1 / (1 + power), smaller = power / (1 + power);
  float sigmoid = logit >= 0 ? larger : smaller, complement = logit >= 0 ? smaller : larger;
  float linear = logit >= 0 ? logit * (1 - target) : -logit * target;
  return (struct point){linear + log1pf(power), (1 - target) * sigmoid - target * complement};
}

INLINED struct point binary_of_probability(float value, float target, float smoothing) {
  target = smoothed(target, smoothing, 0.5f);
  float p = clip(value, smallest, 1 - smallest);
  float slope = (1 - target) / (1 - p) - target / p;
  return (struct point){-(target * logf(p) + (1 - target) * logf(1 - p)),
                        slope * clip_slope(value, smallest, 1 - smallest)};
}

PROCESSOR_CLONES
void laminakernel_mean_squared_error(const float *predictions, const float *targets, float *losses,
                                     float *gradient, size_t rows, size_t columns) {
  mean_losses(squared_error, 0, predictions, targets, losses, gradient, rows, columns);
}

PROCESSOR_CLONES
void laminakernel_mean_absolute_error(const float *predictions, const float *targets, float *losses,
                                      float *gradient, size_t rows, size_t columns) {
  mean_losses(absolute_error, 0, predictions, targets, losses, gradient, rows, columns);
}

PROCESSOR_CLONES
void laminakernel_huber(const float *predictions, const float *targets, float delta, float *losses,
                        float *gradient, size_t rows, size_t columns) {
  mean_losses(huber, delta, predictions, targets, losses, gradient, rows, columns);
}

PROCESSOR_CLONES
void laminakernel_hinge(const float *predictions, const float *targets, float *losses,
                        float *gradient, size_t rows, size_t columns) {
  int others = 0;
  for (size_t i = 0; i < rows * columns; i++) others |= targets[i] != 0 && targets[i] != 1;
  mean_losses(hinge, !others, predictions, targets, losses, gradient, rows, columns);
}

PROCESSOR_CLONES
void laminakernel_binary_crossentropy(const float *predictions, const float *targets,
                                      int from_logits, float smoothing, float *losses,
                                      float *gradient, size_t rows, size_t columns) {
  if (from_logits)
    mean_losses(binary_of_logit, smoothing, predictions, targets, losses, gradient, rows, columns);
  else
    mean_losses(binary_of_probability, smoothing, predictions, targets, losses, gradient, rows,
                columns);
}

PROCESSOR_CLONES
void laminakernel_kl_divergence(const float *restrict predictions, const float *restrict targets,
                                float *restrict losses, float *restrict gradient, size_t rows,
                                size_t columns) {
  for (size_t i = 0; i < rows; i++) {
    float sum = 0;
    for (size_t j = i * columns; j < (i + 1) * columns; j++) {
      float target = clip(targets[j], smallest, 1), p = clip(predictions[j], smallest, 1);
      sum += target * logf(target / p);
      if (gradient) gradient[j] = -target / p * clip_slope(predictions[j], smallest, 1);
    }
    losses[i] = sum;
  }
}

// The class of a row; -1 where the number is none.
INLINED long class_of(float label, size_t classes) {
  return label >= 0 && label < (float)classes ? (long)label : -1;
}

INLINED void fill_undefined(float *loss, float *gradient, size_t count) {
  *loss = NAN;
  for (size_t j = 0; gradient && j < count; j++) gradient[j] = NAN;
}

// -log softmax(z)[label]; its gradient, which holds the powers, is
// softmax(z) - one_hot(label)
INLINED void sparse_of_logits(const float *z, size_t label, float largest, float sum, float *loss,
                              float *gradient, size_t count) {
  *loss = logf(sum) - (z[label] - largest);
  if (!gradient) return;
  float scale = 1 / sum;
  for (size_t j = 0; j < count; j++) gradient[j] *= scale;
  gradient[label] -= 1;
}

// -log clip(p[label] / sum of p)
INLINED void sparse_of_probabilities(const float *p, size_t label, float *loss, float *gradient,
                                     size_t count) {
  float sum = 0;
  for (size_t j = 0; j < count; j++) sum += p[j];
  float share = p[label] / sum, clipped = clip(share, smallest, 1 - smallest);
  *loss = -logf(clipped);
  if (!gradient) return;
  float slope = -clip_slope(share, smallest, 1 - smallest) / clipped;
  for (size_t j = 0; j < count; j++) gradient[j] = -slope * share / sum;
  gradient[label] += slope / sum;
}

PROCESSOR_CLONES
void laminakernel_sparse_categorical_crossentropy(const float *restrict predictions,
                                                  const float *restrict labels, int from_logits,
                                                  float *restrict losses, float *restrict gradient,
                                                  size_t rows, size_t columns) {
  float largest[softmax_block], sums[softmax_block];
  size_t at_once = softmax_rows(columns);
  for (size_t i = 0; i < rows; i++) {
    const float *row = predictions + i * columns;
    float *slopes = gradient ? gradient + i * columns : 0;
    if (from_logits && columns > 0 && i % at_once == 0)
      softmax_sums(row, slopes, largest, sums, rows - i < at_once ? rows - i : at_once, columns);
    long label = class_of(labels[i], columns);
    if (label < 0)
      fill_undefined(losses + i, slopes, columns);
    else if (from_logits)
      sparse_of_logits(row, (size_t)label, largest[i % at_once], sums[i % at_once], losses + i,
                       slopes, columns);
    else
      sparse_of_probabilities(row, (size_t)label, losses + i, slopes, columns);
  }
}

// -sum of t log softmax(z); its gradient, which holds the powers, is
// (sum of t) softmax(z) - t
INLINED void categorical_of_logits(const float *z, const float *targets, float smoothing,
                                   float largest, float sum, float *loss, float *gradient,
                                   size_t count) {
  float logarithm = logf(sum), total = 0, result = 0;
  for (size_t j = 0; j < count; j++) {
    float target = smoothed(targets[j], smoothing, 1 / (float)count);
    total += target;
    result += target * (logarithm - (z[j] - largest));
  }
  *loss = result;
  if (!gradient) return;
  float scale = total / sum;
  for (size_t j = 0; j < count; j++)
    gradient[j] = gradient[j] * scale - smoothed(targets[j], smoothing, 1 / (float)count);
}

// -sum of t log clip(q) with q = p / sum of p
INLINED void categorical_of_probabilities(const float *p, const float *targets, float smoothing,
                                          float *loss, float *gradient, size_t count) {
  float sum = 0, result = 0, product = 0;
  for (size_t j = 0; j < count; j++) sum += p[j];
  for (size_t j = 0; j < count; j++) {
    float target = smoothed(targets[j], smoothing, 1 / (float)count);
    float share = p[j] / sum, clipped = clip(share, smallest, 1 - smallest);
    result -= target * logf(clipped);
    if (!gradient) continue;
    gradient[j] = -target / clipped * clip_slope(share, smallest, 1 - smallest);
    product += gradient[j] * share;
  }
  *loss = result;
  for (size_t j = 0; gradient && j < count; j++) gradient[j] = (gradient[j] - product) / sum;
}

PROCESSOR_CLONES
void laminakernel_categorical_crossentropy(const float *restrict predictions,
                                           const float *restrict targets, int from_logits,
                                           float smoothing, float *restrict losses,
                                           float *restrict gradient, size_t rows, size_t columns) {
  float largest[softmax_block], sums[softmax_block];
  size_t at_once = softmax_rows(columns);
  for (size_t i = 0; columns > 0 && i < rows; i++) {
    size_t row = i * columns;
    float *slopes = gradient ? gradient + row : 0;
    if (from_logits && i % at_once == 0)
      softmax_sums(predictions + row, slopes, largest, sums,
                   rows - i < at_once ? rows - i : at_once, columns);
    if (from_logits)
      categorical_of_logits(predictions + row, targets + row, smoothing, largest[i % at_once],
                            sums[i % at_once], losses + i, slopes, columns);
    else
      categorical_of_probabilities(predictions + row, targets + row, smoothing, losses + i, slopes,
                                   columns);
  }
}

PROCESSOR_CLONES
void laminakernel_scale_rows(float *restrict matrix, const float *restrict factors, float factor,
                             size_t rows_per_factor, size_t rows, size_t columns) {
  for (size_t i = 0; i < rows; i++) {
    float scale = factors ? factors[i / rows_per_factor] * factor : factor;
    for (size_t j = 0; j < columns; j++) matrix[i * columns + j] *= scale;
  }
}
