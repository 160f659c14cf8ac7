#include <math.h>

#include "CLaminaKernels.h"

// Brings an index into 0 ..< size; -1 where the fill value is.
static int64_t inside(int64_t index, int64_t size, laminakernel_fill_mode fill_mode) {
  if (index >= 0 && index < size) return index;
  int64_t remainder;
  switch (fill_mode) {
    case laminakernel_fill_reflect:
      remainder = index % (2 * size);
      if (remainder < 0) remainder += 2 * size;
      return remainder < size ? remainder : 2 * size - 1 - remainder;
    case laminakernel_fill_wrap:
      remainder = index % size;
      return remainder < 0 ? remainder + size : remainder;
    case laminakernel_fill_nearest:
      return index < 0 ? 0 : size - 1;
    case laminakernel_fill_constant:
      break;
  }
  return -1;
}

// Where a coordinate, a x + b y + c, falls on an axis: the neighbours and how much each counts.
struct place {
  int64_t index[2];
  float weight[2];
};

static inline struct place place(const double *map, size_t x, size_t y, size_t size,
                                 const laminakernel_resampling *settings) {
  struct place result = {{0, 0}, {1, 0}};
  if (!settings->is_bilinear) {
    float nearest = (float)map[0] * (float)x + (float)map[1] * (float)y + (float)map[2];
    result.index[0] = inside((int64_t)roundf(nearest), (int64_t)size, settings->fill_mode);
    return result;
  }
  double coordinate = map[0] * (double)x + map[1] * (double)y + map[2];
  // The largest integer below, without a call of floor.
  int64_t lower = (int64_t)coordinate;
  lower -= (double)lower > coordinate;
  result.index[0] = inside(lower, (int64_t)size, settings->fill_mode);
  result.index[1] = inside(lower + 1, (int64_t)size, settings->fill_mode);
  double share = coordinate - (double)lower;
  result.weight[1] = (float)share;
  result.weight[0] = (float)(1 - share);
  return result;
}

// The pixels that an output is made of: where they begin in the image, -1 for
// the fill value, and how much each counts.
struct neighbours {
  int count;
  int64_t offset[4];
  float weight[4];
};

static inline struct neighbours neighbours(size_t x, size_t y,
                                           const laminakernel_resampling *settings) {
  struct place column = place(settings->map, x, y, settings->width, settings);
  struct place row = place(settings->map + 3, x, y, settings->height, settings);
  struct neighbours result = {.count = settings->is_bilinear ? 4 : 1};
  int64_t width = (int64_t)settings->width, channels = (int64_t)settings->channels;
  for (int k = 0; k < result.count; k++) {
    int64_t r = row.index[k / 2], c = column.index[k % 2];
    result.offset[k] = r < 0 || c < 0 ? -1 : (r * width + c) * channels;
    result.weight[k] = row.weight[k / 2] * column.weight[k % 2];
  }
  return result;
}

void laminakernel_resample(const float *restrict image, float *restrict output,
                           const laminakernel_resampling *settings) {
  size_t channels = settings->channels;
  for (size_t y = 0; y < settings->height; y++) {
    for (size_t x = 0; x < settings->width; x++, output += channels) {
      struct neighbours from = neighbours(x, y, settings);
      for (size_t c = 0; c < channels; c++) {
        float sum = 0;
        for (int k = 0; k < from.count; k++) {
          int64_t offset = from.offset[k];
          sum += from.weight[k] * (offset < 0 ? settings->fill_value : image[(size_t)offset + c]);
        }
        output[c] = sum;
      }
    }
  }
}

void laminakernel_resample_gradient(const float *restrict gradient, float *restrict result,
                                    const laminakernel_resampling *settings) {
  size_t channels = settings->channels, count = settings->height * settings->width * channels;
  for (size_t i = 0; i < count; i++) result[i] = 0;
  for (size_t y = 0; y < settings->height; y++) {
    for (size_t x = 0; x < settings->width; x++, gradient += channels) {
      struct neighbours to = neighbours(x, y, settings);
      for (int k = 0; k < to.count; k++) {
        if (to.offset[k] < 0) continue;
        float *pixel = result + to.offset[k];
        for (size_t c = 0; c < channels; c++) pixel[c] += to.weight[k] * gradient[c];
      }
    }
  }
}
