// Convolutions with kernels of 3x3 by Winograd's minimal filtering: 2x2 outputs
// see 4x4 pixels, and take 16 products for each channel and filter where 36 would
// be added up. Pixels, kernel and products are transformed by sums and differences:
// Lavin and Gray, "Fast algorithms for convolutional neural networks", 2016.

#include <math.h>
#include <string.h>

#include "clones.h"
#include "convolution.h"
#include "vectors.h"

// Of a square of outputs.
enum { products = 16 };

// In numbers: transformed pixels and products that stay in a cache of 1 MB.
enum { cached_count = 1 << 17, least_squares = 14 };

static int is_plain(const laminakernel_axis *axis) {
  return axis->size == 3 && axis->stride == 1 && axis->dilation == 1;
}

// Fewer products are worth the transforms from about 7x7 outputs of 64 channels on.
int laminakernel_suits_winograd(const laminakernel_convolution *convolution) {
  enum { least_channels = 32, least_work = 3000 };
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t positions = window->rows.output * window->columns.output;
  return is_plain(&window->rows) && is_plain(&window->columns) && window->channels % lanes == 0 &&
         convolution->filters % lanes == 0 && window->channels >= least_channels &&
         positions * window->channels >= least_work;
}

ptrdiff_t laminakernel_winograd_count(const laminakernel_convolution *convolution) {
  return products * convolution->window.channels * convolution->filters;
}

// The four products of a line: the transform of three weights.
static void transform_line(const double *line, ptrdiff_t step, double *result) {
  double sum = (line[0] + line[2 * step]) / 2, middle = line[step] / 2;
  result[0] = line[0];
  result[1] = sum + middle;
  result[2] = sum - middle;
  result[3] = line[2 * step];
}

void laminakernel_transform_kernel(const float *kernel, float *transformed,
                                   const laminakernel_convolution *convolution) {
  ptrdiff_t channels = convolution->window.channels, filters = convolution->filters;
  ptrdiff_t most = 2 * laminakernel_tile_kernel()->lanes;
  for (ptrdiff_t c = 0; c < channels; c++)
    for (ptrdiff_t f = 0; f < filters; f++) {
      double weights[3][3], lines[3][4], result[4][4], column[4];
      for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
          weights[i][j] = kernel[i * convolution->kernel_row + (j * channels + c) * filters + f];
      for (int i = 0; i < 3; i++) transform_line(weights[i], 1, lines[i]);
      for (int j = 0; j < 4; j++) {
        transform_line(&lines[0][j], 4, column);
        for (int i = 0; i < 4; i++) result[i][j] = column[i];
      }
      // In the order of laminakernel_pack_kernel.
      ptrdiff_t first = f / most * most;
      ptrdiff_t width = laminakernel_whole_vectors(least(filters - first, most));
      float *weight = transformed + first * channels + c * width + f - first;
      for (int i = 0; i < products; i++)
        weight[i * channels * filters] = (float)result[i / 4][i % 4];
    }
}

// Squares of 2x2 outputs, row by row, and what they are computed in.
typedef struct {
  ptrdiff_t rows, columns, count;  // of squares
  ptrdiff_t channels, filters;
  float *pixels;   // [products][count][channels]
  float *results;  // [products][count][filters]
} squares;

