/* The host stays as it is: its floating-point flags, rounding, signals, locale, standard streams,
 * descriptors and threads of OpenBLAS; and a host may have the library twice, and open and close it
 * as often as it likes. Each scene is a process of its own. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <fenv.h>
#include <locale.h>
#include <math.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "png.h"
#include "tiny.h"

enum { ROWS = 4, WIDE_INPUTS = 130 * 16, WIDE_OUTPUTS = 130 * 2, OPENINGS = 1000 };

static char folder[64], saved[128];

/* Products that OpenBLAS computes where the library has it, in several threads where it has them,
 * and a decimal fraction. */
static const char wide[] =
    "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"wide\",\"layers\":["
    "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"input\",\"batch_shape\":[null,130,16]}},"
    "{\"class_name\":\"Dense\",\"config\":{\"name\":\"wide\",\"units\":513,\"activation\":\"relu\"}"
    "},{\"class_name\":\"Dropout\",\"config\":{\"name\":\"dropout\",\"rate\":0.25}},"
    "{\"class_name\":\"Dense\",\"config\":{\"name\":\"narrow\",\"units\":2,\"activation\":"
    "\"softmax\"}}]}}";

/* ------------------------------------------------------------ using it all -- */

/* Numbers as they come, and some that are none: exponentials overflow, differences are invalid. */
static void predict(void) {
  static float inputs[WIDE_INPUTS], outputs[WIDE_OUTPUTS];
  const float odd[] = {0, 1e38f, -1e38f, 1e-41f, INFINITY, -INFINITY, NAN};
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  lamina_session_options options = {sizeof options, 0, 2};
  if (!CHECK_OK(lamina_model_create(wide, 1, &model))) return;
  CHECK_OK(lamina_session_create(model, &options, &session));
  for (size_t kind = 0; kind < sizeof odd / sizeof *odd; kind++) {
    for (int i = 0; i < WIDE_INPUTS; i++) inputs[i] = i % 3 ? (float)i / 7 : odd[kind];
    CHECK_OK(lamina_session_predict_float32(session, inputs, 1, outputs, WIDE_OUTPUTS));
  }
  char config[2048];
  CHECK_OK(lamina_model_config(model, config, sizeof config, NULL));
  CHECK(strstr(config, "0.25") != NULL);
  lamina_session_free(session);
  lamina_model_free(model);
}

static void read_pictures(void) {
  uint8_t pixels[TINY_PIXELS];
  lamina_model *model = NULL;
  lamina_prediction best;
  size_t size, count, needed;
  char text[16];
  draw_one(pixels);
  uint8_t *png = make_png(pixels, 28, 28, &size);
  CHECK_OK(lamina_model_load_builtin(&model));
  lamina_session *session = make_session(model);
  CHECK_OK(lamina_session_classify_png_memory(session, png, size, NULL, &best, 1, &count));
  CHECK_OK(lamina_read_png_memory(session, png, size, NULL, text, sizeof text, &needed, NULL, 0,
                                  &count));
  CHECK(best.class_index == 1 && strcmp(text, "1") == 0);
  CHECK_STATUS(LAMINA_ERROR_IMAGE,
               lamina_session_classify_png_memory(session, png, size / 2, NULL, &best, 1, &count));
  lamina_session_free(session);
  lamina_model_free(model);
  free(png);
}

static void use_files(void) {
  lamina_model *model = load_tiny(), *other = NULL;
  lamina_session *session = make_session(model);
  float numbers[ROWS * TINY_PIXELS], logits[ROWS * TINY_CLASSES];
  uint8_t pixels[TINY_PIXELS];
  for (int row = 0; row < ROWS; row++) {
    tiny_picture(row, pixels);
    for (int i = 0; i < TINY_PIXELS; i++) numbers[row * TINY_PIXELS + i] = pixels[i] / 255.0f;
  }
  CHECK_OK(lamina_session_predict_float32(session, numbers, ROWS, logits, ROWS * TINY_CLASSES));
  for (int i = 0; i < TINY_ROWS * TINY_CLASSES; i++)
    CHECK(fabsf(logits[i] - tiny_logits[i / TINY_CLASSES][i % TINY_CLASSES]) < 1e-4f);
  CHECK_OK(lamina_model_save_file(model, saved));
  CHECK_OK(lamina_model_load_file(saved, &other));
  lamina_model_free(other);
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_load_file("/nowhere", &other));
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_save_file(model, "/nowhere/model"));
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_create("{", 1, &other));
  lamina_session_free(session);
  lamina_model_free(model);
}

static void use_library(void) {
  predict();
  read_pictures();
  use_files();
}

/* ------------------------------------------------------------- its numbers -- */

