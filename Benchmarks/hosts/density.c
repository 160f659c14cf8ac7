// A dense layer's two ways, by its input's density: skipping zeros, and the dense product. Then
// what an input without zeros loses to the question. Prints JSON: microseconds by size and
// density, and the share that is lost by size.
#include <CLaminaKernels.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "turns.h"

// Samples that go round, so that no call has the zeros of the last one; as many numbers as the
// second-level cache holds.
enum { most_samples = 128, piece_rows = 128 };

typedef struct {
  size_t rows, features, columns;
  /// Whether the weights are looked through for infinities at each call, as in training; a
  /// prediction knows.
  bool checks;
} Size;

typedef struct {
  Size size;
  const float *inputs, *weights, *bias;
  float *outputs;
  size_t batches, calls;
} Layer;

static const Size sizes[] = {{1, 784, 128, false}, {32, 784, 128, true}, {1024, 784, 128, false}};
static const Size dense_sizes[] = {{1, 784, 128, false}, {32, 784, 128, true}, {32, 128, 64, true}};

static void skip_zeros(const Layer *l, const float *x, float *y, size_t rows) {
  laminakernel_sparse_product(x, l->weights, l->bias, y, rows, l->size.features, l->size.columns,
                              true, l->size.checks);
}

static void multiply(const Layer *l, const float *x, float *y, size_t rows) {
  if (rows == 1) {
    laminakernel_vector_product(x, l->weights, l->bias, y, l->size.features, l->size.columns, true);
    return;
  }
  ptrdiff_t features = (ptrdiff_t)l->size.features, columns = (ptrdiff_t)l->size.columns;
  laminakernel_product product = {.rows = (ptrdiff_t)rows,
                                  .columns = columns,
                                  .shared = features,
                                  .a = x,
                                  .a_row = features,
                                  .a_step = 1,
                                  .b = l->weights,
                                  .b_step = columns,
                                  .b_column = 1,
                                  .c = y,
                                  .bias = l->bias,
                                  .clips = true};
  laminakernel_compute_product(&product);
}

/// As Sources/Lamina/Kernels/DenseProduct.swift does.
static void choose(const Layer *l, const float *x, float *y, size_t rows) {
  if (laminakernel_density(x, rows, l->size.features) < SKIPPING_DENSITY)
    skip_zeros(l, x, y, rows);
  else
    multiply(l, x, y, rows);
}

/// The next batch, in pieces as a prediction has them.
static void each_piece(Layer *l, void (*compute)(const Layer *, const float *, float *, size_t)) {
  const float *x = l->inputs + l->calls++ % l->batches * l->size.rows * l->size.features;
  for (size_t row = 0; row < l->size.rows; row += piece_rows) {
    size_t left = l->size.rows - row;
    compute(l, x + row * l->size.features, l->outputs + row * l->size.columns,
            left < piece_rows ? left : piece_rows);
  }
}

static void skipping(void *layer) { each_piece(layer, skip_zeros); }
static void densely(void *layer) { each_piece(layer, multiply); }
static void choosing(void *layer) { each_piece(layer, choose); }

/// Numbers from 0 to 1, of which so large a share is not zero; the same at each run.
static void fill(float *values, size_t count, double density) {
  uint64_t state = 1;
  for (size_t index = 0; index < count; index++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    double uniform = (double)(state >> 40) / (1 << 24);
    values[index] = uniform < density ? (float)(1 - uniform) : 0;
  }
}

static Turns measure(const Size *size, double density, Way first, Way second, double seconds) {
  size_t batches = size->rows < most_samples ? most_samples / size->rows : 1;
  float *inputs = whole_numbers(batches * size->rows * size->features);
  fill(inputs, batches * size->rows * size->features, density);
  float *weights = whole_numbers(size->features * size->columns);
  float *bias = whole_numbers(size->columns);
  float *outputs = whole_numbers(size->rows * size->columns);
  Layer layer = {*size, inputs, weights, bias, outputs, batches, 0};
  Turns turns = time_in_turn(first, second, &layer, seconds);
  free(inputs);
  free(weights);
  free(bias);
  free(outputs);
  return turns;
}

int main(void) {
  printf("{\"skipped below\": %g", SKIPPING_DENSITY);
  for (size_t index = 0; index < sizeof sizes / sizeof *sizes; index++) {
    const Size *size = &sizes[index];
    for (int tenths = 1; tenths <= 10; tenths++) {
      Turns turns = measure(size, tenths / 10.0, skipping, densely, 0.1);
      printf(", \"%zux%zux%zu %.1f skipping\": %.3f, \"%zux%zux%zu %.1f densely\": %.3f",
             size->rows, size->features, size->columns, tenths / 10.0, turns.median[0], size->rows,
             size->features, size->columns, tenths / 10.0, turns.median[1]);
    }
  }
  for (size_t index = 0; index < sizeof dense_sizes / sizeof *dense_sizes; index++) {
    const Size *size = &dense_sizes[index];
    printf(", \"%zux%zux%zu lost\": %.5f", size->rows, size->features, size->columns,
           measure(size, 1, densely, choosing, 0.4).ratio - 1);
  }
  puts("}");
  return 0;
}
