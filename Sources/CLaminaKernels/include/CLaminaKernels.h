// The hot loops that Swift cannot compile once for each kind of processor.
// Pointers never overlap; counts are numbers of elements.
#ifndef LAMINA_CLAMINAKERNELS_H
#define LAMINA_CLAMINAKERNELS_H

#include <stddef.h>
#include <stdint.h>

// A product of matrices: c[i][j] = sum over k of a[i][k] b[k][j] + bias[j], for all
// i < rows, j < columns, k < shared, where a[i][k] is a[i * a_row + k * a_step]
// and b[k][j] is b[k * b_step + j * b_column]; one of b's distances is 1. The
// numbers of c follow each other, row by row. The bias can be NULL; if `adds`
// there is none, and the sums are added to c. With `clips` negative results
// become 0, as relu has it; not-a-number is kept.
typedef struct {
  ptrdiff_t rows, columns, shared;
  const float *a;
  ptrdiff_t a_row, a_step;
  const float *b;
  ptrdiff_t b_step, b_column;
  float *c;
  const float *bias;
  int adds, clips;
} laminakernel_product;

void laminakernel_compute_product(const laminakernel_product *product);

// values[i] = bytes[i] / divisor
void laminakernel_divide_bytes(const uint8_t *bytes, float *values, size_t count, float divisor);

// values[i] = integers[i]
void laminakernel_convert_integers(const int32_t *integers, float *values, size_t count);

// Row i of `values` becomes row indices[i] of the bytes, divided.
void laminakernel_gather_bytes(const uint8_t *bytes, const int32_t *indices, float *values,
                               size_t rows, size_t columns, float divisor);

// Row i of `values` becomes row indices[i] of the integers.
void laminakernel_gather_integers(const int32_t *integers, const int32_t *indices, float *values,
                                  size_t rows, size_t columns);

// Row i of `values` becomes row indices[i] of the samples.
void laminakernel_gather_floats(const float *samples, const int32_t *indices, float *values,
                                size_t rows, size_t columns);

// sums[i] += values[i]
void laminakernel_add(float *sums, const float *values, size_t count);

// Adds `row` to each of the rows of a matrix.
void laminakernel_add_row(float *matrix, const float *row, size_t rows, size_t columns);

// y[j] = sum over i of x[i] matrix[i][j] + bias[j], where there is a bias, and at
// least 0 where `relu` says so
void laminakernel_vector_product(const float *x, const float *matrix, const float *bias, float *y,
                                 size_t features, size_t columns, int relu);

// sums[j] = sum over i of matrix[i][j]
void laminakernel_sum_columns(const float *matrix, float *sums, size_t rows, size_t columns);

// values[i] = max(values[i], 0), not-a-number kept
void laminakernel_relu(float *values, size_t count);

// gradient[i] = 0 where outputs[i] <= 0
void laminakernel_relu_gradient(const float *outputs, float *gradient, size_t count);

// values[i] *= slope where values[i] < 0; zeros become positive
void laminakernel_leaky_relu(float *values, size_t count, float slope);

// gradient[i] *= slope where the sign of outputs[i] is negative
void laminakernel_leaky_relu_gradient(const float *outputs, float *gradient, size_t count,
                                      float slope);

// values[i] = min(max(values[i], 0), 6), not-a-number kept
void laminakernel_relu6(float *values, size_t count);

// values[i] = min(max(values[i] + 3, 0), 6) / 6, not-a-number kept
void laminakernel_hard_sigmoid(float *values, size_t count);

// gradient[i] *= slope where 0 < outputs[i] < upper, else becomes 0
void laminakernel_ramp_gradient(const float *outputs, float *gradient, size_t count, float upper,
                                float slope);

// Each row x becomes exp(x - largest) / sum of exp(x - largest).
void laminakernel_softmax(float *values, size_t rows, size_t columns);