static void check_flags_stay(void) {
  static const int found[] = {0, FE_DIVBYZERO, FE_ALL_EXCEPT};
  static float numbers[TINY_PIXELS] = {1e-41f, INFINITY, 0.1f}, logits[TINY_CLASSES];
  uint8_t pixels[TINY_PIXELS];
  lamina_model *model = load_tiny();
  lamina_session *session = make_session(model);
  lamina_prediction best;
  size_t size, count;
  draw_one(pixels);
  uint8_t *png = make_png(pixels, 28, 28, &size);
  for (size_t i = 0; i < sizeof found / sizeof *found; i++) {
    feclearexcept(FE_ALL_EXCEPT);
    feraiseexcept(found[i]);
    int predicted = lamina_session_predict_float32(session, numbers, 1, logits, TINY_CLASSES);
    int classified = lamina_session_classify_png_memory(session, png, size, NULL, &best, 1, &count);
    int flags = fetestexcept(FE_ALL_EXCEPT);
    CHECK(predicted == LAMINA_OK && classified == LAMINA_OK);
    CHECK(flags == found[i]);
  }
  lamina_session_free(session);
  lamina_model_free(model);
  free(png);
}

/* A host may ask for a signal where a computation overflows or is invalid. */
static void check_traps_stay_away(void) {
  const int traps = FE_DIVBYZERO | FE_INVALID | FE_OVERFLOW | FE_UNDERFLOW;
  feenableexcept(traps);
  predict();
  read_pictures();
  CHECK(fegetexcept() == traps);
  fedisableexcept(FE_ALL_EXCEPT);
}

static void check_rounding_stays(void) {
  static const int modes[] = {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO};
  for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
    fesetround(modes[i]);
    use_library();
    CHECK(fegetround() == modes[i]);
  }
  fesetround(FE_TONEAREST);
#if defined(__x86_64__)
  const unsigned flush_to_zero = 0x8040, flags = 0x3F;
  unsigned before = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(before | flush_to_zero);
  use_library();
  CHECK((__builtin_ia32_stmxcsr() & ~flags) == ((before | flush_to_zero) & ~flags));
#endif
}

/* ------------------------------------------------------------- its settings -- */

static void ignore(int number) { (void)number; }

static void check_signals_stay(void) {
  struct sigaction before[65], after;
  sigset_t mask_before, mask_after;
  signal(SIGPIPE, ignore);
  signal(SIGFPE, SIG_IGN);
  sigemptyset(&mask_before);
  sigaddset(&mask_before, SIGUSR1);
  sigprocmask(SIG_SETMASK, &mask_before, NULL);
  for (int number = 1; number < 65; number++) sigaction(number, NULL, &before[number]);
  sigprocmask(SIG_SETMASK, NULL, &mask_before);
  use_library();
  for (int number = 1; number < 65; number++) {
    if (sigaction(number, NULL, &after) != 0) continue;
    CHECK(after.sa_handler == before[number].sa_handler &&
          after.sa_flags == before[number].sa_flags);
  }
  sigprocmask(SIG_SETMASK, NULL, &mask_after);
  for (int number = 1; number < 65; number++)
    CHECK(sigismember(&mask_before, number) == sigismember(&mask_after, number));
}

/* A locale whose decimals have a comma, made here: a system need not have one. */
static void check_locale_stays(void) {
  char command[256];
  snprintf(command, sizeof command,
           "localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' >%s/localedef 2>&1", folder, folder);
  if (system(command) != 0 || setenv("LOCPATH", folder, 1) != 0 ||
      !setlocale(LC_ALL, "de_DE.UTF-8")) {
    fprintf(stderr,
            "test_hosts: no locale de_DE here: that numbers keep their points is not seen\n");
  } else {
    char number[16];
    snprintf(number, sizeof number, "%.1f", 0.5);
    CHECK(strcmp(number, "0,5") == 0);
  }
  char *before = strdup(setlocale(LC_ALL, NULL));
  use_library();
  CHECK(strcmp(before, setlocale(LC_ALL, NULL)) == 0);
  free(before);
}

static int open_count(void) {
  int count = 0;
  DIR *descriptors = opendir("/proc/self/fd");
  while (descriptors && readdir(descriptors)) count++;
  if (descriptors) closedir(descriptors);
  return count;
}

/* Nothing is printed or read, and no descriptor, folder or mask is another one. */
static void check_streams_stay(void) {
  char paths[3][128], place[512], place_after[512];
  struct stat status;
  int kept = dup(2);
  for (int stream = 0; stream < 3; stream++) {
    snprintf(paths[stream], sizeof paths[stream], "%s/stream-%d", folder, stream);
    int file = open(paths[stream], O_RDWR | O_CREAT | O_TRUNC, 0600);
    if (stream == 0 && write(file, "input", 5) == 5) lseek(file, 0, SEEK_SET);
    dup2(file, stream);
    close(file);
  }
  int open_before = open_count(), mask = umask(027);
  char *had = getcwd(place, sizeof place);
  use_library();
  CHECK(had && getcwd(place_after, sizeof place_after) && strcmp(place, place_after) == 0);
  CHECK(umask(mask) == 027);
  CHECK(open_count() == open_before);
  int moved = lseek(0, 0, SEEK_CUR) != 0 || lseek(1, 0, SEEK_CUR) != 0 || ftell(stdin) > 0;
  int printed = fstat(1, &status) != 0 || status.st_size != 0;
  if (check_failed == 0) printed |= fstat(2, &status) != 0 || status.st_size != 0;
  dup2(kept, 2);
  CHECK(!moved && !printed);
}

