// A convolution whose outputs are pooled while they are in the first-level cache.

#include "clones.h"
#include "convolution.h"
#include "vectors.h"

// Where a pooled output looks: `rows` times `columns` positions of a strip.
typedef struct {
  const float *corner;
  ptrdiff_t rows, row, columns, width;
} positions;

// The largest of some positions, and with `counts` which it is, counted row by row
// of `size`: the first of equals. A not-a-number is larger than all.
INLINE void most_of(const positions *seen, ptrdiff_t size, int counts, vector *result,
                    integers *taken) {
  vector most = CONSTANT_PLACE(seen->corner);
  integers tap = {0};
  for (ptrdiff_t k = 0; k < seen->rows; k++)
    for (ptrdiff_t l = 0; l < seen->columns; l++) {
      vector value = CONSTANT_PLACE(seen->corner + k * seen->row + l * seen->width);
      integers takes = (value > most) | (value != value);
      if (counts) takes &= most == most;
      most = (vector)(((integers)value & takes) | ((integers)most & ~takes));
      if (counts) tap = (((int32_t)(k * size + l)) & takes) | (tap & ~takes);
    }
  *result = most;
  *taken = tap;
}

INLINE void pool_block(const positions *seen, ptrdiff_t size, ptrdiff_t count, float *pooled,
                       uint8_t *taps, int clips) {
  vector most;
  integers taken;
  if (seen->rows == 2 && seen->columns == 2) {  // the loops unrolled
    const positions square = {seen->corner, 2, seen->row, 2, seen->width};
    most_of(&square, size, taps != NULL, &most, &taken);
  } else {
    most_of(seen, size, taps != NULL, &most, &taken);
  }
  if (clips) most = RELU(most);
  if (count == lanes) {
    PLACE(pooled) = most;
    if (taps) *(bytes *)taps = __builtin_convertvector(taken, bytes);
  } else {
    for (ptrdiff_t i = 0; i < count; i++) pooled[i] = most[i];
    for (ptrdiff_t i = 0; taps && i < count; i++) taps[i] = (uint8_t)taken[i];
  }
}

INLINE void pool_strip(const strip *source, const laminakernel_axis *columns, float *pooled,
                       uint8_t *taps, ptrdiff_t distance, int clips) {
  const strip strip = *source;
  for (ptrdiff_t j = 0; j < columns->output; j++) {
    ptrdiff_t first = j * columns->stride, seen = least(columns->size, columns->input - first);
    for (ptrdiff_t c = 0; c < strip.filters; c += lanes) {
      const positions positions = {strip.outputs + first * strip.width + c, strip.rows, strip.row,
                                   seen, strip.width};
      pool_block(&positions, columns->size, least(strip.filters - c, lanes),
                 pooled + j * distance + c, taps ? taps + j * distance + c : NULL, clips);
    }
  }
}

PROCESSOR_CLONES
void laminakernel_pool_strip(const strip *restrict source,
                             const laminakernel_axis *restrict columns, float *restrict pooled,
                             ptrdiff_t distance, int clips) {
  pool_strip(source, columns, pooled, NULL, distance, clips);
}

PROCESSOR_CLONES
void laminakernel_pool_strip_with_taps(const strip *restrict source,
                                       const laminakernel_axis *restrict columns,
                                       float *restrict pooled, uint8_t *restrict taps,
                                       ptrdiff_t distance, int clips) {
  pool_strip(source, columns, pooled, taps, distance, clips);
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
  return pool->rows.size * pool->columns.input * 2 * most_lanes + lanes;
}

ptrdiff_t laminakernel_pooled_convolution_scratch(const laminakernel_convolution *convolution,
                                                  const laminakernel_window *pool) {
  ptrdiff_t rows = laminakernel_pooled_rows(pool, 0, pooled_band_rows(convolution, pool));
  region_place place = laminakernel_seen_by(convolution, 0, rows);
  return strip_count(pool) + place.rows * place.columns * convolution->window.channels;
}

// The pooled outputs, and which positions they are; NULL where nobody asks.
typedef struct {
  float *outputs;
  uint8_t *taps;
} pooled_outputs;

static void convolve_and_pool(const tiled_convolution *convolution, const laminakernel_window *pool,
                              pooled_outputs pooled, ptrdiff_t rows, int clips, float *outputs) {
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
      ptrdiff_t offset = i * pool->columns.output * filters + first;
      if (pooled.taps)
        laminakernel_pool_strip_with_taps(&strip, &pool->columns, pooled.outputs + offset,
                                          pooled.taps + offset, filters, clips);
      else
        laminakernel_pool_strip(&strip, &pool->columns, pooled.outputs + offset, filters, clips);
    }
  }
}

void laminakernel_convolve_and_pool(const float *image, const float *packed, const float *bias,
                                    float *outputs, uint8_t *taps, int clips, float *scratch,
                                    const laminakernel_convolution *convolution,
                                    const laminakernel_window *pool) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t band = pooled_band_rows(convolution, pool);
  ptrdiff_t row = pool->columns.output * convolution->filters;
  for (ptrdiff_t first = 0; first < pool->rows.output; first += band) {
    ptrdiff_t rows = least(pool->rows.output - first, band);
    ptrdiff_t seen_rows = laminakernel_pooled_rows(pool, first, rows);
    region_place place = laminakernel_seen_by(convolution, first * pool->rows.stride, seen_rows);
    region seen = laminakernel_region(image, window->rows.input, window->columns.input,
                                      window->channels, &place, scratch + strip_count(pool));
    tiled_convolution tiled =
        laminakernel_tiled_convolution(convolution, seen, packed, bias, seen_rows);
    tiled.columns = laminakernel_pooled_columns(pool);
    pooled_outputs pooled = {outputs + first * row, taps ? taps + first * row : NULL};
    convolve_and_pool(&tiled, pool, pooled, rows, clips, scratch);
  }
}