// Each row x becomes x - largest - log(sum of exp(x - largest)).
void laminakernel_log_softmax(float *values, size_t rows, size_t columns);

// Each row g becomes y (g - sum of g y), y being softmax's outputs.
void laminakernel_softmax_gradient(const float *outputs, float *gradient, size_t rows,
                                   size_t columns);

// Each row g becomes g - exp(y) sum of g, y being log softmax's outputs.
void laminakernel_log_softmax_gradient(const float *outputs, float *gradient, size_t rows,
                                       size_t columns);

// The column of the largest number of a row, the first of equals.
size_t laminakernel_largest_column(const float *row, size_t columns);

// How many rows have their largest number, the first of equals, in column classes[i].
size_t laminakernel_count_largest(const float *matrix, const float *classes, size_t rows,
                                  size_t columns);

// The sum of |values[i]|.
double laminakernel_sum_of_magnitudes(const float *values, size_t count);

// The sum of values[i]^2.
double laminakernel_sum_of_squares(const float *values, size_t count);

// sums[i] += factor * sign of values[i]; the sign of 0 is 1
void laminakernel_add_signs(const float *values, float *sums, size_t count, float factor);

// sums[i] += factor * values[i]
void laminakernel_add_multiple(const float *values, float *sums, size_t count, float factor);

// sums[j] += sum over i of matrix[i][j], in blocks of rows
void laminakernel_add_column_sums(const float *matrix, float *sums, size_t rows, size_t columns);

// outputs[i] = inputs[i] * factors[i]
void laminakernel_multiply(const float *inputs, const float *factors, float *outputs, size_t count);

// The words of four-word blocks 0, 1, ... of Philox 4x32-10 (Salmon et al.,
// "Parallel random numbers: as easy as 1, 2, 3", 2011): the key is `seed`, the
// counter is (block, step, layer, purpose).
void laminakernel_random_words(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                               uint32_t *words, size_t count);

// Dropout of the inputs `first` to `first + count - 1`, of which the pointers show
// the first; `first` is a multiple of 4. factors[i] = scale where the uniform number
// in [0, 1) at the input's index in the same stream is at least `rate`, else 0;
// outputs[i] = inputs[i] * factors[i].
void laminakernel_dropout(uint64_t seed, uint32_t step, uint32_t layer, uint32_t purpose,
                          float rate, float scale, size_t first, const float *inputs,
                          float *factors, float *outputs, size_t count);

// One step of Adam (Kingma and Ba, 2014) in Keras's form:
// m += (g - m) one_minus_beta1; v += (g g - v) one_minus_beta2;
// w -= m step_size / (sqrt(v) + epsilon)
void laminakernel_adam(float *parameters, const float *gradients, float *momentums,
                       float *velocities, size_t count, float step_size, float one_minus_beta1,
                       float one_minus_beta2, float epsilon);

// w -= g learning_rate
void laminakernel_sgd(float *parameters, const float *gradients, size_t count, float learning_rate);

// m = m momentum - g learning_rate; w += m
void laminakernel_sgd_momentum(float *parameters, const float *gradients, float *momentums,
                               size_t count, float learning_rate, float momentum);

// m = m momentum - g learning_rate; w += m momentum - g learning_rate
void laminakernel_sgd_nesterov(float *parameters, const float *gradients, float *momentums,
                               size_t count, float learning_rate, float momentum);

// One step of Nadam (Dozat, 2015) in Keras's form:
// m += (g - m) one_minus_beta1; v += (g g - v) one_minus_beta2;
// w -= (m momentum_factor + g gradient_factor) / (sqrt(v velocity_factor) + epsilon)
void laminakernel_nadam(float *parameters, const float *gradients, float *momentums,
                        float *velocities, size_t count, float momentum_factor,
                        float gradient_factor, float velocity_factor, float one_minus_beta1,
                        float one_minus_beta2, float epsilon);

