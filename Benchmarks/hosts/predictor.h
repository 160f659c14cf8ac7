// What inference.c measures: a network of one input, pixels, and one float32 output.
#ifndef LAMINA_BENCHMARK_PREDICTOR_H
#define LAMINA_BENCHMARK_PREDICTOR_H

#include <stddef.h>

/// The bytes of a pixel: 4 where pixels are float32 from 0 to 1, 1 where they are as in a PNG file.
extern size_t predictor_pixel_size;

/// Loads a model; ends the program with a message where that fails.
void predictor_open(const char *library, const char *model, int thread_count);

/// Computes `rows` outputs of 10 numbers each from as many samples of 784.
void predictor_run(const void *input, size_t rows, float *output);

#endif
