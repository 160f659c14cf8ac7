/* Where the system gives no more memory, making a session fails and predicting does not: a session
 * has all that it needs. Each scene is a process of its own, since a limit stays. */
#include <pthread.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "tiny.h"

enum { THREADS = 8, ROWS = 64, MOST_MEGABYTES = 512, WENT_WRONG = 77 };

static lamina_model *model;
static float numbers[ROWS * TINY_PIXELS];
static pthread_barrier_t limited;

/* From now on the process gets so much more address space. Small pieces come from what malloc has
 * already. */
static void limit_memory(size_t megabytes) {
  char line[128];
  FILE *file = fopen("/proc/self/statm", "r");
  if (!file || !fgets(line, sizeof line, file)) exit(2);
  fclose(file);
  void *reserve = malloc(100000);
  memset(reserve, 1, 100000);
  free(reserve);
  struct rlimit limit;
  limit.rlim_cur = limit.rlim_max =
      strtoul(line, NULL, 10) * (size_t)sysconf(_SC_PAGESIZE) + (megabytes << 20);
  if (setrlimit(RLIMIT_AS, &limit) != 0) exit(2);
}

static void check_predicts(lamina_session *session) {
  float logits[ROWS * TINY_CLASSES];
  CHECK_OK(lamina_session_predict_float32(session, numbers, ROWS, logits, ROWS * TINY_CLASSES));
  for (int row = 0; row < TINY_ROWS; row++) {
    for (int i = 0; i < TINY_CLASSES; i++) {
      float difference = logits[row * TINY_CLASSES + i] - tiny_logits[row][i];
      CHECK(difference < 1e-5f && difference > -1e-5f);
    }
  }
  CHECK_OK(lamina_session_predict_float32(session, numbers, 1, logits, TINY_CLASSES));
}

/* Gives whether a session could be made. */
static int session_under(size_t megabytes) {
  lamina_session *session = NULL;
  limit_memory(megabytes);
  lamina_status status = CHECK_SANE(lamina_session_create(model, NULL, &session));
  if (status != LAMINA_OK) {
    CHECK(status == LAMINA_ERROR_OUT_OF_MEMORY);
    CHECK(session == NULL);
    return 0;
  }
  check_predicts(session);
  lamina_session_free(session);
  return 1;
}

/* A session from before the limit predicts, also where another cannot be made. */
static int session_before(size_t megabytes) {
  lamina_session *session = make_session(model), *more[4] = {NULL};
  limit_memory(megabytes);
  check_predicts(session);
  for (int i = 0; i < 4; i++) {
    lamina_status status = CHECK_SANE(lamina_session_create(model, NULL, &more[i]));
    CHECK(status == LAMINA_OK || status == LAMINA_ERROR_OUT_OF_MEMORY);
    check_predicts(session);
    if (more[i]) check_predicts(more[i]);
  }
  for (int i = 0; i < 4; i++) lamina_session_free(more[i]);
  lamina_session_free(session);
  return 1;
}

static void *work(void *session) {
  float logits[TINY_ROWS * TINY_CLASSES];
  intptr_t failed = 0;
  pthread_barrier_wait(&limited);
  for (int i = 0; i < 100; i++)
    failed += lamina_session_predict_float32(session, numbers, TINY_ROWS, logits,
                                             TINY_ROWS * TINY_CLASSES) != LAMINA_OK;
  return (void *)failed;
}

/* Neither do several threads need anything more. */
static int threads_under(size_t megabytes) {
  pthread_t threads[THREADS];
  lamina_session *sessions[THREADS];
  pthread_barrier_init(&limited, NULL, THREADS + 1);
  for (int i = 0; i < THREADS; i++) {
    sessions[i] = make_session(model);
    CHECK(pthread_create(&threads[i], NULL, work, sessions[i]) == 0);
  }
  limit_memory(megabytes);
  pthread_barrier_wait(&limited);
  for (int i = 0; i < THREADS; i++) {
    void *failed = NULL;
    pthread_join(threads[i], &failed);
    CHECK(failed == NULL);
    lamina_session_free(sessions[i]);
  }
  return 1;
}

/* Plays a scene in a process of its own; gives its answer, or -1 if it went wrong. */
static int play(int (*scene)(size_t), size_t megabytes) {
  int status;
  fflush(NULL);
  pid_t process = fork();
  if (process == 0) {
    alarm(10);
    int answer = scene(megabytes);
    _exit(check_failed ? WENT_WRONG : answer);
  }
  if (process < 0 || waitpid(process, &status, 0) != process) return -1;
  if (WIFSIGNALED(status)) fprintf(stderr, "signal %d with %zu MB\n", WTERMSIG(status), megabytes);
  return WIFEXITED(status) && WEXITSTATUS(status) < WENT_WRONG ? WEXITSTATUS(status) : -1;
}

int main(void) {
  uint8_t pixels[TINY_PIXELS];
  model = load_tiny();
  for (int row = 0; row < ROWS; row++) {
    tiny_picture(row, pixels);
    for (int i = 0; i < TINY_PIXELS; i++) numbers[row * TINY_PIXELS + i] = pixels[i] / 255.0f;
  }
  int before = 0;
  for (size_t megabytes = 0; megabytes <= MOST_MEGABYTES; megabytes += 8) {
    int made = play(session_under, megabytes);
    /* What is enough stays enough. */
    if (!CHECK(made >= before)) break;
    before = made;
    if (megabytes == 0) CHECK(made == 0);
    if (megabytes == MOST_MEGABYTES) CHECK(made == 1);
  }
  for (size_t megabytes = 0; megabytes <= MOST_MEGABYTES; megabytes += 32)
    CHECK(play(session_before, megabytes) == 1);
  CHECK(play(threads_under, 0) == 1);
  lamina_model_free(model);
  return check_end();
}