// One step of RMSprop in Keras's form: v = v rho + g g one_minus_rho;
// change = learning_rate g / sqrt(v + epsilon); w -= change.
// With averages a: a = a rho + g one_minus_rho, and v - a a under the root.
// With momentums m: m = m momentum + change; w -= m. Either may be NULL.
void laminakernel_rmsprop(float *parameters, const float *gradients, float *velocities,
                          float *momentums, float *averages, size_t count, float learning_rate,
                          float rho, float one_minus_rho, float momentum, float epsilon);

// One step of Adagrad in Keras's form:
// a += g g; w -= learning_rate g / sqrt(a + epsilon)
void laminakernel_adagrad(float *parameters, const float *gradients, float *accumulators,
                          size_t count, float learning_rate, float epsilon);

// values[i] = values[i] brought into -limit to limit, not-a-number kept
void laminakernel_clip(float *values, size_t count, float limit);

// values[i] -= values[i] rate
void laminakernel_decay(float *values, size_t count, float rate);

// Losses. Each row of predictions and targets has one; `gradient` takes its
// slopes with respect to the row's predictions, and may be null.

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

// matrix[i][j] *= factors[i / rows_per_factor] * factor; null stands for factors of 1
void laminakernel_scale_rows(float *matrix, const float *factors, float factor,
                             size_t rows_per_factor, size_t rows, size_t columns);

// The mean and the mean squared distance from it of each column.
void laminakernel_column_moments(const float *matrix, float *means, float *variances, size_t rows,
                                 size_t columns);

// outputs[i][j] = (inputs[i][j] - means[j]) scales[j] + shifts[j]
void laminakernel_normalize_columns(const float *inputs, const float *means, const float *scales,
                                    const float *shifts, float *outputs, size_t rows,
                                    size_t columns);

// sums[j] = sum over i of gradient[i][j];
// products[j] = sum over i of gradient[i][j] (inputs[i][j] - means[j])
void laminakernel_normalization_sums(const float *inputs, const float *gradient, const float *means,
                                     float *sums, float *products, size_t rows, size_t columns);

// result[i][j] = scales[j] (gradient[i][j] - gradient_means[j]
//                           - (inputs[i][j] - means[j]) slopes[j])
void laminakernel_normalization_gradient(const float *inputs, const float *gradient,
                                         const float *means, const float *scales,
                                         const float *gradient_means, const float *slopes,
                                         float *result, size_t rows, size_t columns);

// outputs[i][j] = (inputs[i][j] - mean of row i) / sqrt(variance of row i + epsilon) gamma[j]
// + beta[j]; gamma and beta can be NULL.
void laminakernel_normalize_rows(const float *inputs, const float *gamma, const float *beta,
                                 float *outputs, size_t rows, size_t columns, float epsilon);

// The gradients of normalize_rows, from that of its outputs, which may be
// overwritten: those of gamma and beta are added, that of the inputs is `result`.
// Each of them can be NULL.
void laminakernel_normalize_rows_gradient(const float *inputs, float *gradient, const float *gamma,
                                          float *result, float *gamma_gradient,
                                          float *beta_gradient, size_t rows, size_t columns,
                                          float epsilon);

// What is beyond an image's border.
typedef enum {
  laminakernel_fill_reflect,   // d c b a | a b c d | d c b a
  laminakernel_fill_wrap,      // a b c d | a b c d | a b c d
  laminakernel_fill_nearest,   // a a a a | a b c d | d d d d
  laminakernel_fill_constant,  // the fill value
} laminakernel_fill_mode;

// How an image of [height, width, channels] is moved: the output pixel (x, y)
// shows the place (map[0] x + map[1] y + map[2], map[3] x + map[4] y + map[5]),
// between its four neighbours, or the nearest pixel. Neighbours are weighed in
// double; which pixel is nearest is said in float, as halves fall in Keras.
typedef struct {
  size_t height, width, channels;
  double map[6];
  laminakernel_fill_mode fill_mode;
  int is_bilinear;
  float fill_value;
} laminakernel_resampling;

