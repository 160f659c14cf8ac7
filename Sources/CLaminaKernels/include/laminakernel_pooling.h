// Pooling and its gradients.
#ifndef LAMINAKERNEL_POOLING_H
#define LAMINAKERNEL_POOLING_H

#include <stddef.h>
#include <stdint.h>

#include "laminakernel_windows.h"

// outputs[position][c] = the largest pixel[tap][c]; a not-a-number is larger
// than all. taps[position][c] = the first tap that has it, counted row by row among
// those inside the image; it can be NULL. The window's dilation is 1.
void laminakernel_max_pooling(const float *images, float *outputs, int32_t *taps, size_t count,
                              const laminakernel_window *window);

// The images' gradient: each output's goes to the tap that `taps` names, all else is 0.
void laminakernel_max_pooling_gradient(const int32_t *taps, const float *gradient,
                                       float *image_gradient, size_t count,
                                       const laminakernel_window *window);

// outputs[position][c] = the mean of the pixels [tap][c] that the window sees
void laminakernel_average_pooling(const float *images, float *outputs, size_t count,
                                  const laminakernel_window *window);

// Adds to each pixel its gradient, given the one of the outputs.
void laminakernel_average_pooling_gradient(const float *gradient, float *image_gradient,
                                           size_t count, const laminakernel_window *window);

// maxima[j] = the largest matrix[i][j]; a not-a-number is larger than all
void laminakernel_column_maxima(const float *matrix, float *maxima, size_t rows, size_t columns);

// matrix_gradient[i][j] = gradient[j] / n where matrix[i][j] is one of n that
// equal maxima[j], else 0; not-a-number where that is the maximum
void laminakernel_column_maxima_gradient(const float *matrix, const float *maxima,
                                         const float *gradient, float *matrix_gradient, size_t rows,
                                         size_t columns);

// matrix[i][j] = row[j] / divisor
void laminakernel_fill_rows(float *matrix, const float *row, size_t rows, size_t columns,
                            float divisor);

#endif
