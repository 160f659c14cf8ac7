// Whether it pays to skip a matrix's zeros, and whether it may be done.
#include "CLaminaKernels.h"
#include "clones.h"
#include "sparse_rows.h"

enum {
  pieces = 16,
  piece = flags_in_word,
  // Of more rows the first so many are looked at: later ones may have to come from memory,
  // one wait for each piece.
  most_rows = 64,
};

// Where piece i of a matrix of more elements than all pieces together begins. Rows
// are taken in equal steps, and places in them by the golden ratio: pieces that
// follow the rows' rhythm would see the same columns of each.
INLINE size_t piece_offset(size_t i, size_t rows, size_t columns) {
  const uint64_t turn = (uint32_t)(i * 0x9e3779b9u);
  const size_t row = i * rows / pieces;
  const size_t column = columns > piece ? (size_t)(turn * (columns - piece + 1) >> 32) : 0;
  const size_t offset = row * columns + column, last = rows * columns - piece;
  return offset < last ? offset : last;
}

INLINE float density(const float *values, const uint8_t *bytes, size_t rows, size_t columns) {
  const size_t most = pieces * piece;
  if (columns >= piece && rows > most_rows) rows = most_rows;
  const size_t total = rows * columns;
  size_t count = 0;
  for (size_t i = 0; i < pieces && (total > most || i * piece < total); i++) {
    const size_t offset = total > most ? piece_offset(i, rows, columns) : i * piece;
    const size_t left = total - offset;
    const uint64_t flags = nonzero(values, bytes, offset, left < piece ? left : piece);
    count += (size_t)__builtin_popcountll(flags);
  }
  return (float)count / (float)(total < most ? total : most);
}

PROCESSOR_CLONES
float laminakernel_density(const float *matrix, size_t rows, size_t columns) {
  return density(matrix, NULL, rows, columns);
}

PROCESSOR_CLONES
float laminakernel_density_bytes(const uint8_t *matrix, size_t rows, size_t columns) {
  return density(NULL, matrix, rows, columns);
}

PROCESSOR_CLONES
int laminakernel_are_finite(const float *values, size_t count) { return are_finite(values, count); }
