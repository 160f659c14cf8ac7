// The gradients of a convolution. The kernel's is a product of what the windows
// see and the outputs' gradient. The image's is a convolution of the outputs'
// gradient with the flipped kernel; strides take the image's pixels apart into
// phases, each of which has the taps of its own.

#include <string.h>

#include "convolution.h"

// Vectors reach beyond the last filter of an output, so where filters are no
// whole vectors a copy is read, with room behind it.
static int needs_copy(const laminakernel_convolution *convolution) {
  return laminakernel_whole_vectors(convolution->filters) != convolution->filters;
}

static ptrdiff_t gradient_band_rows(const laminakernel_convolution *convolution) {
  ptrdiff_t band = laminakernel_band_rows(convolution);
  if (!needs_copy(convolution)) return band;
  ptrdiff_t rows = band_count / (convolution->window.columns.output * convolution->filters);
  return rows < 1 ? 1 : least(rows, band);
}

ptrdiff_t laminakernel_kernel_gradient_scratch(const laminakernel_convolution *convolution) {
  ptrdiff_t seen = laminakernel_convolution_scratch(convolution);
  if (!needs_copy(convolution)) return seen;
  return seen + most_lanes +
         gradient_band_rows(convolution) * convolution->window.columns.output *
             convolution->filters;
}

void laminakernel_add_products(const tiled_convolution *tiled, const float *gradient, float *sums) {
  const tile_kernel *kernel = laminakernel_tile_kernel();
  ptrdiff_t width = laminakernel_whole_vectors(tiled->filters), lanes = kernel->lanes, rows;
  for (ptrdiff_t line = 0; line < tiled->lines; line++)
    for (ptrdiff_t part = 0; part < tiled->parts; part++) {
      const float *input = tiled->input + line * tiled->line_distance + part * tiled->part_distance;
      for (ptrdiff_t i = 0; i < tiled->part_length; i += rows) {
        rows = tile_rows(tiled->part_length - i, kernel->maximum_rows);
        for (ptrdiff_t first = 0; first < width; first += 2 * lanes) {
          tile tile = {
              .a = input + i,
              .a_row = 1,
              .a_step = tiled->input_column,
              .a_run = tiled->input_row,
              .b = gradient + first,
              .b_step = tiled->filters,
              .b_run = tiled->columns * tiled->filters,
              .runs = tiled->rows,
              .run_length = tiled->columns,
              .c = sums + i * width + first,
              .c_row = width,
              .adds = 1,
          };
          kernel->compute(&tile, (int)rows, width - first > lanes ? 2 : 1);
        }
      }
      sums += tiled->part_length * width;
    }
}

void laminakernel_add_kernel_gradient(const float *image, const float *gradient, float *sums,
                                      float *scratch, const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t band = gradient_band_rows(convolution);
  ptrdiff_t output_row = window->columns.output * convolution->filters;
  float *copy = scratch + laminakernel_convolution_scratch(convolution);
  for (ptrdiff_t first = 0; first < window->rows.output; first += band) {
    ptrdiff_t rows = least(window->rows.output - first, band);
    region_place place = laminakernel_seen_by(convolution, first, rows);
    region seen = laminakernel_region(image, window->rows.input, window->columns.input,
                                      window->channels, &place, scratch);
    tiled_convolution tiled = laminakernel_tiled_convolution(convolution, seen, NULL, NULL, rows);
    const float *part = gradient + first * output_row;
    if (needs_copy(convolution)) {
      memcpy(copy, part, (size_t)(rows * output_row) * sizeof *copy);
      memset(copy + rows * output_row, 0, most_lanes * sizeof *copy);
      part = copy;
    }
    laminakernel_add_products(&tiled, part, sums);
  }
}

// What the pixels of one phase see along an axis: pixel `first` + i * stride
// belongs to output `output` + i by tap `tap`, to the one `dilation` before by
// tap + stride, and so on, `taps` in all.
typedef struct {
  ptrdiff_t tap, taps, first, count, output;
} phase;

// The pixels from `start` to `end` that are in a phase, 0 to stride - 1.
static phase phase_of(const laminakernel_axis *axis, ptrdiff_t tap, ptrdiff_t start,
                      ptrdiff_t end) {
  ptrdiff_t stride = axis->stride, remainder = (start + axis->before) % stride;
  ptrdiff_t first = start + (tap - remainder + stride) % stride;
  return (phase){
      .tap = tap,
      .taps = tap < axis->size ? (axis->size - 1 - tap) / stride + 1 : 0,
      .first = first,
      .count = first < end ? (end - 1 - first) / stride + 1 : 0,
      .output = (first + axis->before - tap) / stride,
  };
}

// How far before its own an output may lie that a pixel belongs to. The stride
// or the dilation is 1.
static ptrdiff_t reach(const laminakernel_axis *axis) {
  return (axis->size - 1) * axis->dilation / axis->stride;
}

// The outputs that the pixels from `start` to `end` belong to.
static ptrdiff_t first_output(const laminakernel_axis *axis, ptrdiff_t start) {
  return (start + axis->before) / axis->stride - reach(axis);
}
static ptrdiff_t output_span(const laminakernel_axis *axis, ptrdiff_t start, ptrdiff_t end) {
  return (end - 1 + axis->before) / axis->stride - (start + axis->before) / axis->stride + 1 +
         reach(axis);
}

