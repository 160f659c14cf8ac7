/* Products that are so large that OpenBLAS computes them where the library has it: they allocate
 * nothing, and threads that compute them at once get the same bits. */
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <unistd.h>

#include "check.h"

static atomic_long allocations;

#ifndef LAMINA_SANITIZED /* which have a malloc of their own */

/* glibc's own, behind the names that this program takes over. */
extern void *__libc_malloc(size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

void *malloc(size_t size) {
  allocations++;
  return __libc_malloc(size);
}

void *aligned_alloc(size_t alignment, size_t size) {
  allocations++;
  return __libc_memalign(alignment, size);
}

int posix_memalign(void **memory, size_t alignment, size_t size) {
  allocations++;
  *memory = __libc_memalign(alignment, size);
  return *memory ? 0 : ENOMEM;
}

#endif

/* A product of 130x1x513 for each sample: short, so that threads often meet. */
static const char config[] =
    "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"wide\",\"layers\":["
    "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"input\",\"batch_shape\":[null,130,1]}},"
    "{\"class_name\":\"Dense\",\"config\":{\"name\":\"wide\",\"units\":513,\"activation\":\"relu\"}"
    "},"
    "{\"class_name\":\"Dense\",\"config\":{\"name\":\"narrow\",\"units\":2}}]}}";

enum { INPUTS = 130, OUTPUTS = 130 * 2, MOST_THREADS = 16 };

/* What each of some threads does: sessions made one after the other, and predictions with each. */
static struct {
  int threads, sessions, predictions, starts_together;
} task;

static lamina_model *model;
static float inputs[INPUTS], expected[OUTPUTS];

static int predict(lamina_session *session, float *outputs) {
  return lamina_session_predict_float32(session, inputs, 1, outputs, OUTPUTS) == LAMINA_OK;
}

/* Comes back in all threads at the same moment, where each has a processor. */
static void meet(void) {
  static atomic_int arrivals;
  int meeting = atomic_fetch_add(&arrivals, 1) / task.threads;
  for (int spin = 0; atomic_load(&arrivals) / task.threads == meeting; spin++)
    if (spin > 1000) sched_yield();
}

/* Counts what differs from what one thread got. */
static void *work(void *differences) {
  float outputs[OUTPUTS];
  int wrong = 0;
  for (int i = 0; i < task.sessions; i++) {
    lamina_session *session = NULL;
    wrong += lamina_session_create(model, NULL, &session) != LAMINA_OK;
    for (int j = 0; j < task.predictions; j++) {
      if (task.starts_together) meet();
      wrong += !predict(session, outputs) || memcmp(outputs, expected, sizeof outputs) != 0;
    }
    lamina_session_free(session);
  }
  *(int *)differences = wrong;
  return NULL;
}

static void check_threads(int threads, int sessions, int predictions, int starts_together) {
  pthread_t handles[MOST_THREADS];
  int differences[MOST_THREADS];
  task.threads = threads;
  task.sessions = sessions;
  task.predictions = predictions;
  task.starts_together = starts_together;
  for (int i = 0; i < threads; i++)
    CHECK(pthread_create(&handles[i], NULL, work, &differences[i]) == 0);
  for (int i = 0; i < threads; i++) {
    pthread_join(handles[i], NULL);
    CHECK(differences[i] == 0);
  }
}

int main(void) {
  uint64_t state = 7;
  CHECK_OK(lamina_model_create(config, 1, &model));
  lamina_session *session = make_session(model);
  for (int i = 0; i < INPUTS; i++) inputs[i] = (float)(next_random(&state) >> 40) * 0x1p-23f - 1;
  CHECK(predict(session, expected));
  long before = allocations;
  for (int i = 0; i < 100; i++) predict(session, expected);
  CHECK(allocations == before);
  /* More threads than processors, and as many, whose products begin together: two that OpenBLAS
   * gave the same buffer then compute nonsense, about one in a hundred. */
  check_threads(MOST_THREADS, 20, 40, 0);
  long processors = sysconf(_SC_NPROCESSORS_ONLN);
  check_threads(processors < 2              ? 2
                : processors > MOST_THREADS ? MOST_THREADS
                                            : (int)processors,
                10, 1000, 1);
  lamina_session_free(session);
  lamina_model_free(model);
  return check_end();
}
