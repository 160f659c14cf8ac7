// OpenBLAS, and what it takes to call it from several threads.
#ifndef LAMINA_COPENBLAS_H
#define LAMINA_COPENBLAS_H

#include <cblas.h>

// Around each product: only one thread at a time gets past where OpenBLAS
// cannot bear more, and all of them where it can. See threads.c.
void laminaopenblas_begin_product(void);
void laminaopenblas_end_product(void);

#endif