// How many rows of the image are computed at once.
static ptrdiff_t image_band_rows(const laminakernel_convolution *convolution) {
  const laminakernel_axis *lines = &convolution->window.rows;
  const laminakernel_axis *columns = &convolution->window.columns;
  ptrdiff_t row = output_span(columns, 0, columns->input) * convolution->filters;
  ptrdiff_t rows = (band_count / row - reach(lines) - 1) * lines->stride;
  return rows < 1 ? 1 : least(rows, lines->input);
}

ptrdiff_t laminakernel_input_gradient_scratch(const laminakernel_convolution *convolution) {
  const laminakernel_axis *lines = &convolution->window.rows;
  const laminakernel_axis *columns = &convolution->window.columns;
  ptrdiff_t most_rows = (image_band_rows(convolution) - 1) / lines->stride + 2 + reach(lines);
  return most_rows * output_span(columns, 0, columns->input) * convolution->filters;
}

// packed[line][column][filter][channel] = the kernel's taps of a phase, the last
// one first, in panels of channels.
static float *pack_phase(const float *kernel, float *packed, const phase *lines,
                         const phase *columns, const laminakernel_convolution *convolution) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t filters = convolution->filters, channels = window->channels;
  ptrdiff_t lanes = laminakernel_tile_kernel()->lanes;
  for (ptrdiff_t first = 0; first < channels; first += 2 * lanes) {
    ptrdiff_t count = least(channels - first, 2 * lanes);
    ptrdiff_t width = laminakernel_whole_vectors(count);
    for (ptrdiff_t k = lines->taps - 1; k >= 0; k--)
      for (ptrdiff_t l = columns->taps - 1; l >= 0; l--) {
        ptrdiff_t row = lines->tap + k * window->rows.stride;
        ptrdiff_t column = columns->tap + l * window->columns.stride;
        const float *tap =
            kernel + row * convolution->kernel_row + (column * channels + first) * filters;
        for (ptrdiff_t f = 0; f < filters; f++, packed += width) {
          for (ptrdiff_t c = 0; c < count; c++) packed[c] = tap[c * filters + f];
          for (ptrdiff_t c = count; c < width; c++) packed[c] = 0;
        }
      }
  }
  return packed;
}

void laminakernel_pack_flipped_kernel(const float *kernel, float *packed,
                                      const laminakernel_convolution *convolution) {
  const laminakernel_axis *rows = &convolution->window.rows;
  const laminakernel_axis *columns = &convolution->window.columns;
  for (ptrdiff_t i = 0; i < rows->stride; i++)
    for (ptrdiff_t j = 0; j < columns->stride; j++) {
      phase lines = phase_of(rows, i, 0, rows->input);
      phase across = phase_of(columns, j, 0, columns->input);
      packed = pack_phase(kernel, packed, &lines, &across, convolution);
    }
}

// The pixels of one phase, given the outputs that they belong to.
static tiled_convolution phase_tiles(const laminakernel_convolution *convolution,
                                     const region *outputs, const region_place *place,
                                     const phase *lines, const phase *columns, const float *packed,
                                     float *image_gradient) {
  const laminakernel_window *window = &convolution->window;
  ptrdiff_t filters = convolution->filters, channels = window->channels;
  int is_dilated = window->columns.dilation > 1;
  ptrdiff_t row = lines->output - (lines->taps - 1) * window->rows.dilation - place->first_row;
  ptrdiff_t column =
      columns->output - (columns->taps - 1) * window->columns.dilation - place->first_column;
  return (tiled_convolution){
      .input = outputs->pixels + row * outputs->row + column * filters,
      .input_row = outputs->row,
      .input_column = filters,
      .start = outputs->start,
      .end = outputs->end,
      .lines = lines->taps,
      .line_distance = window->rows.dilation * outputs->row,
      .parts = is_dilated ? columns->taps : 1,
      .part_length = is_dilated ? filters : columns->taps * filters,
      .part_distance = window->columns.dilation * filters,
      .packed = packed,
      .output = image_gradient + (lines->first * window->columns.input + columns->first) * channels,
      .output_row = window->rows.stride * window->columns.input * channels,
      .output_column = window->columns.stride * channels,
      .rows = lines->count,
      .columns = columns->count,
      .filters = channels,
  };
}

void laminakernel_input_gradient(const float *gradient, const float *packed, float *image_gradient,
                                 float *scratch, const laminakernel_convolution *convolution) {
  const laminakernel_axis *rows = &convolution->window.rows;
  const laminakernel_axis *columns = &convolution->window.columns;
  ptrdiff_t band = image_band_rows(convolution);
  ptrdiff_t channels = laminakernel_whole_vectors(convolution->window.channels);
  for (ptrdiff_t start = 0; start < rows->input; start += band) {
    ptrdiff_t end = least(start + band, rows->input);
    region_place place = {first_output(rows, start), output_span(rows, start, end),
                          first_output(columns, 0), output_span(columns, 0, columns->input)};
    region outputs = laminakernel_region(gradient, rows->output, columns->output,
                                         convolution->filters, &place, scratch);
    const float *weights = packed;
    for (ptrdiff_t i = 0; i < rows->stride; i++)
      for (ptrdiff_t j = 0; j < columns->stride; j++) {
        phase lines = phase_of(rows, i, start, end),
              across = phase_of(columns, j, 0, columns->input);
        tiled_convolution tiled =
            phase_tiles(convolution, &outputs, &place, &lines, &across, weights, image_gradient);
        laminakernel_convolve_tiles(&tiled);
        weights += lines.taps * across.taps * convolution->filters * channels;
      }
  }
}
