/* One model, many threads, each with a session of its own: 04_threads FILE...
 *
 *     cc 04_threads.c $(pkg-config --cflags --libs lamina) -pthread -o threads
 *     ./threads one.png two.png
 *
 * The threads take the files in turn; lines come in the files' order. */
#include <lamina.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

enum { THREADS = 4 };

/* What a thread works on: every THREADS-th file, from `first` on. */
typedef struct share {
  const lamina_model *model;
  char **paths;
  int *digits;
  int first, count;
} share;

static void *work(void *argument) {
  const share *share = argument;
  lamina_session *session = NULL;
  lamina_prediction best;
  size_t found;
  int i;
  /* The model may be used by all threads at once, a session by one. The message of
   * an error belongs to the thread, so that it is printed here. */
  if (lamina_session_create(share->model, NULL, &session) != LAMINA_OK)
    fprintf(stderr, "%s\n", lamina_last_error_message());
  for (i = share->first; session && i < share->count; i += THREADS) {
    if (lamina_session_classify_png_file(session, share->paths[i], NULL, &best, 1, &found) ==
        LAMINA_OK)
      share->digits[i] = (int)best.class_index;
    else
      fprintf(stderr, "%s\n", lamina_last_error_message());
  }
  lamina_session_free(session);
  return NULL;
}

int main(int argc, char **argv) {
  pthread_t threads[THREADS];
  share shares[THREADS];
  lamina_model *model = NULL;
  int *digits = malloc((size_t)argc * sizeof *digits);
  int i, started = 0, status = 0;

  if (argc < 2 || !digits || lamina_model_load_builtin(&model) != LAMINA_OK) {
    fprintf(stderr, argc < 2 ? "usage: %s FILE...\n" : "%s: no model\n", argv[0]);
    free(digits);
    return 2;
  }
  for (i = 0; i < argc; i++) digits[i] = -1;
  for (i = 0; i < THREADS; i++) {
    share share = {model, argv + 1, digits, i, argc - 1};
    shares[i] = share;
    if (pthread_create(&threads[started], NULL, work, &shares[i]) == 0)
      started++;
    else
      work(&shares[i]);
  }
  for (i = 0; i < started; i++) pthread_join(threads[i], NULL);
  for (i = 0; i < argc - 1; i++) {
    if (digits[i] < 0)
      status = 1;
    else
      printf("%s\t%d\n", argv[i + 1], digits[i]);
  }
  lamina_model_free(model);
  free(digits);
  return status;
}
