// A pool of threads that share one computation at a time. It starts when it is
// first needed and sleeps in between. Whoever finds it busy computes alone:
// pieces give the same result whichever thread computes them, so nobody waits
// for the pool, and nobody waits for a thread that has not woken up yet.

#define _GNU_SOURCE
#include "CSystem.h"

#include <fenv.h>
#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>

// A Swift closure, which is called with its context in Swift's own register.
typedef __attribute__((swiftcall)) void piece_body(ptrdiff_t piece, ptrdiff_t worker,
                                                   __attribute__((swift_context)) void *context);

__attribute__((swiftcall)) void laminasystem_perform_pieces(ptrdiff_t count, ptrdiff_t threads,
                                                            piece_body *body, void *context);

enum { thread_limit = LAMINASYSTEM_THREAD_LIMIT, stack_size = 1 << 20 };

// Long enough for the next layer of a network to come, short enough to be no
// burden: about 50 us on a processor of 2024.
enum { spins_before_sleep = 4096 };

// One computation. What is not atomic is written while no worker is inside.
static struct {
  piece_body *body;
  void *context;
  ptrdiff_t count, threads;
  // How the caller rounds, and what it makes of subnormal numbers.
  fenv_t arithmetic;
  _Alignas(64) _Atomic(ptrdiff_t) next;
} task;

// Whether a caller has the pool.
static atomic_flag is_taken = ATOMIC_FLAG_INIT;
// Twice the number of workers inside the task, and 1 while more may come in.
static _Alignas(64) atomic_uint door;
// Counts the tasks, so that workers see a new one.
static _Alignas(64) atomic_uint task_number;

static pthread_mutex_t sleeping = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t wake_up = PTHREAD_COND_INITIALIZER;
static atomic_int sleeper_count;
// Written by who has the pool.
static ptrdiff_t started_count;

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

static void perform(ptrdiff_t worker) {
  for (;;) {
    ptrdiff_t piece = atomic_fetch_add_explicit(&task.next, 1, memory_order_relaxed);
    if (piece >= task.count) return;
    task.body(piece, worker, task.context);
  }
}

static int enter(void) {
  unsigned state = atomic_load(&door);
  while (state & 1)
    if (atomic_compare_exchange_weak(&door, &state, state + 2)) return 1;
  return 0;
}

static void wait_for_task_after(unsigned seen) {
  for (int spin = 0; spin < spins_before_sleep; spin++) {
    if (atomic_load_explicit(&task_number, memory_order_acquire) != seen) return;
    pause_briefly();
  }
  pthread_mutex_lock(&sleeping);
  atomic_fetch_add(&sleeper_count, 1);
  while (atomic_load(&task_number) == seen) pthread_cond_wait(&wake_up, &sleeping);
  atomic_fetch_sub(&sleeper_count, 1);
  pthread_mutex_unlock(&sleeping);
}

static void *work(void *argument) {
  ptrdiff_t worker = (intptr_t)argument;
  unsigned seen = 0;
  for (;;) {
    wait_for_task_after(seen);
    seen = atomic_load(&task_number);
    if (!enter()) continue;
    if (worker < task.threads) {
      fesetenv(&task.arithmetic);
      perform(worker);
    }
    atomic_fetch_sub(&door, 2);
  }
  return NULL;
}

// Starts what is missing, as far as the system lets it. The host's signals stay
// the host's.
static void start_workers(ptrdiff_t count) {
  if (started_count >= count) return;
  sigset_t all, before;
  sigfillset(&all);
  pthread_attr_t attributes;
  if (pthread_attr_init(&attributes) != 0) return;
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_attr_setstacksize(&attributes, stack_size);
  pthread_sigmask(SIG_BLOCK, &all, &before);
  while (started_count < count) {
    pthread_t thread;
    void *worker = (void *)(intptr_t)(started_count + 1);
    if (pthread_create(&thread, &attributes, work, worker) != 0) break;
    started_count++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  pthread_attr_destroy(&attributes);
}

static void announce_task(void) {
  atomic_store_explicit(&door, 1, memory_order_release);
  atomic_fetch_add(&task_number, 1);
  if (atomic_load(&sleeper_count) == 0) return;
  pthread_mutex_lock(&sleeping);
  pthread_cond_broadcast(&wake_up);
  pthread_mutex_unlock(&sleeping);
}

// Waits for the pieces that others have begun.
static void finish_task(void) {
  atomic_fetch_and(&door, ~1u);
  for (int spin = 0; atomic_load_explicit(&door, memory_order_acquire) != 0; spin++) {
    if (spin < spins_before_sleep) {
      pause_briefly();
    } else {
      sched_yield();
    }
  }
}

__attribute__((swiftcall)) void laminasystem_perform_pieces(ptrdiff_t count, ptrdiff_t threads,
                                                            piece_body *body, void *context) {
  if (threads > thread_limit) threads = thread_limit;
  if (threads > count) threads = count;
  if (threads <= 1 || atomic_flag_test_and_set(&is_taken)) {
    for (ptrdiff_t piece = 0; piece < count; piece++) body(piece, 0, context);
    return;
  }
  start_workers(threads - 1);
  task.body = body;
  task.context = context;
  task.count = count;
  task.threads = threads;
  fegetenv(&task.arithmetic);
  atomic_store_explicit(&task.next, 0, memory_order_relaxed);
  announce_task();
  perform(0);
  finish_task();
  atomic_flag_clear(&is_taken);
}

int laminasystem_processor_count(void) {
  cpu_set_t processors;
  if (sched_getaffinity(0, sizeof processors, &processors) != 0) return 1;
  int count = CPU_COUNT(&processors);
  return count < 1 ? 1 : count < thread_limit ? count : thread_limit;
}

// A child has none of the threads. Its pool is made anew.
static void after_fork_in_child(void) {
  pthread_mutex_init(&sleeping, NULL);
  pthread_cond_init(&wake_up, NULL);
  atomic_store(&sleeper_count, 0);
  atomic_store(&door, 0);
  started_count = 0;
  atomic_flag_clear(&is_taken);
}

__attribute__((constructor)) static void prepare_for_forks(void) {
  pthread_atfork(NULL, NULL, after_fork_in_child);
}
