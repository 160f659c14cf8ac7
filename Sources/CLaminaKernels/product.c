// A product of matrices of any size, as a loop over tiles. b is read where it
// stands, two vectors of columns at a time. What tiles cannot read there is
// packed: a transposed b, and a last vector that has not all its columns.
//
// Each sum is added up in the order of the shared axis, so the same rows have
// the same bits however they are split among blocks and threads.

#include <string.h>

#include "CLaminaKernels.h"
#include "tiles.h"
#include "vectors.h"

typedef laminakernel_product product;

enum {
  // Of the shared axis: the part of b that is passed then has 64 KB at most.
  steps_at_once = 512,
  // Numbers of a that are passed again and again, 512 KB: they stay in the
  // second-level cache.
  passed_again = 1 << 17,
  // Rows of b that are a multiple of this apart, 2 KB, compete for few places of
  // the cache, and packing them pays if so many tiles read them.
  crowded_step = 512,
  enough_tiles = 20,
  most_columns = 2 * most_lanes,
};

// Some rows and columns of c, and a part of their sums.
typedef struct {
  ptrdiff_t row, rows, column, columns, step, steps;
} block;

// Rows of b, as a tile reads them.
typedef struct {
  const float *b;
  ptrdiff_t b_step, steps;
} strip;

// The vectors that cover a block's columns, and where they are read.
typedef struct {
  int vectors;
  ptrdiff_t width;
  strip strips[2];
  int strip_count;
} panel;

typedef float four __attribute__((vector_size(16)));
typedef float four_anywhere __attribute__((vector_size(16), aligned(4), may_alias));

static inline four load_four(const float *from) { return *(const four_anywhere *)from; }
static inline void store_four(float *to, four numbers) { *(four_anywhere *)to = numbers; }

static inline void copy_numbers(float *to, const float *from, ptrdiff_t count) {
  if (count < 4) {
    for (ptrdiff_t i = 0; i < count; i++) to[i] = from[i];
    return;
  }
  for (ptrdiff_t i = 0; i < count - 4; i += 4) store_four(to + i, load_four(from + i));
  store_four(to + count - 4, load_four(from + count - 4));
}

static inline void copy_rows(float *to, ptrdiff_t to_row, const float *from, ptrdiff_t from_row,
                             ptrdiff_t rows, ptrdiff_t columns) {
  for (ptrdiff_t i = 0; i < rows; i++) copy_numbers(to + i * to_row, from + i * from_row, columns);
}

