// A convolution as a loop over tiles: a tile's rows are neighbouring windows,
// and what a window sees is read where it lies.
#ifndef LAMINA_CONVOLUTION_H
#define LAMINA_CONVOLUTION_H

#include "CLaminaKernels.h"
#include "tiles.h"

// In numbers: what a thread copies at once, a quarter of a cache of 1 MB.
enum { band_count = 1 << 16 };

// Part of an image, with zeros where it reaches beyond the border.
typedef struct {
  const float *pixels;
  ptrdiff_t row;             // from one row to the next
  const float *start, *end;  // the rows that are not beyond the border
} region;

// Rows `first_row` to `first_row` + `rows` of an image and its columns alike,
// copied to `scratch` where they do not all lie in the image.
typedef struct {
  ptrdiff_t first_row, rows, first_column, columns;
} region_place;

region laminakernel_region(const float *image, ptrdiff_t height, ptrdiff_t width,
                           ptrdiff_t channels, const region_place *place, float *scratch);

// What the windows of some rows of outputs see.
region_place laminakernel_seen_by(const laminakernel_convolution *convolution, ptrdiff_t first_row,
                                  ptrdiff_t rows);

// How many rows are computed at once, so that a copy of what they see stays in
// the second-level cache.
ptrdiff_t laminakernel_band_rows(const laminakernel_convolution *convolution);

// A convolution, laid out: output(i, j) = bias + the sum of input times weight.
typedef struct {
  // What the first window sees; the distances to the window below and to the next.
  const float *input;
  ptrdiff_t input_row, input_column;
  // Lines before and after are zeros, which add nothing.
  const float *start, *end;
  // A window has lines. Each has parts that lie together: one, unless the
  // columns are dilated.
  ptrdiff_t lines, line_distance;
  ptrdiff_t parts, part_length, part_distance;
  const float *packed;
  const float *bias;  // NULL for zeros
  int clips;          // negative results become 0
  float *output;
  ptrdiff_t output_row, output_column;
  ptrdiff_t rows, columns, filters;
} tiled_convolution;

// The filters from `first` on that are computed together.
typedef struct {
  ptrdiff_t first, count;
  int vectors;
  ptrdiff_t width;  // of the vectors, which may be more than `count`
  const float *weights;
  float bias[2 * most_lanes];
} panel;

panel laminakernel_panel(const tiled_convolution *convolution, ptrdiff_t first);

// One row of outputs for the filters of a panel: whole vectors, `distance` apart.
void laminakernel_convolve_row(const tiled_convolution *convolution, const panel *panel,
                               ptrdiff_t row, float *outputs, ptrdiff_t distance);

void laminakernel_convolve_tiles(const tiled_convolution *convolution);

// The windows of some rows of outputs, without the outputs.
tiled_convolution laminakernel_tiled_convolution(const laminakernel_convolution *convolution,
                                                 region seen, const float *packed,
                                                 const float *bias, ptrdiff_t rows);

// sums[tap][filter] += the sum over windows of input[tap] gradient[filter]. Less than
// a vector behind the last gradient can be read.
void laminakernel_add_products(const tiled_convolution *tiled, const float *gradient, float *sums);

// The rows of outputs that some pooled rows see, and the columns that are seen.
ptrdiff_t laminakernel_pooled_rows(const laminakernel_window *pool, ptrdiff_t first,
                                   ptrdiff_t rows);
ptrdiff_t laminakernel_pooled_columns(const laminakernel_window *pool);

// The rows of outputs that a row of pooled ones sees. Some numbers behind the last
// one can be read.
typedef struct {
  const float *outputs;
  ptrdiff_t rows, row, width;  // a row's distance from the next, a position's too
  ptrdiff_t filters;
} strip;

// That row of pooled outputs, `distance` from one to the next.
void laminakernel_pool_strip(const strip *strip, const laminakernel_axis *columns, float *pooled,
                             ptrdiff_t distance, int clips);

// The same, and which position each of them is, counted row by row of the pool.
void laminakernel_pool_strip_with_taps(const strip *strip, const laminakernel_axis *columns,
                                       float *pooled, uint8_t *taps, ptrdiff_t distance, int clips);

#endif
