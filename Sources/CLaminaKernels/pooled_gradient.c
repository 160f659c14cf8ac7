// The gradients of a convolution whose outputs are pooled. In each window of the
// pool one output has a gradient and the others have none, so what the windows of
// those outputs see is all there is to multiply and add.

#include "clones.h"
#include "convolution.h"
#include "sparse_rows.h"

// An output that has a gradient: where it begins to see the image, in numbers.
typedef struct {
  int32_t start;
  float gradient;
} __attribute__((may_alias)) summand;

// How many pooled outputs of a filter are added at once, if there are rows so short.
enum { band_positions = 128 };

static ptrdiff_t gradient_band_rows(const laminakernel_window *pool) {
  ptrdiff_t rows = band_positions / pool->columns.output;
  return rows < 1 ? 1 : least(rows, pool->rows.output);
}

// Scratch memory is that of numbers.
typedef int32_t number_count __attribute__((may_alias));

// For each filter the number of its summands, and room for them.
typedef struct {
  number_count *counts;
  summand *summands;
  ptrdiff_t filters, capacity;
} summand_lists;

static ptrdiff_t list_count(const laminakernel_window *pool) {
  return pool->channels * (1 + 2 * gradient_band_rows(pool) * pool->columns.output);
}

ptrdiff_t laminakernel_pooled_kernel_gradient_scratch(const laminakernel_convolution *convolution,
                                                      const laminakernel_window *pool) {
  ptrdiff_t rows = laminakernel_pooled_rows(pool, 0, gradient_band_rows(pool));
  region_place place = laminakernel_seen_by(convolution, 0, rows);
  return list_count(pool) + place.rows * place.columns * convolution->window.channels;
}

// Lists what the pooled outputs of some rows give to each filter's sums.
INLINE void list_summands(const summand_lists *lists, const tiled_convolution *tiled,
                          const laminakernel_window *pool, const float *gradient,
                          const uint8_t *taps, ptrdiff_t rows) {
  int32_t offsets[256];
  ptrdiff_t size = pool->columns.size;
  for (ptrdiff_t tap = 0; tap < pool->rows.size * size; tap++)
    offsets[tap] = (int32_t)(tap / size * tiled->input_row + tap % size * tiled->input_column);
  for (ptrdiff_t f = 0; f < lists->filters; f++) lists->counts[f] = 0;
  for (ptrdiff_t i = 0; i < rows; i++)
    for (ptrdiff_t j = 0; j < pool->columns.output; j++) {
      int32_t start = (int32_t)(i * pool->rows.stride * tiled->input_row +
                                j * pool->columns.stride * tiled->input_column);
      for (ptrdiff_t first = 0; first < lists->filters; first += flags_in_word) {
        ptrdiff_t count = least(lists->filters - first, flags_in_word);
        uint64_t word = nonzero_values(gradient + first, (size_t)count);
        for (; word; word &= word - 1) {
          ptrdiff_t f = first + __builtin_ctzll(word);
          lists->summands[f * lists->capacity + lists->counts[f]++] =
              (summand){start + offsets[taps[f]], gradient[f]};
        }
      }
      gradient += lists->filters;
      taps += lists->filters;
    }
}

// sums += the pixels of each summand, times its gradient, in `count` vectors, of which
// the last two may overlap: both have the same sums then.
INLINE void add_pixels(const int count, const summand *summands, int32_t length, const float *input,
                       ptrdiff_t width, float *sums) {
  vector sum[vectors];
  const ptrdiff_t last = width - lanes;
  for (int v = 0; v < count - 1; v++) sum[v] = CONSTANT_PLACE(sums + v * lanes);
  sum[count - 1] = CONSTANT_PLACE(sums + last);
  for (int32_t k = 0; k < length; k++) {
    const float *pixels = input + summands[k].start;
    const float scale = summands[k].gradient;
    for (int v = 0; v < count - 1; v++) sum[v] += scale * CONSTANT_PLACE(pixels + v * lanes);
    sum[count - 1] += scale * CONSTANT_PLACE(pixels + last);
  }
  for (int v = 0; v < count - 1; v++) PLACE(sums + v * lanes) = sum[v];
  PLACE(sums + last) = sum[count - 1];
}

