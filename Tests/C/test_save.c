/* Whatever ends a save - the process is killed, the disk is full, the folder cannot be written - the
 * old file or the new one is there, whole. */
#include <dirent.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"

enum { KILLS = 200, MOST_MICROSECONDS = 30000, NOBODY = 65534 };

static const char config[] =
    "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"saved\",\"layers\":["
    "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"input\",\"batch_shape\":[null,784]}},"
    "{\"class_name\":\"Dense\",\"config\":{\"name\":\"dense\",\"units\":256}}]}}";

static char folder[64], path[128];
static lamina_model *models[2];
/* The files that the models give. */
static unsigned char *whole[2];
static size_t whole_size[2];

/* Which model's file is at `path`, if it is one of them to the last byte; else -1. */
static int file_there(void) {
  size_t size;
  unsigned char *bytes = read_file(path, &size);
  int found = -1;
  for (int i = 0; i < 2; i++)
    if (size == whole_size[i] && memcmp(bytes, whole[i], size) == 0) found = i;
  free(bytes);
  return found;
}

/* Removes what is left beside the file, and says how many files these were. */
static int remove_leftovers(void) {
  int count = 0;
  char other[512];
  DIR *entries = opendir(folder);
  for (struct dirent *entry; entries && (entry = readdir(entries));) {
    if (entry->d_name[0] == '.' || strcmp(entry->d_name, "model.safetensors") == 0) continue;
    snprintf(other, sizeof other, "%s/%s", folder, entry->d_name);
    count += unlink(other) == 0;
  }
  if (entries) closedir(entries);
  return count;
}

static void check_kills(void) {
  uint64_t random = 20261124;
  int interrupted = 0, new_files = 0;
  for (int round = 0; round < KILLS; round++) {
    int before = file_there(), status;
    fflush(NULL);
    pid_t process = fork();
    if (process == 0)
      for (int next = !before;; next = !next) lamina_model_save_file(models[next], path);
    usleep((useconds_t)(next_random(&random) % MOST_MICROSECONDS));
    if (!CHECK(process > 0 && kill(process, SIGKILL) == 0)) return;
    CHECK(waitpid(process, &status, 0) == process && WIFSIGNALED(status));
    int after = file_there(), left = remove_leftovers();
    CHECK(after >= 0);
    CHECK(left <= 1);
    interrupted += left;
    new_files += after != before;
  }
  /* Otherwise nothing of this was seen. */
  CHECK(interrupted > KILLS / 10 && new_files > KILLS / 10);
}

/* The file system gives room for a part only, as a full disk does. */
static void check_full_disk(void) {
  signal(SIGXFSZ, SIG_IGN);
  struct rlimit limit;
  getrlimit(RLIMIT_FSIZE, &limit);
  int before = file_there();
  for (size_t room = 0; room < whole_size[0]; room += whole_size[0] / 7) {
    limit.rlim_cur = (rlim_t)room;
    CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
    CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_save_file(models[!before], path));
    CHECK(strstr(lamina_last_error_message(), path) != NULL);
    CHECK(file_there() == before);
    CHECK(remove_leftovers() == 0);
  }
  limit.rlim_cur = limit.rlim_max;
  CHECK(setrlimit(RLIMIT_FSIZE, &limit) == 0);
  CHECK_OK(lamina_model_save_file(models[!before], path));
  CHECK(file_there() == !before);
}

/* Root writes everywhere, so this is nobody. */
static void check_unwritable_folder(void) {
  int before = file_there(), status;
  fflush(NULL);
  pid_t process = fork();
  if (process == 0) {
    chmod(folder, 0555);
    if (getuid() == 0 && setuid(NOBODY) != 0) _exit(2);
    CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_save_file(models[!before], path));
    CHECK(strstr(lamina_last_error_message(), path) != NULL);
    _exit(check_failed != 0);
  }
  CHECK(process > 0 && waitpid(process, &status, 0) == process && status == 0);
  chmod(folder, 0700);
  CHECK(file_there() == before);
  CHECK(remove_leftovers() == 0);
}

int main(void) {
  snprintf(folder, sizeof folder, "/tmp/lamina-save-XXXXXX");
  if (!CHECK(mkdtemp(folder) != NULL)) return check_end();
  snprintf(path, sizeof path, "%s/model.safetensors", folder);
  for (int i = 0; i < 2; i++) {
    CHECK_OK(lamina_model_create(config, (uint64_t)i, &models[i]));
    CHECK_OK(lamina_model_save_file(models[i], path));
    whole[i] = read_file(path, &whole_size[i]);
  }
  check_kills();
  check_full_disk();
  check_unwritable_folder();
  for (int i = 0; i < 2; i++) {
    lamina_model_free(models[i]);
    free(whole[i]);
  }
  CHECK(unlink(path) == 0 && rmdir(folder) == 0);
  return check_end();
}