// Moves one image.
void laminakernel_resample(const float *image, float *output,
                           const laminakernel_resampling *settings);

// The gradient of the image from that of the output.
void laminakernel_resample_gradient(const float *gradient, float *result,
                                    const laminakernel_resampling *settings);

// How a window slides along one axis: tap k of the window at output i sees
// input i * stride - before + k * dilation, or nothing where there is none.
typedef struct {
  ptrdiff_t input, size, stride, dilation, output, before;
} laminakernel_axis;

// A window over images of [rows.input, columns.input, channels]. Its positions
// are counted through all images, each row by row.
typedef struct {
  laminakernel_axis rows, columns;
  ptrdiff_t channels;
} laminakernel_window;

// A convolution with a kernel of [rows, columns, channels, filters]. One of an
// axis's stride and dilation is 1. Functions work on one image, and copy what has
// borders to scratch memory, some rows at a time.
typedef struct {
  laminakernel_window window;
  ptrdiff_t filters;
  ptrdiff_t kernel_row;  // from one row of the kernel to the next, in numbers
} laminakernel_convolution;

// The next number that is a whole number of vectors, at most 15 more.
ptrdiff_t laminakernel_whole_vectors(ptrdiff_t count);

// The kernel in the order in which laminakernel_convolve reads it: taps times
// channels times whole vectors of filters.
void laminakernel_pack_kernel(const float *kernel, float *packed,
                              const laminakernel_convolution *convolution);

// outputs[position][filter] = bias[filter] + sum over taps and channels of
// pixel[tap][channel] kernel[tap][channel][filter], for some rows of positions;
// no bias stands for zeros. With `clips` negative outputs become 0.
void laminakernel_convolve(const float *image, const float *packed, const float *bias,
                           float *outputs, ptrdiff_t first_row, ptrdiff_t rows, int clips,
                           float *scratch, const laminakernel_convolution *convolution);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_convolution_scratch(const laminakernel_convolution *convolution);

// The same, of which only the largest in each window of `pool` are written. Its
// windows do not overlap, and begin with the first output.
void laminakernel_convolve_and_pool(const float *image, const float *packed, const float *bias,
                                    float *outputs, int clips, float *scratch,
                                    const laminakernel_convolution *convolution,
                                    const laminakernel_window *pool);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_pooled_convolution_scratch(const laminakernel_convolution *convolution,
                                                  const laminakernel_window *pool);

// Whether Winograd's way of a convolution with a kernel of 3x3 is possible and
// worthwhile. Pixels and weights must be moderate: what is not a number would spread
// to its neighbours.
int laminakernel_suits_winograd(const laminakernel_convolution *convolution);

// How many numbers the kernel has as it is multiplied there.
ptrdiff_t laminakernel_winograd_count(const laminakernel_convolution *convolution);

void laminakernel_transform_kernel(const float *kernel, float *transformed,
                                   const laminakernel_convolution *convolution);

// What laminakernel_convolve and laminakernel_convolve_and_pool give, to rounding.
void laminakernel_convolve_winograd(const float *image, const float *transformed, const float *bias,
                                    float *outputs, int clips, float *scratch,
                                    const laminakernel_convolution *convolution);
void laminakernel_convolve_and_pool_winograd(const float *image, const float *transformed,
                                             const float *bias, float *outputs, int clips,
                                             float *scratch,
                                             const laminakernel_convolution *convolution,
                                             const laminakernel_window *pool);

// How many numbers of scratch memory they take; the first has no pool.
ptrdiff_t laminakernel_winograd_scratch(const laminakernel_convolution *convolution,
                                        const laminakernel_window *pool);

// Whether all are numbers of at most 1e15, whose products can be added up.
int laminakernel_is_moderate(const float *values, size_t count);