// pixels[product][square][channel]
PROCESSOR_CLONES
void laminakernel_winograd_inputs(const region *seen, const squares *all) {
  squares squares = *all;
  ptrdiff_t distance = squares.count * squares.channels;
  for (ptrdiff_t n = 0; n < squares.count; n++)
    for (ptrdiff_t c = 0; c < squares.channels; c += lanes) {
      const float *corner = seen->pixels + 2 * (n / squares.columns) * seen->row +
                            2 * (n % squares.columns) * squares.channels + c;
      vector lines[4][4];
      for (int j = 0; j < 4; j++) {
        vector d[4];
        for (int i = 0; i < 4; i++)
          d[i] = CONSTANT_PLACE(corner + i * seen->row + j * squares.channels);
        lines[0][j] = d[0] - d[2];
        lines[1][j] = d[1] + d[2];
        lines[2][j] = d[2] - d[1];
        lines[3][j] = d[1] - d[3];
      }
      float *pixels = squares.pixels + n * squares.channels + c;
      for (int i = 0; i < 4; i++, pixels += 4 * distance) {
        PLACE(pixels) = lines[i][0] - lines[i][2];
        PLACE(pixels + distance) = lines[i][1] + lines[i][2];
        PLACE(pixels + 2 * distance) = lines[i][2] - lines[i][1];
        PLACE(pixels + 3 * distance) = lines[i][1] - lines[i][3];
      }
    }
}

// results[product][square][filter] = sum over channels
static void multiply(const squares *squares, const float *transformed) {
  ptrdiff_t channels = squares->channels, filters = squares->filters;
  for (int i = 0; i < products; i++) {
    tiled_convolution product = {.input = squares->pixels + i * squares->count * channels,
                                 .input_row = 0,
                                 .input_column = channels,
                                 .lines = 1,
                                 .parts = 1,
                                 .part_length = channels,
                                 .packed = transformed + i * channels * filters,
                                 .output = squares->results + i * squares->count * filters,
                                 .output_column = filters,
                                 .rows = 1,
                                 .columns = squares->count,
                                 .filters = filters};
    product.start = product.input;
    product.end = product.input + squares->count * channels;
    laminakernel_convolve_tiles(&product);
  }
}

// outputs[row][column][filter], rows and columns of which the last square may have
// more than there are.
PROCESSOR_CLONES
void laminakernel_winograd_outputs(const squares *all, const float *bias, int clips, float *outputs,
                                   ptrdiff_t rows, ptrdiff_t columns) {
  squares squares = *all;
  ptrdiff_t filters = squares.filters, distance = squares.count * filters;
  for (ptrdiff_t n = 0; n < squares.count; n++) {
    ptrdiff_t row = 2 * (n / squares.columns), column = 2 * (n % squares.columns);
    for (ptrdiff_t f = 0; f < filters; f += lanes) {
      vector lines[2][4], shift = bias ? CONSTANT_PLACE(bias + f) : (vector){0};
      const float *results = squares.results + n * filters + f;
      for (int j = 0; j < 4; j++) {
        vector m[4];
        for (int i = 0; i < 4; i++) m[i] = CONSTANT_PLACE(results + (4 * i + j) * distance);
        lines[0][j] = m[0] + m[1] + m[2];
        lines[1][j] = m[1] - m[2] - m[3];
      }
      for (ptrdiff_t i = 0; i < 2 && row + i < rows; i++) {
        vector pair[2] = {lines[i][0] + lines[i][1] + lines[i][2] + shift,
                          lines[i][1] - lines[i][2] - lines[i][3] + shift};
        for (ptrdiff_t j = 0; j < 2 && column + j < columns; j++) {
          vector output = pair[j];
          if (clips) output = RELU(output);
          PLACE(outputs + ((row + i) * columns + column + j) * filters + f) = output;
        }
      }
    }
  }
}

// Some rows of outputs, without those columns that nobody sees.
static void convolve_rows(const laminakernel_convolution *convolution, const float *image,
                          const float *transformed, const float *bias, ptrdiff_t first_row,
                          ptrdiff_t rows, ptrdiff_t columns, int clips, float *outputs,
                          float *scratch) {
  const laminakernel_window *window = &convolution->window;
  squares squares = {.rows = (rows + 1) / 2,
                     .columns = (columns + 1) / 2,
                     .channels = window->channels,
                     .filters = convolution->filters};
  squares.count = squares.rows * squares.columns;
  squares.pixels = scratch;
  squares.results = squares.pixels + products * squares.count * squares.channels;
  region_place place = {first_row - window->rows.before, 2 * squares.rows + 2,
                        -window->columns.before, 2 * squares.columns + 2};
  region seen =
      laminakernel_region(image, window->rows.input, window->columns.input, window->channels,
                          &place, squares.results + products * squares.count * squares.filters);
  laminakernel_winograd_inputs(&seen, &squares);
  multiply(&squares, transformed);
  laminakernel_winograd_outputs(&squares, bias, clips, outputs, rows, columns);
}

