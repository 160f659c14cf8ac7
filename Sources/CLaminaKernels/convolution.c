#include "CLaminaKernels.h"
#include "clones.h"
#include "window.h"

// A window's place: its image, and its first row and column there, which lie
// outside where there is padding.
typedef struct {
  ptrdiff_t image, row, column;
} place;

static inline place place_of(size_t position, const laminakernel_window *window) {
  ptrdiff_t columns = window->columns.output, rows = window->rows.output;
  ptrdiff_t line = (ptrdiff_t)position / columns;
  return (place){line / rows, line % rows, (ptrdiff_t)position % columns};
}

static inline void step(place *place, const laminakernel_window *window) {
  if (++place->column < window->columns.output) return;
  place->column = 0;
  if (++place->row < window->rows.output) return;
  place->row = 0;
  place->image++;
}

PROCESSOR_CLONES
void laminakernel_gather_patches(const float *restrict images, float *restrict patches,
                                 size_t first, size_t count, const laminakernel_window *window) {
  ptrdiff_t channels = window->channels, width = window->columns.input;
  ptrdiff_t dilation = window->columns.dilation, row_count = window->columns.size * channels;
  place place = place_of(first, window);
  for (size_t i = 0; i < count; i++, step(&place, window)) {
    range inside = taps_inside(&window->columns, place.column);
    ptrdiff_t left = place.column * window->columns.stride - window->columns.before;
    for (ptrdiff_t k = 0; k < window->rows.size; k++, patches += row_count) {
      ptrdiff_t row = input_of(&window->rows, place.row, k);
      if (row < 0 || row >= window->rows.input) {
        for (ptrdiff_t j = 0; j < row_count; j++) patches[j] = 0;
        continue;
      }
      const float *pixels = images + (place.image * window->rows.input + row) * width * channels;
      for (ptrdiff_t j = 0; j < inside.start * channels; j++) patches[j] = 0;
      if (dilation == 1) {
        const float *source = pixels + left * channels;
        for (ptrdiff_t j = inside.start * channels; j < inside.end * channels; j++)
          patches[j] = source[j];
      } else {
        for (ptrdiff_t tap = inside.start; tap < inside.end; tap++)
          for (ptrdiff_t c = 0; c < channels; c++)
            patches[tap * channels + c] = pixels[(left + tap * dilation) * channels + c];
      }
      for (ptrdiff_t j = inside.end * channels; j < row_count; j++) patches[j] = 0;
    }
  }
}

PROCESSOR_CLONES
void laminakernel_add_patches(const float *restrict patches, float *restrict images, size_t first,
                              size_t count, const laminakernel_window *window) {
  ptrdiff_t channels = window->channels, width = window->columns.input;
  ptrdiff_t dilation = window->columns.dilation, row_count = window->columns.size * channels;
  place place = place_of(first, window);
  for (size_t i = 0; i < count; i++, step(&place, window)) {
    range inside = taps_inside(&window->columns, place.column);
    ptrdiff_t left = place.column * window->columns.stride - window->columns.before;
    for (ptrdiff_t k = 0; k < window->rows.size; k++, patches += row_count) {
      ptrdiff_t row = input_of(&window->rows, place.row, k);
      if (row < 0 || row >= window->rows.input) continue;
      float *pixels = images + (place.image * window->rows.input + row) * width * channels;
      if (dilation == 1) {
        float *target = pixels + left * channels;
        for (ptrdiff_t j = inside.start * channels; j < inside.end * channels; j++)
          target[j] += patches[j];
      } else {
        for (ptrdiff_t tap = inside.start; tap < inside.end; tap++)
          for (ptrdiff_t c = 0; c < channels; c++)
            pixels[(left + tap * dilation) * channels + c] += patches[tap * channels + c];
      }
    }
  }
}

PROCESSOR_CLONES
void laminakernel_add_column_sums(const float *restrict matrix, float *restrict sums, size_t rows,
                                  size_t columns) {
  enum { block_rows = 256, block_columns = 64 };
  float block[block_columns];
  for (size_t row = 0; row < rows; row += block_rows) {
    size_t end = rows - row < block_rows ? rows : row + block_rows;
    for (size_t column = 0; column < columns; column += block_columns) {
      size_t width = columns - column < block_columns ? columns - column : block_columns;
      for (size_t j = 0; j < width; j++) block[j] = 0;
      for (size_t i = row; i < end; i++)
        for (size_t j = 0; j < width; j++) block[j] += matrix[i * columns + column + j];
      for (size_t j = 0; j < width; j++) sums[column + j] += block[j];
    }
  }
}
