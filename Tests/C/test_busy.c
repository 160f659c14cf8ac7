/* One model in many hands: while a thread trains it, the others' calls are done or BUSY, sessions
 * predict with the weights that they were made with, and in the end all is as with one thread. */
#include <pthread.h>
#include <stdatomic.h>
#include <unistd.h>

#include "training.h"

enum { READERS = 3, ROUNDS = 40, MOST_ROUNDS = 4000 };

static lamina_model *model;
static atomic_int is_over, busy_count, done_count;

static void count_answer(lamina_status status) {
  if (status == LAMINA_ERROR_BUSY) {
    atomic_fetch_add(&busy_count, 1);
  } else if (status == LAMINA_OK) {
    atomic_fetch_add(&done_count, 1);
  } else {
    fprintf(stderr, "%s\n", lamina_last_error_message());
    atomic_fetch_add(&is_over, 100);
  }
}

/* Reads and changes the model as fast as it can; its session never changes. */
static void *disturb(void *well) {
  float input[2] = {1, 0}, before, after;
  double values[2];
  uint64_t count;
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  lamina_session *own = NULL;
  *(int *)well = 1;
  while (lamina_session_create(model, NULL, &own) != LAMINA_OK);
  *(int *)well &= lamina_session_predict_float32(own, input, 1, &before, 1) == LAMINA_OK;
  while (!atomic_load(&is_over)) {
    lamina_session *session = NULL;
    count_answer(lamina_session_create(model, NULL, &session));
    if (session)
      *(int *)well &= lamina_session_predict_float32(session, input, 1, &after, 1) == LAMINA_OK;
    lamina_session_free(session);
    count_answer(lamina_model_parameter_count(model, &count));
    count_answer(lamina_model_evaluate(model, data, 0, values, 2, NULL));
    count_answer(lamina_model_set_metadata(model, "by", "a thread"));
    *(int *)well &= lamina_session_predict_float32(own, input, 1, &after, 1) == LAMINA_OK;
    *(int *)well &= before == after;
    usleep(500);
  }
  lamina_session_free(own);
  return NULL;
}

int main(void) {
  pthread_t threads[READERS];
  int well[READERS];
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  lamina_fit_options options = fit_options(200);
  lamina_model *alone = make_xor(1);
  model = make_xor(1);
  for (int i = 0; i < READERS; i++) CHECK(!pthread_create(&threads[i], NULL, disturb, &well[i]));
  /* Which calls meet a training is the scheduler's choice: train until some did and some did not. */
  int rounds = 0;
  while (rounds < ROUNDS ||
         (rounds < MOST_ROUNDS && !(atomic_load(&busy_count) && atomic_load(&done_count)))) {
    lamina_status status;
    while ((status = lamina_model_fit(model, data, &options)) == LAMINA_ERROR_BUSY) usleep(10);
    CHECK(status == LAMINA_OK);
    rounds++;
    usleep(1000);
  }
  CHECK(atomic_exchange(&is_over, 1) == 0);
  for (int i = 0; i < READERS; i++) {
    pthread_join(threads[i], NULL);
    CHECK(well[i]);
  }
  CHECK(atomic_load(&busy_count) > 0);
  CHECK(atomic_load(&done_count) > 0);

  float a[XOR_PARAMETERS], b[XOR_PARAMETERS];
  for (int round = 0; round < rounds; round++) CHECK_OK(lamina_model_fit(alone, data, &options));
  CHECK_OK(lamina_model_get_parameters(alone, a, XOR_PARAMETERS, NULL));
  CHECK_OK(lamina_model_get_parameters(model, b, XOR_PARAMETERS, NULL));
  CHECK(memcmp(a, b, sizeof a) == 0);
  lamina_model_free(alone);
  lamina_model_free(model);
  return check_end();
}