// to[j][i] = from[i][j], four rows and four columns
static inline void transpose_four(float *to, ptrdiff_t to_row, const float *from,
                                  ptrdiff_t from_row) {
  four a = load_four(from), b = load_four(from + from_row);
  four c = load_four(from + 2 * from_row), d = load_four(from + 3 * from_row);
  four ab = __builtin_shufflevector(a, b, 0, 4, 1, 5),
       cd = __builtin_shufflevector(c, d, 0, 4, 1, 5);
  store_four(to, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
  store_four(to + to_row, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
  ab = __builtin_shufflevector(a, b, 2, 6, 3, 7), cd = __builtin_shufflevector(c, d, 2, 6, 3, 7);
  store_four(to + 2 * to_row, __builtin_shufflevector(ab, cd, 0, 1, 4, 5));
  store_four(to + 3 * to_row, __builtin_shufflevector(ab, cd, 2, 3, 6, 7));
}

// to[j][i] = from[i][j]
static void transpose(float *to, ptrdiff_t to_row, const float *from, ptrdiff_t from_row,
                      ptrdiff_t rows, ptrdiff_t columns) {
  ptrdiff_t whole_rows = rows & ~3, whole_columns = columns & ~3;
  for (ptrdiff_t i = 0; i < whole_rows; i += 4) {
    for (ptrdiff_t j = 0; j < whole_columns; j += 4)
      transpose_four(to + j * to_row + i, to_row, from + i * from_row + j, from_row);
    for (ptrdiff_t j = whole_columns; j < columns; j++)
      for (ptrdiff_t k = i; k < i + 4; k++) to[j * to_row + k] = from[k * from_row + j];
  }
  for (ptrdiff_t i = whole_rows; i < rows; i++)
    for (ptrdiff_t j = 0; j < columns; j++) to[j * to_row + i] = from[i * from_row + j];
}

// How many of the block's last rows of b are packed.
static ptrdiff_t packed_steps(const product *p, const tile_kernel *kernel, const block *at,
                              ptrdiff_t width) {
  if (p->b_column != 1) return at->steps;
  if (at->columns == width) {
    int is_crowded = p->b_step % crowded_step == 0;
    return is_crowded && at->rows >= enough_tiles * kernel->maximum_rows ? at->steps : 0;
  }
  // A vector that goes beyond its row reads from the next one what nobody uses;
  // the last rows have none behind them. Where it costs less, all are packed.
  if (at->rows >= at->steps) return at->steps;
  ptrdiff_t numbers = (p->shared - at->step - 1) * p->b_step + p->columns - at->column;
  ptrdiff_t readable = numbers < width ? 0 : (numbers - width) / p->b_step + 1;
  return at->steps - least(readable, at->steps);
}

static panel make_panel(const product *p, const tile_kernel *kernel, const block *at,
                        float *packed) {
  panel panel = {.vectors = at->columns > kernel->lanes ? 2 : 1};
  panel.width = panel.vectors * kernel->lanes;
  const float *b = p->b + at->step * p->b_step + at->column * p->b_column;
  ptrdiff_t packed_count = packed_steps(p, kernel, at, panel.width);
  ptrdiff_t read_count = at->steps - packed_count;
  if (read_count > 0 || at->steps == 0)
    panel.strips[panel.strip_count++] = (strip){b, p->b_step, read_count};
  if (packed_count > 0) {
    if (at->columns < panel.width)
      memset(packed, 0, (size_t)(packed_count * panel.width) * sizeof *packed);
    if (p->b_column == 1) {
      copy_rows(packed, panel.width, b + read_count * p->b_step, p->b_step, packed_count,
                at->columns);
    } else {
      transpose(packed, panel.width, b, p->b_column, at->columns, packed_count);
    }
    panel.strips[panel.strip_count++] = (strip){packed, panel.width, packed_count};
  }
  return panel;
}

// A tile adds a bias to sums that it begins and ends; to others it is added here.
static void finish_rows(const tile *tile, const float *bias, int clips, int rows, ptrdiff_t width) {
  for (int i = 0; i < rows; i++) {
    float *c = tile->c + i * tile->c_row;
    for (ptrdiff_t j = 0; j < width; j += 4) {
      four sum = load_four(c + j) + load_four(bias + j);
      store_four(c + j, clips ? RELU(sum) : sum);
    }
  }
}

// One tile of c; `tile->c` is there, or in a buffer for it.
static void compute_tile(const product *p, const tile_kernel *kernel, const block *at,
                         const panel *panel, tile *tile, const float *bias, int rows) {
  int starts = at->step == 0, ends = at->step + at->steps == p->shared;
  int is_whole = starts && ends && panel->strip_count == 1;
  tile->bias = is_whole ? bias : NULL;
  for (int i = 0; i < panel->strip_count; i++) {
    const strip *strip = &panel->strips[i];
    tile->b = strip->b;
    tile->b_step = strip->b_step;
    tile->run_length = strip->steps;
    tile->adds = !starts || i > 0;
    tile->clips = p->clips && ends && i == panel->strip_count - 1 && (is_whole || !bias);
    kernel->compute(tile, rows, panel->vectors);
    tile->a += strip->steps * tile->a_step;
  }
  if (bias && ends && !is_whole) finish_rows(tile, bias, p->clips, rows, panel->width);
}

static void compute_block(const product *p, const tile_kernel *kernel, const block *at) {
  _Alignas(64) float packed[steps_at_once * most_columns];
  _Alignas(64) float sums[most_tile_rows * most_columns], whole_bias[most_columns];
  panel panel = make_panel(p, kernel, at, packed);
  int is_partial = at->columns < panel.width;
  const float *bias = p->bias ? p->bias + at->column : NULL;
  if (is_partial) memset(sums, 0, sizeof sums);
  if (is_partial && bias) {
    memset(whole_bias, 0, sizeof whole_bias);
    copy_numbers(whole_bias, bias, at->columns);
    bias = whole_bias;
  }
  tile tile = {.a_row = p->a_row,
               .a_step = p->a_step,
               .runs = 1,
               .c_row = is_partial ? panel.width : p->columns};
  // As tile_rows has it, with fewer divisions.
  ptrdiff_t tiles = (at->rows + kernel->maximum_rows - 1) / kernel->maximum_rows;
  ptrdiff_t rows = at->rows / tiles + 1, longer_tiles = at->rows % tiles;
  for (ptrdiff_t row = at->row, i = 0; i < tiles; i++, row += rows) {
    if (i == longer_tiles) rows--;
    float *c = p->c + row * p->columns + at->column;
    tile.a = p->a + row * p->a_row + at->step * p->a_step;
    tile.c = is_partial ? sums : c;
    if (is_partial && at->step > 0) copy_rows(sums, panel.width, c, p->columns, rows, at->columns);
    compute_tile(p, kernel, at, &panel, &tile, bias, (int)rows);
    if (is_partial) copy_rows(c, p->columns, sums, panel.width, rows, at->columns);
  }
}

void laminakernel_compute_product(const laminakernel_product *p) {
  const tile_kernel *kernel = laminakernel_tile_kernel();
  block at = {0};
  // Also once where there is nothing to sum up.
  do {
    at.steps = p->shared > 0 ? tile_rows(p->shared - at.step, steps_at_once) : 0;
    ptrdiff_t rows_at_once = at.steps > 0 ? passed_again / at.steps : p->rows;
    for (at.row = 0; at.row < p->rows; at.row += at.rows) {
      at.rows = least(p->rows - at.row, rows_at_once);
      for (at.column = 0; at.column < p->columns; at.column += at.columns) {
        at.columns = least(p->columns - at.column, 2 * kernel->lanes);
        compute_block(p, kernel, &at);
      }
    }
    at.step += at.steps;
  } while (at.step < p->shared);
}
