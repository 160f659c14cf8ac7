// Windows that slide over images.
#ifndef LAMINAKERNEL_WINDOWS_H
#define LAMINAKERNEL_WINDOWS_H

#include <stddef.h>

// How a window slides along one axis: tap k of the window at output i sees
// input i * stride - before + k * dilation, or nothing where there is none.
typedef struct {
  ptrdiff_t input, size, stride, dilation, output, before;
} laminakernel_axis;

// A window over images of [rows.input, columns.input, channels]. Its positions
// are counted through all images, each row by row.
typedef struct {
  laminakernel_axis rows, columns;
  ptrdiff_t channels;
} laminakernel_window;

#endif