// How many rows of squares are computed at once.
static ptrdiff_t band_squares(const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t count = cached_count / (products * (window->channels + convolution->filters));
  if (count < least_squares) count = least_squares;
  ptrdiff_t columns = (window->columns.output + 1) / 2, rows = (window->rows.output + 1) / 2;
  return count < columns ? 1 : least(count / columns, rows);
}

// How many rows of pooled outputs are computed at once.
static ptrdiff_t band_pooled(const laminakernel_convolution *convolution,
                             const laminakernel_window *pool) {
  ptrdiff_t rows = 2 * band_squares(convolution) / pool->rows.stride;
  return rows < 1 ? 1 : least(rows, pool->rows.output);
}

static ptrdiff_t scratch_of(const laminakernel_convolution *convolution, ptrdiff_t rows) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t lines = (rows + 1) / 2, columns = (window->columns.output + 1) / 2;
  return products * lines * columns * (window->channels + convolution->filters) +
         (2 * lines + 2) * (2 * columns + 2) * window->channels;
}

ptrdiff_t laminakernel_winograd_scratch(const laminakernel_convolution *convolution,
                                        const laminakernel_window *pool) {
  if (!pool) return scratch_of(convolution, 2 * band_squares(convolution));
  ptrdiff_t rows = laminakernel_pooled_rows(pool, 0, band_pooled(convolution, pool));
  return scratch_of(convolution, rows) +
         rows * convolution->window.columns.output * convolution->filters + most_lanes;
}

void laminakernel_convolve_winograd(const float *image, const float *transformed, const float *bias,
                                    float *outputs, int clips, float *scratch,
                                    const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t band = 2 * band_squares(convolution), columns = window->columns.output;
  for (ptrdiff_t first = 0; first < window->rows.output; first += band)
    convolve_rows(convolution, image, transformed, bias, first,
                  least(window->rows.output - first, band), columns, clips,
                  outputs + first * columns * convolution->filters, scratch);
}

void laminakernel_convolve_and_pool_winograd(const float *image, const float *transformed,
                                             const float *bias, float *outputs, int clips,
                                             float *scratch,
                                             const laminakernel_convolution *convolution,
                                             const laminakernel_window *pool) {
  ptrdiff_t band = band_pooled(convolution, pool), filters = convolution->filters;
  ptrdiff_t columns = laminakernel_pooled_columns(pool);
  ptrdiff_t most_rows = laminakernel_pooled_rows(pool, 0, band);
  float *seen = scratch + scratch_of(convolution, most_rows);
  for (ptrdiff_t first = 0; first < pool->rows.output; first += band) {
    ptrdiff_t count = least(pool->rows.output - first, band);
    ptrdiff_t rows = laminakernel_pooled_rows(pool, first, count);
    convolve_rows(convolution, image, transformed, bias, first * pool->rows.stride, rows, columns,
                  0, seen, scratch);
    for (ptrdiff_t i = 0; i < count; i++) {
      ptrdiff_t start = i * pool->rows.stride;
      strip strip = {seen + start * columns * filters, least(pool->rows.size, rows - start),
                     columns * filters, filters, filters};
      laminakernel_pool_strip(&strip, &pool->columns,
                              outputs + (first + i) * pool->columns.output * filters, filters,
                              clips);
    }
  }
}

PROCESSOR_CLONES
int laminakernel_is_moderate(const float *values, size_t count) {
  int is_moderate = 1;
  for (size_t i = 0; i < count; i++) is_moderate &= fabsf(values[i]) <= 1e15f;
  return is_moderate;
}
