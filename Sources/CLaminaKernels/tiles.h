// A tile of a matrix product, the piece that stays in the processor's vector
// registers while it is summed up. Dense layers, convolutions and their
// gradients are loops over tiles.
#ifndef LAMINA_TILES_H
#define LAMINA_TILES_H

#include <stddef.h>

// c[i][j] = start + sum over k of a[i][k] b[k][j]. The shared axis k comes in
// `runs` of `run_length`: a convolution's window is one run for each of its
// rows. Distances are in numbers, not bytes.
typedef struct {
  const float *a;
  ptrdiff_t a_row, a_step, a_run;  // to the next i, the next k, the next run
  const float *b;                  // `vectors` whole vectors are read at each k
  ptrdiff_t b_step, b_run;
  ptrdiff_t runs, run_length;
  float *c;  // `vectors` whole vectors are written in each row
  ptrdiff_t c_row;
  const float *bias;  // added to a row's sum, whole vectors too; NULL for zeros
  int adds;           // the sum is added to c; there is no bias then
  int clips;          // negative results become 0: relu
} tile;

// How tiles are computed on this processor.
typedef struct {
  int lanes;         // numbers of a vector
  int maximum_rows;  // of a tile; the registers hold so many, times two vectors
  // rows: 1 to maximum_rows; vectors: 1 or 2
  void (*compute)(const tile *tile, int rows, int vectors);
} tile_kernel;

// As many as any kernel has, for buffers of whole vectors and tiles.
enum { most_lanes = 16, most_tile_rows = 14 };

// The best that the processor has; the same at every call.
const tile_kernel *laminakernel_tile_kernel(void);

static inline ptrdiff_t least(ptrdiff_t a, ptrdiff_t b) { return a < b ? a : b; }

// How many rows the next tile takes where `rows` are left: tiles of one length,
// as far as that goes, since small ones leave the registers empty.
static inline ptrdiff_t tile_rows(ptrdiff_t rows, int maximum) {
  ptrdiff_t tiles = (rows + maximum - 1) / maximum;
  return (rows + tiles - 1) / tiles;
}

#endif
