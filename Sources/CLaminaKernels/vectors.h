// Vectors of 16 numbers, for loops whose sums stay in the processor's registers.
//
// Functions get vectors by address: by value they would follow the processor that
// the file, and not the clone, is compiled for.
#ifndef LAMINA_VECTORS_H
#define LAMINA_VECTORS_H

#include <stdint.h>

// AVX-512 is used in its full width, which clang avoids where it is not told.
#define INLINE static inline __attribute__((always_inline, min_vector_width(512)))

enum { lanes = 16 };

typedef float vector __attribute__((vector_size(lanes * sizeof(float))));
typedef int32_t integers __attribute__((vector_size(lanes * sizeof(int32_t))));

// A vector anywhere in an array of numbers.
typedef float place __attribute__((vector_size(lanes * sizeof(float)), aligned(4), may_alias));
#define PLACE(address) (*(place *)(address))
#define CONSTANT_PLACE(address) (*(const place *)(address))

// A byte for each number of a vector, anywhere too.
typedef uint8_t bytes __attribute__((vector_size(lanes), aligned(1), may_alias));

// A vector of any length with 0 where it is negative; not-a-number is kept. The
// vector is a variable.
#define RELU(vector) ((__typeof__(vector))((__typeof__((vector) <= 0))(vector) & ~((vector) <= 0)))

#endif
