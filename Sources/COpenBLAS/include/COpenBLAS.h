// OpenBLAS, and what it takes to call it from several threads.
#ifndef LAMINA_COPENBLAS_H
#define LAMINA_COPENBLAS_H

#include <cblas.h>

// Whether a product may be left to OpenBLAS. One whose threads are OpenMP's would
// wait for ever in a process that was forked after it had computed something.
int laminaopenblas_is_usable(void);

// Around each product: only one thread at a time gets past where OpenBLAS
// cannot bear more, and all of them where it can. See threads.c.
void laminaopenblas_begin_product(void);
void laminaopenblas_end_product(void);

// Whoever will compute products, one at a time, reserves before the first and
// releases after the last: all memory that OpenBLAS takes is then there, and
// the products take no lock. Gives 0, or -1 where there is not enough memory;
// nothing is reserved then. Up to 64 reservations have memory of their own.
int laminaopenblas_reserve(void);
void laminaopenblas_release(void);

#endif
