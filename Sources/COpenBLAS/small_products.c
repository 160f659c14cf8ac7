// For small products on processors with AVX-512, OpenBLAS has kernels that
// allocate their memory anew each time, and a prediction must not allocate.
// Where the Makefile links the archive it wraps the functions that let them be
// used. Nearly all products so small are Lamina's own.

int __wrap_sgemm_small_matrix_permit_SKYLAKEX(void);
int __wrap_sgemm_small_matrix_permit_COOPERLAKE(void);
int __wrap_sgemm_small_matrix_permit_SAPPHIRERAPIDS(void);

int __wrap_sgemm_small_matrix_permit_SKYLAKEX(void) { return 0; }
int __wrap_sgemm_small_matrix_permit_COOPERLAKE(void) { return 0; }
int __wrap_sgemm_small_matrix_permit_SAPPHIRERAPIDS(void) { return 0; }
