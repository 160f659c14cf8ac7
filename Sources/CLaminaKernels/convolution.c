#include "convolution.h"

#include <string.h>

ptrdiff_t laminakernel_whole_vectors(ptrdiff_t count) {
  ptrdiff_t lanes = laminakernel_tile_kernel()->lanes;
  return (count + lanes - 1) / lanes * lanes;
}

// The inputs from the first to the last that windows at `count` outputs see.
static ptrdiff_t span(const laminakernel_axis *axis, ptrdiff_t count) {
  return (count - 1) * axis->stride + (axis->size - 1) * axis->dilation + 1;
}

region_place laminakernel_seen_by(const laminakernel_convolution *convolution, ptrdiff_t first_row,
                                  ptrdiff_t rows) {
  const laminakernel_axis *lines = &convolution->window.rows;
  const laminakernel_axis *columns = &convolution->window.columns;
  return (region_place){first_row * lines->stride - lines->before, span(lines, rows),
                        -columns->before, span(columns, columns->output)};
}

static int lies_inside(const region_place *place, ptrdiff_t height, ptrdiff_t width) {
  return place->first_row >= 0 && place->first_row + place->rows <= height &&
         place->first_column >= 0 && place->first_column + place->columns <= width;
}

ptrdiff_t laminakernel_band_rows(const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  region_place all = laminakernel_seen_by(convolution, 0, window->rows.output);
  if (lies_inside(&all, window->rows.input, window->columns.input)) return window->rows.output;
  ptrdiff_t lines = band_count / (all.columns * window->channels) - span(&window->rows, 1);
  ptrdiff_t rows = lines < 0 ? 1 : lines / window->rows.stride + 1;
  return least(rows, window->rows.output);
}

ptrdiff_t laminakernel_convolution_scratch(const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  region_place all = laminakernel_seen_by(convolution, 0, window->rows.output);
  if (lies_inside(&all, window->rows.input, window->columns.input)) return 0;
  return span(&window->rows, laminakernel_band_rows(convolution)) * all.columns * window->channels;
}

region laminakernel_region(const float *image, ptrdiff_t height, ptrdiff_t width,
                           ptrdiff_t channels, const region_place *place, float *scratch) {
  if (lies_inside(place, height, width)) {
    const float *pixels = image + (place->first_row * width + place->first_column) * channels;
    ptrdiff_t row = width * channels;
    return (region){pixels, row, pixels, pixels + place->rows * row};
  }
  ptrdiff_t start = place->first_column < 0 ? -place->first_column : 0;
  ptrdiff_t end = width - place->first_column;
  if (start > place->columns) start = place->columns;
  if (end > place->columns) end = place->columns;
  if (end < start) end = start;
  size_t pixel = (size_t)channels * sizeof(float);
  float *copy = scratch;
  for (ptrdiff_t i = place->first_row; i < place->first_row + place->rows; i++) {
    if (i < 0 || i >= height) {
      memset(copy, 0, (size_t)place->columns * pixel);
    } else {
      const float *row = image + (i * width + place->first_column + start) * channels;
      memset(copy, 0, (size_t)start * pixel);
      memcpy(copy + start * channels, row, (size_t)(end - start) * pixel);
      memset(copy + end * channels, 0, (size_t)(place->columns - end) * pixel);
    }
    copy += place->columns * channels;
  }
  ptrdiff_t row = place->columns * channels, above = place->first_row < 0 ? -place->first_row : 0;
  ptrdiff_t seen = least(height - place->first_row, place->rows);
  return (region){scratch, row, scratch + above * row, scratch + seen * row};
}

