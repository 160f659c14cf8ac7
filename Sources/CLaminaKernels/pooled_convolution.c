// A convolution whose outputs are pooled while they are in the first-level cache.

#include "clones.h"
#include "convolution.h"

// What is pooled at once.
enum { block = 16 };
typedef float vector __attribute__((vector_size(4 * block)));
typedef int bits __attribute__((vector_size(4 * block)));
typedef float place __attribute__((vector_size(4 * block), aligned(4), may_alias));

// The largest of some positions; a not-a-number is larger than all.
static inline __attribute__((always_inline)) void most_of(const float *values, ptrdiff_t rows,
                                                          ptrdiff_t row, ptrdiff_t positions,
                                                          ptrdiff_t position, vector *result) {
  vector most = *(const place *)values;
  for (ptrdiff_t k = 0; k < rows; k++)
    for (ptrdiff_t l = 0; l < positions; l++) {
      vector value = *(const place *)(values + k * row + l * position);
      bits takes = (value > most) | (value != value);
      most = (vector)(((bits)value & takes) | ((bits)most & ~takes));
    }
  *result = most;
}

PROCESSOR_CLONES
void laminakernel_pool_strip(const strip *restrict source,
                             const laminakernel_axis *restrict columns, float *restrict pooled,
                             ptrdiff_t distance, int clips) {
  strip strip = *source;
  for (ptrdiff_t j = 0; j < columns->output; j++, pooled += distance) {
    ptrdiff_t first = j * columns->stride, seen = least(columns->size, columns->input - first);
    for (ptrdiff_t c = 0; c < strip.filters; c += block) {
      const float *corner = strip.outputs + first * strip.width + c;
      vector most;
      if (strip.rows == 2 && seen == 2) {
        most_of(corner, 2, strip.row, 2, strip.width, &most);  // the loops unrolled
      } else {
        most_of(corner, strip.rows, strip.row, seen, strip.width, &most);
      }
      if (clips) most = (vector)((bits)most & ~(most <= 0));
      ptrdiff_t count = least(strip.filters - c, block);
      if (count == block) {
        *(place *)(pooled + c) = most;
      } else {
        for (ptrdiff_t i = 0; i < count; i++) pooled[c + i] = most[i];
      }
    }
  }
}

// How many rows of the pooled outputs are computed at once.
static ptrdiff_t pooled_band_rows(const laminakernel_convolution *convolution,
                                  const laminakernel_window *pool) {
  ptrdiff_t rows = laminakernel_band_rows(convolution) / pool->rows.stride;
  return rows < 1 ? 1 : least(rows, pool->rows.output);
}

ptrdiff_t laminakernel_pooled_rows(const laminakernel_window *pool, ptrdiff_t first,
                                   ptrdiff_t rows) {
  ptrdiff_t end = (first + rows - 1) * pool->rows.stride + pool->rows.size;
  return least(end, pool->rows.input) - first * pool->rows.stride;
}

ptrdiff_t laminakernel_pooled_columns(const laminakernel_window *pool) {
  ptrdiff_t end = (pool->columns.output - 1) * pool->columns.stride + pool->columns.size;
  return least(end, pool->columns.input);
}

static ptrdiff_t strip_count(const laminakernel_window *pool) {
  return pool->rows.size * pool->columns.input * 2 * most_lanes + block;
}

ptrdiff_t laminakernel_pooled_convolution_scratch(const laminakernel_convolution *convolution,
                                                  const laminakernel_window *pool) {
  ptrdiff_t rows = laminakernel_pooled_rows(pool, 0, pooled_band_rows(convolution, pool));
  region_place place = laminakernel_seen_by(convolution, 0, rows);
  return strip_count(pool) + place.rows * place.columns * convolution->window.channels;
}

static void convolve_and_pool(const tiled_convolution *convolution, const laminakernel_window *pool,
                              float *pooled, ptrdiff_t rows, int clips, float *outputs) {
  ptrdiff_t filters = convolution->filters, width = 2 * laminakernel_tile_kernel()->lanes;
  for (ptrdiff_t first = 0; first < filters; first += width) {
    panel panel = laminakernel_panel(convolution, first);
    ptrdiff_t row = convolution->columns * panel.width;
    for (ptrdiff_t i = 0; i < rows; i++) {
      ptrdiff_t start = i * pool->rows.stride;
      strip strip = {outputs, least(pool->rows.size, convolution->rows - start), row, panel.width,
                     panel.count};
      for (ptrdiff_t k = 0; k < strip.rows; k++)
        laminakernel_convolve_row(convolution, &panel, start + k, outputs + k * row, panel.width);
      laminakernel_pool_strip(&strip, &pool->columns,
                              pooled + i * pool->columns.output * filters + first, filters, clips);
    }
  }
}

void laminakernel_convolve_and_pool(const float *image, const float *packed, const float *bias,
                                    float *outputs, int clips, float *scratch,
                                    const laminakernel_convolution *convolution,
                                    const laminakernel_window *pool) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t band = pooled_band_rows(convolution, pool);
  for (ptrdiff_t first = 0; first < pool->rows.output; first += band) {
    ptrdiff_t rows = least(pool->rows.output - first, band);
    ptrdiff_t seen_rows = laminakernel_pooled_rows(pool, first, rows);
    region_place place = laminakernel_seen_by(convolution, first * pool->rows.stride, seen_rows);
    region seen = laminakernel_region(image, window->rows.input, window->columns.input,
                                      window->channels, &place, scratch + strip_count(pool));
    tiled_convolution tiled =
        laminakernel_tiled_convolution(convolution, seen, packed, bias, seen_rows);
    tiled.columns = laminakernel_pooled_columns(pool);
    convolve_and_pool(&tiled, pool, outputs + first * pool->columns.output * convolution->filters,
                      rows, clips, scratch);
  }
}
