/* Products that are so large that OpenBLAS computes them where the library has it: they allocate
 * nothing, and sixteen threads that compute them at once get the same bits. */
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>

#include "check.h"

/* glibc's own, behind the names that this program takes over. */
extern void *__libc_malloc(size_t size);
extern void *__libc_memalign(size_t alignment, size_t size);

static atomic_long allocations;

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

/* A product of 130x1x513 for each sample: short, so that threads often meet. */
static const char config[] =
    "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"wide\",\"layers\":["
    "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"input\",\"batch_shape\":[null,130,1]}},"
    "{\"class_name\":\"Dense\",\"config\":{\"name\":\"wide\",\"units\":513,\"activation\":\"relu\"}"
    "},"
    "{\"class_name\":\"Dense\",\"config\":{\"name\":\"narrow\",\"units\":2}}]}}";

enum { INPUTS = 130, OUTPUTS = 130 * 2, THREADS = 16, ROUNDS = 50, PREDICTIONS = 40 };

static lamina_model *model;
static float inputs[INPUTS], expected[OUTPUTS];

static int predict(lamina_session *session, float *outputs) {
  return lamina_session_predict_float32(session, inputs, 1, outputs, OUTPUTS) == LAMINA_OK;
}

/* Counts what differs from what one thread got. */
static void *work(void *differences) {
  float outputs[OUTPUTS];
  int wrong = 0;
  for (int round = 0; round < ROUNDS; round++) {
    lamina_session *session = NULL;
    if (lamina_session_create(model, NULL, &session) != LAMINA_OK) {
      wrong++;
      continue;
    }
    for (int i = 0; i < PREDICTIONS; i++)
      wrong += !predict(session, outputs) || memcmp(outputs, expected, sizeof outputs) != 0;
    lamina_session_free(session);
  }
  *(int *)differences = wrong;
  return NULL;
}

int main(void) {
  pthread_t threads[THREADS];
  int differences[THREADS];
  uint64_t state = 7;
  CHECK_OK(lamina_model_create(config, 1, &model));
  lamina_session *session = make_session(model);
  for (int i = 0; i < INPUTS; i++) inputs[i] = (float)(next_random(&state) >> 40) * 0x1p-23f - 1;
  CHECK(predict(session, expected));
  long before = allocations;
  for (int i = 0; i < 100; i++) predict(session, expected);
  CHECK(allocations == before);
  for (int i = 0; i < THREADS; i++)
    CHECK(pthread_create(&threads[i], NULL, work, &differences[i]) == 0);
  for (int i = 0; i < THREADS; i++) {
    pthread_join(threads[i], NULL);
    CHECK(differences[i] == 0);
  }
  lamina_session_free(session);
  lamina_model_free(model);
  return check_end();
}