// The same for each filter, whose sums are `distance` apart.
INLINE void add_to_filters(const int count, const summand_lists *lists, const float *input,
                           ptrdiff_t width, float *sums, ptrdiff_t distance) {
  if (count == 0) return;
  for (ptrdiff_t f = 0; f < lists->filters; f++)
    add_pixels(count, lists->summands + f * lists->capacity, lists->counts[f], input, width,
               sums + f * distance);
}

INLINE void add_summands(const summand_lists *lists, const tiled_convolution *tiled, float *sums) {
  ptrdiff_t length = tiled->part_length, distance = tiled->lines * tiled->parts * length;
  for (ptrdiff_t line = 0; line < tiled->lines; line++)
    for (ptrdiff_t part = 0; part < tiled->parts; part++, sums += length)
      for (ptrdiff_t column = 0, width; column < length; column += width) {
        width = (ptrdiff_t)next_width((size_t)(length - column));
        const float *input =
            tiled->input + line * tiled->line_distance + part * tiled->part_distance + column;
        WITH_VECTOR_COUNT(width, add_to_filters, lists, input, width, sums + column, distance)
      }
}

PROCESSOR_CLONES
void laminakernel_add_pooled_kernel_gradient(const float *image, const float *gradient,
                                             const uint8_t *taps, float *sums, float *scratch,
                                             const laminakernel_convolution *convolution,
                                             const laminakernel_window *pool) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t band = gradient_band_rows(pool), filters = convolution->filters;
  summand_lists lists = {(number_count *)scratch, (summand *)(scratch + filters), filters,
                         band * pool->columns.output};
  for (ptrdiff_t first = 0; first < pool->rows.output; first += band) {
    ptrdiff_t rows = least(pool->rows.output - first, band);
    ptrdiff_t seen_rows = laminakernel_pooled_rows(pool, first, rows);
    region_place place = laminakernel_seen_by(convolution, first * pool->rows.stride, seen_rows);
    region seen = laminakernel_region(image, window->rows.input, window->columns.input,
                                      window->channels, &place, scratch + list_count(pool));
    tiled_convolution tiled =
        laminakernel_tiled_convolution(convolution, seen, NULL, NULL, seen_rows);
    ptrdiff_t offset = first * pool->columns.output * filters;
    list_summands(&lists, &tiled, pool, gradient + offset, taps + offset, rows);
    add_summands(&lists, &tiled, sums);
  }
}

PROCESSOR_CLONES
void laminakernel_sum_transposed_parts(const float *restrict parts, float *restrict result,
                                       ptrdiff_t pieces, ptrdiff_t part_distance, ptrdiff_t rows,
                                       ptrdiff_t columns, ptrdiff_t part_column) {
  float block[lanes][lanes];
  for (ptrdiff_t column = 0; column < columns; column += lanes)
    for (ptrdiff_t row = 0; row < rows; row += lanes) {
      ptrdiff_t width = least(columns - column, lanes), height = least(rows - row, lanes);
      const float *part = parts + column * part_column + row;
      for (ptrdiff_t j = 0; j < width; j++) {
        for (ptrdiff_t i = 0; i < height; i++) block[j][i] = part[j * part_column + i];
        for (ptrdiff_t piece = 1; piece < pieces; piece++)
          for (ptrdiff_t i = 0; i < height; i++)
            block[j][i] += part[piece * part_distance + j * part_column + i];
      }
      for (ptrdiff_t i = 0; i < height; i++)
        for (ptrdiff_t j = 0; j < width; j++)
          result[(row + i) * columns + column + j] = block[j][i];
    }
}
