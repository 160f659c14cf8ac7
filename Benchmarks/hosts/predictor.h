// What inference.c measures: a network of one float32 input and one float32 output.
#ifndef LAMINA_BENCHMARK_PREDICTOR_H
#define LAMINA_BENCHMARK_PREDICTOR_H

#include <stddef.h>

/// Loads a model; ends the program with a message where that fails.
void predictor_open(const char *library, const char *model, int thread_count);

/// Computes `rows` outputs of 10 numbers each from as many samples of 784.
void predictor_run(const float *input, size_t rows, float *output);

#endif
