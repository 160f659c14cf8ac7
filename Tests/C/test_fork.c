/* A process whose threads make sessions and predict is forked at random moments: its child loads,
 * predicts and gets the same bits, and never waits for a thread that it does not have. */
#include <pthread.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "tiny.h"

enum { THREADS = 8, ROUNDS = 60, FORKS = 3, ROWS = 64, MOST_MICROSECONDS = 600 };

/* Takes its time over large pieces, so that many forks come while a thread waits for one. */
void *mmap(void *address, size_t length, int protection, int flags, int file, off_t offset) {
  if (length >= (size_t)32 << 20) usleep(MOST_MICROSECONDS / 4);
  return (void *)syscall(SYS_mmap, address, length, protection, flags, file, offset);
}

static const lamina_model *model;
static float numbers[ROWS * TINY_PIXELS];
/* Shared with all children. */
static float (*expected)[ROWS * TINY_CLASSES];

static int predict(lamina_session *session) {
  float logits[ROWS * TINY_CLASSES];
  return lamina_session_predict_float32(session, numbers, ROWS, logits, ROWS * TINY_CLASSES) ==
             LAMINA_OK &&
         memcmp(logits, *expected, sizeof logits) == 0;
}

static int make_and_predict(const lamina_model *from) {
  lamina_session *session = NULL;
  int well = lamina_session_create(from, NULL, &session) == LAMINA_OK && predict(session);
  lamina_session_free(session);
  return well;
}

static void *work(void *well) {
  *(int *)well = 1;
  for (int i = 0; i < 3; i++) *(int *)well &= make_and_predict(model);
  return NULL;
}

/* What a child does: with the parent's model, the parent's session, and a model of its own. */
static int child(lamina_session *session) {
  alarm(10);
  lamina_model *own = NULL;
  int well = make_and_predict(model) && predict(session) &&
             lamina_model_load_file(TINY_MODEL, &own) == LAMINA_OK && make_and_predict(own);
  lamina_session_free(session);
  lamina_model_free(own);
  return well;
}

/* Whether the process ends, and says that all went well. */
static int ends_well(pid_t process) {
  int status;
  if (process < 0 || waitpid(process, &status, 0) != process) return 0;
  if (WIFSIGNALED(status)) fprintf(stderr, "a child ended by signal %d\n", WTERMSIG(status));
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

/* A process that has not predicted before, so that its threads begin all at once. */
static int parent(uint64_t random) {
  pthread_t threads[THREADS];
  int well[THREADS], all = 1;
  alarm(60);
  lamina_session *session = make_session(model);
  for (int i = 0; i < THREADS; i++) all &= pthread_create(&threads[i], NULL, work, &well[i]) == 0;
  if (!all) return 0;
  for (int i = 0; i < FORKS; i++) {
    usleep((useconds_t)(next_random(&random) % MOST_MICROSECONDS));
    pid_t process = fork();
    if (process == 0) _exit(!child(session));
    all &= ends_well(process);
  }
  for (int i = 0; i < THREADS; i++) {
    pthread_join(threads[i], NULL);
    all &= well[i];
  }
  all &= predict(session);
  lamina_session_free(session);
  return all;
}

static void expect(void) {
  lamina_session *session = make_session(model);
  CHECK_OK(lamina_session_predict_float32(session, numbers, ROWS, *expected, ROWS * TINY_CLASSES));
  lamina_session_free(session);
}

int main(void) {
  lamina_model *tiny = load_tiny();
  uint8_t pixels[TINY_PIXELS];
  uint64_t random = 19700101;
  model = tiny;
  expected =
      mmap(NULL, sizeof *expected, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (!CHECK(expected != MAP_FAILED)) return check_end();
  for (int row = 0; row < ROWS; row++) {
    tiny_picture(row, pixels);
    for (int i = 0; i < TINY_PIXELS; i++) numbers[row * TINY_PIXELS + i] = pixels[i] / 255.0f;
  }
  fflush(NULL);
  pid_t process = fork();
  if (process == 0) {
    expect();
    _exit(check_failed);
  }
  CHECK(ends_well(process));
  for (int round = 0; round < ROUNDS; round++) {
    uint64_t seed = next_random(&random);
    process = fork();
    if (process == 0) _exit(!parent(seed));
    /* One that waits for ever is enough. */
    if (!CHECK(ends_well(process))) break;
  }
  lamina_model_free(tiny);
  return check_end();
}
