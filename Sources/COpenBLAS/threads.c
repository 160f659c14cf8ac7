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
#include <stdint.h>
#include <sys/mman.h>

#include "COpenBLAS.h"

// The linker's name for OpenBLAS's own function; NULL where nothing is wrapped.
__attribute__((weak)) void *__real_blas_memory_alloc(int purpose);
void *__wrap_blas_memory_alloc(int purpose);
void __wrap_blas_memory_free(void *buffer);

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static int takes_turns(void) {
  return !__real_blas_memory_alloc && openblas_get_parallel() == OPENBLAS_SEQUENTIAL;
}

static atomic_int is_forked;

int laminaopenblas_is_usable(void) {
  return !atomic_load_explicit(&is_forked, memory_order_relaxed) ||
         openblas_get_parallel() != OPENBLAS_OPENMP;
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

// What follows is written under the lock; `made` are all buffers, idle or not.
static pthread_mutex_t making = PTHREAD_MUTEX_INITIALIZER;
static void *made[buffer_limit];
static atomic_int made_count;
static atomic_int reservation_count;

// Where it cannot map a buffer, OpenBLAS tries again for ever; so it is asked
// only where there is room. Debian's 0.3.21 maps 128 MB, of which products
// touch little. The rest is for what other threads take in between.
static const size_t room = (size_t)(128 + 16) << 20;

static int has_room(void) {
  void *piece = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return piece != MAP_FAILED && munmap(piece, room) == 0;
}

// The caller holds the lock. NULL at the limit, or where there is no room.
static void *make_buffer(void) {
  int count = atomic_load(&made_count);
  if (count == buffer_limit || !has_room()) return NULL;
  made[count] = __real_blas_memory_alloc(0);
  atomic_store(&made_count, count + 1);
  return made[count];
}

// Where this thread looks first. Threads lie at even distances, which the
// golden ratio spreads over the 64 places. (A thread-local variable might have
// to be allocated, and a prediction must not.)
static unsigned first_place(void) {
  return (unsigned)((uint64_t)pthread_self() * UINT64_C(0x9E3779B97F4A7C15) >> 58);
}

// There are as many places as buffers, so one is always empty.
static void put_back(void *buffer) {
  for (unsigned i = first_place();; i++) {
    void *empty = NULL;
    if (atomic_compare_exchange_strong(&idle[i % buffer_limit].buffer, &empty, buffer)) return;
  }
}

int laminaopenblas_reserve(void) {
  if (!__real_blas_memory_alloc) return 0;
  int result = 0;
  pthread_mutex_lock(&making);
  while (result == 0 && made_count <= reservation_count && made_count < buffer_limit) {
    void *buffer = make_buffer();
    if (buffer) {
      put_back(buffer);
    } else {
      result = -1;
    }
  }
  if (result == 0) reservation_count++;
  pthread_mutex_unlock(&making);
  return result;
}

void laminaopenblas_release(void) {
  if (!__real_blas_memory_alloc) return;
  pthread_mutex_lock(&making);
  reservation_count--;
  pthread_mutex_unlock(&making);
}

// A buffer is taken and put back by one atomic exchange. Where there are
// reservations there is a buffer for each: whoever finds none was overtaken
// while it looked, and looks again.
void *__wrap_blas_memory_alloc(int purpose) {
  (void)purpose;  // OpenBLAS does not look at it either
  unsigned first = first_place();
  for (;;) {
    for (unsigned i = 0; i < buffer_limit; i++) {
      unsigned at = (first + i) % buffer_limit;
      if (!atomic_load_explicit(&idle[at].buffer, memory_order_relaxed)) continue;
      void *buffer = atomic_exchange(&idle[at].buffer, NULL);
      if (buffer) return buffer;
    }
    int reservations = atomic_load(&reservation_count);
    if (reservations == 0 || atomic_load(&made_count) < reservations) {
      pthread_mutex_lock(&making);
      void *buffer = make_buffer();
      pthread_mutex_unlock(&making);
      if (buffer) return buffer;
    }
    sched_yield();
  }
}

void __wrap_blas_memory_free(void *buffer) { put_back(buffer); }

// A process that is forked has one thread, which computes no product while it
// forks: the locks must be its own, and all buffers are idle.

static void before_fork(void) {
  pthread_mutex_lock(&making);
  pthread_mutex_lock(&turn);
}

static void after_fork(void) {
  pthread_mutex_unlock(&turn);
  pthread_mutex_unlock(&making);
}

static void after_fork_in_child(void) {
  atomic_store(&is_forked, 1);
  for (int i = 0; i < buffer_limit; i++)
    atomic_store(&idle[i].buffer, i < made_count ? made[i] : NULL);
  after_fork();
}

__attribute__((constructor)) static void prepare_for_forks(void) {
  pthread_atfork(before_fork, after_fork, after_fork_in_child);
}