void laminakernel_pack_kernel(const float *kernel, float *packed,
                              const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t filters = convolution->filters, lanes = laminakernel_tile_kernel()->lanes;
  for (ptrdiff_t first = 0; first < filters; first += 2 * lanes) {
    ptrdiff_t count = least(filters - first, 2 * lanes);
    ptrdiff_t width = laminakernel_whole_vectors(count);
    for (ptrdiff_t k = 0; k < window->rows.size; k++) {
      const float *weights = kernel + k * convolution->kernel_row + first;
      for (ptrdiff_t i = 0; i < window->columns.size * window->channels; i++, packed += width) {
        memcpy(packed, weights + i * filters, (size_t)count * sizeof *packed);
        for (ptrdiff_t j = count; j < width; j++) packed[j] = 0;
      }
    }
  }
}

tiled_convolution laminakernel_tiled_convolution(const laminakernel_convolution *convolution,
                                                 region seen, const float *packed,
                                                 const float *bias, ptrdiff_t rows) {
  const laminakernel_axis *lines = &convolution->window.rows;
  const laminakernel_axis *columns = &convolution->window.columns;
  ptrdiff_t channels = convolution->window.channels;
  int is_dilated = columns->dilation > 1;
  return (tiled_convolution){
      .input = seen.pixels,
      .input_row = lines->stride * seen.row,
      .input_column = columns->stride * channels,
      .start = seen.start,
      .end = seen.end,
      .lines = lines->size,
      .line_distance = lines->dilation * seen.row,
      .parts = is_dilated ? columns->size : 1,
      .part_length = is_dilated ? channels : columns->size * channels,
      .part_distance = columns->dilation * channels,
      .packed = packed,
      .bias = bias,
      .rows = rows,
      .columns = columns->output,
      .filters = convolution->filters,
  };
}

panel laminakernel_panel(const tiled_convolution *convolution, ptrdiff_t first) {
  ptrdiff_t lanes = laminakernel_tile_kernel()->lanes, left = convolution->filters - first;
  ptrdiff_t taps = convolution->lines * convolution->parts * convolution->part_length;
  panel panel = {.first = first,
                 .count = least(left, 2 * lanes),
                 .vectors = left > lanes ? 2 : 1,
                 .weights = convolution->packed + first * taps};
  panel.width = panel.vectors * lanes;
  for (ptrdiff_t j = 0; j < panel.count; j++)
    panel.bias[j] = convolution->bias ? convolution->bias[first + j] : 0;
  return panel;
}

// What the windows of a row see: lines of the image, and their weights.
typedef struct {
  const float *input, *weights;
  ptrdiff_t lines;
} seen_lines;

static seen_lines lines_of(const tiled_convolution *convolution, const panel *panel,
                           ptrdiff_t row) {
  seen_lines seen = {convolution->input + row * convolution->input_row, panel->weights,
                     convolution->lines};
  ptrdiff_t line = convolution->parts * convolution->part_length * panel->width;
  for (; seen.lines > 0 && seen.input < convolution->start; seen.lines--) {
    seen.input += convolution->line_distance;
    seen.weights += line;
  }
  while (seen.lines > 0 &&
         seen.input + (seen.lines - 1) * convolution->line_distance >= convolution->end)
    seen.lines--;
  return seen;
}

// One tile: `count` windows of a row, from `column` on.
static void convolve_windows(const tiled_convolution *convolution, const panel *panel,
                             const seen_lines *seen, ptrdiff_t column, int count, float *outputs,
                             ptrdiff_t distance) {
  tile tile = {
      .a = seen->input + column * convolution->input_column,
      .a_row = convolution->input_column,
      .a_step = 1,
      .a_run = convolution->line_distance,
      .b = seen->weights,
      .b_step = panel->width,
      .b_run = convolution->parts * convolution->part_length * panel->width,
      .runs = seen->lines,
      .run_length = convolution->part_length,
      .c = outputs,
      .c_row = distance,
      .bias = panel->bias,
      .clips = convolution->clips && convolution->parts == 1,
  };
  const tile_kernel *kernel = laminakernel_tile_kernel();
  kernel->compute(&tile, count, panel->vectors);
  for (ptrdiff_t part = 1; part < convolution->parts; part++) {
    tile.a += convolution->part_distance;
    tile.b += convolution->part_length * panel->width;
    tile.adds = 1;
    tile.clips = convolution->clips && part == convolution->parts - 1;
    kernel->compute(&tile, count, panel->vectors);
  }
}