/* Where OpenBLAS is the system's, the host may compute with it, too. */
static void check_blas_threads_stay(void) {
  int (*get)(void) = (int (*)(void))dlsym(RTLD_DEFAULT, "openblas_get_num_threads");
  void (*set)(int) = (void (*)(int))dlsym(RTLD_DEFAULT, "openblas_set_num_threads");
  for (int count = 1; get && set && count <= 2; count++) {
    set(count);
    int before = get();
    use_library();
    CHECK(get() == before);
  }
}

/* ----------------------------------------------------------- the library itself -- */

/* A copy is another library to the dynamic linker; where it was opened as often as this, its
 * functions still are what they were. */
static void check_copy(void) {
  char copy[128], command[512];
  const char *library_folder = getenv("LAMINA_TEST_LIBRARY_FOLDER");
  snprintf(copy, sizeof copy, "%s/liblamina-copy.so", folder);
  snprintf(command, sizeof command, "cp '%s/liblamina.so' '%s'",
           library_folder ? library_folder : "build/lib", copy);
  if (!CHECK(system(command) == 0)) return;
  lamina_model *model = load_tiny(), *others = NULL;
  lamina_session *session = make_session(model), *other_session = NULL;
  static float numbers[TINY_PIXELS], logits[TINY_CLASSES], other_logits[TINY_CLASSES];
  for (int i = 0; i < TINY_PIXELS; i++) numbers[i] = (float)(i % 5);
  for (int opening = 0; opening < OPENINGS && check_failed == 0; opening++) {
    void *library = dlopen(copy, RTLD_NOW | RTLD_LOCAL);
    if (!CHECK(library != NULL)) return;
#define OTHER(name) ((__typeof__(&name))dlsym(library, #name))
    CHECK(OTHER(lamina_version) != NULL && OTHER(lamina_version) != lamina_version);
    if (opening % 50 == 0) {
      lamina_model *missing = NULL;
      CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_load_file("/nowhere/mine", &missing));
      CHECK(OTHER(lamina_model_load_file)("/nowhere/others", &missing) == LAMINA_ERROR_IO);
      CHECK(strstr(lamina_last_error_message(), "mine") != NULL);
      CHECK(strstr(OTHER(lamina_last_error_message)(), "others") != NULL);
      CHECK(OTHER(lamina_model_load_file)(TINY_MODEL, &others) == LAMINA_OK);
      CHECK(OTHER(lamina_session_create)(others, NULL, &other_session) == LAMINA_OK);
      CHECK_OK(lamina_session_predict_float32(session, numbers, 1, logits, TINY_CLASSES));
      CHECK(OTHER(lamina_session_predict_float32)(other_session, numbers, 1, other_logits,
                                                  TINY_CLASSES) == LAMINA_OK);
      CHECK(memcmp(logits, other_logits, sizeof logits) == 0);
      OTHER(lamina_session_free)(other_session);
      OTHER(lamina_model_free)(others);
    }
    CHECK(dlclose(library) == 0);
  }
  lamina_session_free(session);
  lamina_model_free(model);
  use_library();
}

/* A child predicts as its parent does, whether that has used OpenBLAS or not. */
static void check_forks(void) {
  for (int round = 0; round < 3; round++) {
    fflush(NULL);
    pid_t process = fork();
    if (process == 0) {
      alarm(30);
      use_library();
      _exit(check_failed != 0);
    }
    int status = -1;
    CHECK(process > 0 && waitpid(process, &status, 0) == process && status == 0);
    use_library();
  }
}

/* --------------------------------------------------------------------- scenes -- */

static void play(void (*scene)(void), const char *name) {
  int status = -1;
  fflush(NULL);
  pid_t process = fork();
  if (process == 0) {
    alarm(120);
    check_failed = 0; /* other scenes' failures are theirs */
    scene();
    fflush(NULL);
    _exit(check_failed != 0);
  }
  if (process > 0) waitpid(process, &status, 0);
  if (!CHECK(status == 0)) fprintf(stderr, "%s ended with wait status %d\n", name, status);
}

int main(void) {
  snprintf(folder, sizeof folder, "/tmp/lamina-hosts-XXXXXX");
  if (!CHECK(mkdtemp(folder) != NULL)) return check_end();
  snprintf(saved, sizeof saved, "%s/model.safetensors", folder);
#define PLAY(scene) play(scene, #scene)
  PLAY(check_flags_stay);
  PLAY(check_traps_stay_away);
  PLAY(check_rounding_stays);
  PLAY(check_signals_stay);
  PLAY(check_locale_stays);
  PLAY(check_streams_stay);
  PLAY(check_blas_threads_stay);
  PLAY(check_copy);
  PLAY(check_forks);
  char command[128];
  snprintf(command, sizeof command, "rm -rf '%s'", folder);
  CHECK(system(command) == 0);
  return check_end();
}
