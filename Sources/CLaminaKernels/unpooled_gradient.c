// The gradient of a convolution's outputs from that of the pooled ones, and the
// kernel's from it, some rows at a time that stay in the first-level cache.

#include <string.h>

#include "clones.h"
#include "convolution.h"
#include "vectors.h"

// What is spread out at once.
enum { strip_numbers = 1 << 12 };

// A pooled output's channels, and where the window begins that it is the largest of.
typedef struct {
  const float *gradient;
  const uint8_t *taps;
  float *corner;
  ptrdiff_t rows, row, columns, size;
} pooled_position;

INLINE void unpool_position(const pooled_position *position, ptrdiff_t channels) {
  ptrdiff_t c = 0;
  for (; c + lanes <= channels; c += lanes) {
    const integers gradient = (integers)CONSTANT_PLACE(position->gradient + c);
    const integers taps = __builtin_convertvector(*(const bytes *)(position->taps + c), integers);
    for (ptrdiff_t k = 0; k < position->rows; k++)
      for (ptrdiff_t l = 0; l < position->columns; l++)
        PLACE(position->corner + k * position->row + l * channels + c) =
            (vector)(gradient & (taps == (int32_t)(k * position->size + l)));
  }
  for (; c < channels; c++)
    for (ptrdiff_t k = 0; k < position->rows; k++)
      for (ptrdiff_t l = 0; l < position->columns; l++)
        position->corner[k * position->row + l * channels + c] =
            position->taps[c] == k * position->size + l ? position->gradient[c] : 0;
}

PROCESSOR_CLONES
void laminakernel_unpool(const float *gradient, const uint8_t *taps, float *output_gradient,
                         const laminakernel_window *pool) {
  const laminakernel_axis *rows = &pool->rows, *columns = &pool->columns;
  ptrdiff_t channels = pool->channels, row = columns->input * channels;
  int covers = laminakernel_pooled_rows(pool, 0, rows->output) == rows->input &&
               laminakernel_pooled_columns(pool) == columns->input && rows->stride == rows->size &&
               columns->stride == columns->size;
  if (!covers) memset(output_gradient, 0, (size_t)(rows->input * row) * sizeof *output_gradient);
  pooled_position position = {.gradient = gradient, .taps = taps, .row = row};
  position.size = columns->size;
  for (ptrdiff_t i = 0; i < rows->output; i++)
    for (ptrdiff_t j = 0; j < columns->output; j++) {
      ptrdiff_t line = i * rows->stride, column = j * columns->stride;
      position.corner = output_gradient + line * row + column * channels;
      position.rows = least(rows->size, rows->input - line);
      position.columns = least(columns->size, columns->input - column);
      unpool_position(&position, channels);
      position.gradient += channels;
      position.taps += channels;
    }
}

// How many pooled rows are taken at once.
static ptrdiff_t strip_rows(const laminakernel_window *pool) {
  ptrdiff_t row = pool->rows.stride * pool->columns.input * pool->channels;
  return row > strip_numbers ? 1 : least(strip_numbers / row, pool->rows.output);
}

static ptrdiff_t strip_count(const laminakernel_window *pool) {
  return laminakernel_pooled_rows(pool, 0, strip_rows(pool)) * laminakernel_pooled_columns(pool) *
             pool->channels +
         most_lanes;
}

ptrdiff_t laminakernel_unpooled_kernel_gradient_scratch(const laminakernel_convolution *convolution,
                                                        const laminakernel_window *pool) {
  ptrdiff_t rows = laminakernel_pooled_rows(pool, 0, strip_rows(pool));
  region_place place = laminakernel_seen_by(convolution, 0, rows);
  return strip_count(pool) + place.rows * place.columns * convolution->window.channels;
}

void laminakernel_add_unpooled_kernel_gradient(const float *image, const float *gradient,
                                               const uint8_t *taps, float *sums, float *scratch,
                                               const laminakernel_convolution *convolution,
                                               const laminakernel_window *pool) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t most_rows = strip_rows(pool), count = strip_count(pool);
  memset(scratch + count - most_lanes, 0, most_lanes * sizeof *scratch);
  laminakernel_window strip = *pool;
  strip.columns.input = laminakernel_pooled_columns(pool);
  for (ptrdiff_t first = 0; first < pool->rows.output; first += most_rows) {
    strip.rows.output = least(pool->rows.output - first, most_rows);
    strip.rows.input = laminakernel_pooled_rows(pool, first, strip.rows.output);
    region_place place =
        laminakernel_seen_by(convolution, first * pool->rows.stride, strip.rows.input);
    region seen = laminakernel_region(image, window->rows.input, window->columns.input,
                                      window->channels, &place, scratch + count);
    tiled_convolution tiled =
        laminakernel_tiled_convolution(convolution, seen, NULL, NULL, strip.rows.input);
    tiled.columns = strip.columns.input;
    ptrdiff_t offset = first * pool->columns.output * pool->channels;
    laminakernel_unpool(gradient + offset, taps + offset, scratch, &strip);
    laminakernel_add_products(&tiled, scratch, sums);
  }
}