void laminakernel_convolve_row(const tiled_convolution *convolution, const panel *panel,
                               ptrdiff_t row, float *outputs, ptrdiff_t distance) {
  int maximum = laminakernel_tile_kernel()->maximum_rows;
  seen_lines seen = lines_of(convolution, panel, row);
  ptrdiff_t count;
  for (ptrdiff_t j = 0; j < convolution->columns; j += count) {
    count = tile_rows(convolution->columns - j, maximum);
    convolve_windows(convolution, panel, &seen, j, (int)count, outputs + j * distance, distance);
  }
}

// The same where vectors are longer than the panel: by way of a buffer.
static void convolve_part_of_row(const tiled_convolution *convolution, const panel *panel,
                                 ptrdiff_t row, float *outputs) {
  float buffer[most_tile_rows * 2 * most_lanes];
  int maximum = laminakernel_tile_kernel()->maximum_rows;
  seen_lines seen = lines_of(convolution, panel, row);
  ptrdiff_t count;
  for (ptrdiff_t j = 0; j < convolution->columns; j += count) {
    count = tile_rows(convolution->columns - j, maximum);
    convolve_windows(convolution, panel, &seen, j, (int)count, buffer, panel->width);
    for (ptrdiff_t i = 0; i < count; i++)
      memcpy(outputs + (j + i) * convolution->output_column, buffer + i * panel->width,
             (size_t)panel->count * sizeof *buffer);
  }
}

// Whether all lines of all windows are seen.
static int sees_all(const tiled_convolution *convolution) {
  const float *last = convolution->input + (convolution->rows - 1) * convolution->input_row +
                      (convolution->lines - 1) * convolution->line_distance;
  return convolution->input >= convolution->start && last < convolution->end;
}

void laminakernel_convolve_tiles(const tiled_convolution *convolution) {
  tiled_convolution tiled = *convolution;
  // Windows that follow each other from row to row are one long row.
  if (sees_all(&tiled) && tiled.input_row == tiled.columns * tiled.input_column &&
      tiled.output_row == tiled.columns * tiled.output_column) {
    tiled.columns *= tiled.rows;
    tiled.rows = 1;
  }
  ptrdiff_t width = 2 * laminakernel_tile_kernel()->lanes;
  for (ptrdiff_t first = 0; first < tiled.filters; first += width) {
    panel panel = laminakernel_panel(&tiled, first);
    for (ptrdiff_t i = 0; i < tiled.rows; i++) {
      float *outputs = tiled.output + i * tiled.output_row + first;
      if (panel.count == panel.width) {
        laminakernel_convolve_row(&tiled, &panel, i, outputs, tiled.output_column);
      } else {
        convolve_part_of_row(&tiled, &panel, i, outputs);
      }
    }
  }
}

void laminakernel_convolve(const float *image, const float *packed, const float *bias,
                           float *outputs, ptrdiff_t first_row, ptrdiff_t rows, int clips,
                           float *scratch, const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t band = laminakernel_band_rows(convolution);
  ptrdiff_t output_row = window->columns.output * convolution->filters;
  for (ptrdiff_t first = 0; first < rows; first += band) {
    ptrdiff_t count = least(rows - first, band);
    region_place place = laminakernel_seen_by(convolution, first_row + first, count);
    region seen = laminakernel_region(image, window->rows.input, window->columns.input,
                                      window->channels, &place, scratch);
    tiled_convolution tiled =
        laminakernel_tiled_convolution(convolution, seen, packed, bias, count);
    tiled.clips = clips;
    tiled.output = outputs + first * output_row;
    tiled.output_row = output_row;
    tiled.output_column = convolution->filters;
    laminakernel_convolve_tiles(&tiled);
  }
}
