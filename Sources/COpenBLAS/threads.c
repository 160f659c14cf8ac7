// A serial OpenBLAS, as Debian builds it, cannot be called from several threads
// as it is. Each product borrows a work buffer from OpenBLAS's table, and the
// lock that guards the table is left out of serial builds: two threads get the
// same buffer and compute nonsense (up to 7 % of the products of 16 threads).
//
// Where the Makefile links the serial archive it says
// `--wrap=blas_memory_alloc --wrap=blas_memory_free`, and the two functions at
// the end take the table's place, without a lock on the way of a product.
// Elsewhere, with a serial OpenBLAS as a shared library, products take turns.

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stddef.h>

#include "COpenBLAS.h"

// The linker's name for OpenBLAS's own function; NULL where nothing is wrapped.
__attribute__((weak)) void *__real_blas_memory_alloc(int purpose);
void *__wrap_blas_memory_alloc(int purpose);
void __wrap_blas_memory_free(void *buffer);

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static int takes_turns(void) {
  return !__real_blas_memory_alloc && openblas_get_parallel() == OPENBLAS_SEQUENTIAL;
}

void laminaopenblas_begin_product(void) {
  if (takes_turns()) pthread_mutex_lock(&turn);
}

void laminaopenblas_end_product(void) {
  if (takes_turns()) pthread_mutex_unlock(&turn);
}

// Beyond its own limit of buffers OpenBLAS prints, and then ends the process.
enum { buffer_limit = 64 };

// Buffers that nobody uses at the moment. Each place has a cache line of its
// own, so that threads do not slow each other down.
static struct {
  _Alignas(64) _Atomic(void *) buffer;
} idle[buffer_limit];

static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;
static atomic_int made_count;
static atomic_uint thread_count;
// Where this thread looks first, counted from 1; 0 before its first product.
static _Thread_local unsigned place;

static void *make_buffer(int purpose) {
  void *buffer = NULL;
  pthread_mutex_lock(&making);
  if (atomic_load(&made_count) < buffer_limit) {
    buffer = __real_blas_memory_alloc(purpose);
    atomic_fetch_add(&made_count, 1);
  }
  pthread_mutex_unlock(&making);
  return buffer;
}

// A buffer is taken and put back by one atomic exchange.
void *__wrap_blas_memory_alloc(int purpose) {
  if (place == 0) place = 1 + atomic_fetch_add(&thread_count, 1) % buffer_limit;
  for (;;) {
    for (unsigned i = 0; i < buffer_limit; i++) {
      unsigned at = (place - 1 + i) % buffer_limit;
      if (!atomic_load_explicit(&idle[at].buffer, memory_order_relaxed)) continue;
      void *buffer = atomic_exchange(&idle[at].buffer, NULL);
      if (buffer) return buffer;
    }
    void *buffer = atomic_load(&made_count) < buffer_limit ? make_buffer(purpose) : NULL;
    if (buffer) return buffer;
    sched_yield();  // as many threads as there are buffers compute at this moment
  }
}

// There are as many places as buffers, so one is always empty.
void __wrap_blas_memory_free(void *buffer) {
  for (unsigned i = place - 1;; i++) {
    void *empty = NULL;
    if (atomic_compare_exchange_strong(&idle[i % buffer_limit].buffer, &empty, buffer)) return;
  }
}