// sums[tap][channel][filter] += sum over positions of pixel[tap][channel]
// gradient[position][filter]; a row of sums has whole vectors of filters.
void laminakernel_add_kernel_gradient(const float *image, const float *gradient, float *sums,
                                      float *scratch, const laminakernel_convolution *convolution);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_kernel_gradient_scratch(const laminakernel_convolution *convolution);

// The kernel in the order in which laminakernel_input_gradient reads it: taps
// times filters times whole vectors of channels.
void laminakernel_pack_flipped_kernel(const float *kernel, float *packed,
                                      const laminakernel_convolution *convolution);

// image_gradient[pixel][channel] = sum over the windows that see the pixel, and
// over filters, of gradient[position][filter] kernel[tap][channel][filter]
void laminakernel_input_gradient(const float *gradient, const float *packed, float *image_gradient,
                                 float *scratch, const laminakernel_convolution *convolution);

// How many numbers of scratch memory that takes.
ptrdiff_t laminakernel_input_gradient_scratch(const laminakernel_convolution *convolution);

// result[i][j] = sum over pieces of parts[piece][i][j]. Pieces are
// `part_distance` apart, their rows `part_row`.
void laminakernel_sum_parts(const float *parts, float *result, ptrdiff_t pieces,
                            ptrdiff_t part_distance, ptrdiff_t rows, ptrdiff_t columns,
                            ptrdiff_t part_row);

// outputs[position][c] = sum over taps of pixel[tap][c] * kernel[tap][c]
void laminakernel_depthwise(const float *images, const float *kernel, float *outputs, size_t count,
                            const laminakernel_window *window);

// Adds to each pixel its gradient, given the one of the outputs.
void laminakernel_depthwise_input_gradient(const float *gradient, const float *kernel,
                                           float *image_gradient, size_t count,
                                           const laminakernel_window *window);

// Adds the kernel's gradient, given the one of the outputs; each image is summed
// in `workspace`, which has the kernel's size.
void laminakernel_depthwise_kernel_gradient(const float *gradient, const float *images,
                                            float *kernel_gradient, float *workspace, size_t count,
                                            const laminakernel_window *window);

// repeated[i][j] = values[i], j from 0 to `times` - 1
void laminakernel_repeat(const float *values, float *repeated, size_t count, size_t times);

// sums[i] = sum over j of repeated[i][j]
void laminakernel_sum_repeated(const float *repeated, float *sums, size_t count, size_t times);

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

// Products that skip zeros; sums are taken in the features' order, or the
// samples'. A product with 0 is left out, and is not the not-a-number that 0
// times infinity would be.

// outputs[i][j] = bias[j] + sum over k of values[i][k] weights[k][j], or 0 where
// that is less and `relu` is set; bias can be NULL. With `checks_weights` the result is 0
// where a weight is not finite, and the outputs are anything; else it is 1.
int laminakernel_sparse_product(const float *values, const float *weights, const float *bias,
                                float *outputs, size_t rows, size_t features, size_t columns,
                                int relu, int checks_weights);

// The same bits as of the values quotients[bytes[i][k]], of finite weights;
// quotients[0] is 0.
void laminakernel_sparse_product_bytes(const uint8_t *bytes, const float *quotients,
                                       const float *weights, const float *bias, float *outputs,
                                       size_t rows, size_t features, size_t columns, int relu);

// gradient[k][j] = sum over i of values[i][k] deltas[i][j], for `feature_count`
// features from k = first_feature on; the deltas are finite.
void laminakernel_sparse_gradient(const float *values, const float *deltas, float *gradient,
                                  size_t rows, size_t features, size_t columns,
                                  size_t first_feature, size_t feature_count);

// The share of elements that are not zero, by 1,024 of the first rows' where there are more.
float laminakernel_density(const float *matrix, size_t rows, size_t columns);
float laminakernel_density_bytes(const uint8_t *matrix, size_t rows, size_t columns);

// Whether no value is infinite or not a number.
int laminakernel_are_finite(const float *values, size_t count);

#endif
