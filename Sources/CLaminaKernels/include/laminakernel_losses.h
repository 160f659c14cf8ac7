// Losses. Each row of predictions and targets has one; `gradient` takes its
// slopes with respect to the row's predictions, and may be null.
#ifndef LAMINAKERNEL_LOSSES_H
#define LAMINAKERNEL_LOSSES_H

#include <stddef.h>

// losses[i] = the mean of (p - t)^2
void laminakernel_mean_squared_error(const float *predictions, const float *targets, float *losses,
                                     float *gradient, size_t rows, size_t columns);

// losses[i] = the mean of |p - t|
void laminakernel_mean_absolute_error(const float *predictions, const float *targets, float *losses,
                                      float *gradient, size_t rows, size_t columns);

// losses[i] = the mean of (p - t)^2 / 2 up to |p - t| = delta, of
// delta |p - t| - delta^2 / 2 beyond
void laminakernel_huber(const float *predictions, const float *targets, float delta, float *losses,
                        float *gradient, size_t rows, size_t columns);

// losses[i] = the mean of max(1 - t p, 0); where all targets are 0 or 1, t is 2 target - 1
void laminakernel_hinge(const float *predictions, const float *targets, float *losses,
                        float *gradient, size_t rows, size_t columns);

// losses[i] = the mean of -t log p - (1 - t) log(1 - p), t being smoothed
// towards 1/2; p is the logit's sigmoid, or the prediction, clipped
void laminakernel_binary_crossentropy(const float *predictions, const float *targets,
                                      int from_logits, float smoothing, float *losses,
                                      float *gradient, size_t rows, size_t columns);

// losses[i] = the sum of t log(t / p), both clipped to [1e-7, 1]
void laminakernel_kl_divergence(const float *predictions, const float *targets, float *losses,
                                float *gradient, size_t rows, size_t columns);

// losses[i] = -log p[labels[i]]; p is the logits' softmax, or the predictions,
// normalised and clipped; not-a-number where the label is no class
void laminakernel_sparse_categorical_crossentropy(const float *predictions, const float *labels,
                                                  int from_logits, float *losses, float *gradient,
                                                  size_t rows, size_t columns);

// losses[i] = the sum of -t log p, t being smoothed towards 1 / columns
void laminakernel_categorical_crossentropy(const float *predictions, const float *targets,
                                           int from_logits, float smoothing, float *losses,
                                           float *gradient, size_t rows, size_t columns);

#endif
