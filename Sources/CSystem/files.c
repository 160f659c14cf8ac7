#define _GNU_SOURCE
#include "CSystem.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

const int laminasystem_interrupted = EINTR;
const int laminasystem_exists = EEXIST;

int laminasystem_errno(void) { return errno; }

const char *laminasystem_describe_error(int error, char *buffer, size_t capacity) {
  if (capacity == 0) return buffer;
  // GNU strerror_r may give a string of its own instead of filling the buffer.
  const char *text = strerror_r(error, buffer, capacity);
  if (text != buffer) {
    strncpy(buffer, text, capacity - 1);
    buffer[capacity - 1] = '\0';
  }
  return buffer;
}

int laminasystem_open_for_reading(const char *path) { return open(path, O_RDONLY | O_CLOEXEC); }

int laminasystem_create_file(const char *path) {
  return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
}

int64_t laminasystem_regular_size(int descriptor) {
  struct stat status;
  if (fstat(descriptor, &status) != 0 || !S_ISREG(status.st_mode)) return -1;
  return status.st_size;
}

int laminasystem_is_replaceable(const char *path) {
  struct stat status;
  return stat(path, &status) != 0 || S_ISREG(status.st_mode);
}

// The path that a link's text means, which is relative to the link's folder.
static char *join(const char *link, const char *target) {
  const char *slash = strrchr(link, '/');
  if (target[0] == '/' || slash == NULL) return strdup(target);
  size_t folder = (size_t)(slash - link) + 1;
  char *path = malloc(folder + strlen(target) + 1);
  if (path == NULL) return NULL;
  memcpy(path, link, folder);
  strcpy(path + folder, target);
  return path;
}

char *laminasystem_follow_links(const char *path) {
  const int most_links = 40;  // as many as the kernel follows
  char *current = strdup(path);
  for (int links = 0; current != NULL && links <= most_links; links++) {
    char target[4096];
    ssize_t length = readlink(current, target, sizeof target - 1);
    if (length < 0) return current;
    target[length] = '\0';
    char *next = join(current, target);
    free(current);
    current = next;
  }
  if (current != NULL) errno = ELOOP;
  free(current);
  return NULL;
}

int laminasystem_permissions(const char *path) {
  struct stat status;
  if (stat(path, &status) == 0) return (int)(status.st_mode & 0777);
  // The process's mask can only be read by setting it, which would race with
  // other threads; /proc has it without.
  int mask = 022;
  FILE *file = fopen("/proc/self/status", "re");
  if (file != NULL) {
    char line[256];
    while (fgets(line, sizeof line, file) != NULL)
      if (strncmp(line, "Umask:", 6) == 0) mask = (int)strtol(line + 6, NULL, 8);
    fclose(file);
  }
  return 0666 & ~mask;
}

int laminasystem_set_permissions(int descriptor, int permissions) {
  return fchmod(descriptor, (mode_t)permissions);
}

int laminasystem_flush_folder_of(const char *path) {
  const char *slash = strrchr(path, '/');
  char *folder = slash == NULL   ? strdup(".")
                 : slash == path ? strdup("/")
                                 : strndup(path, (size_t)(slash - path));
  if (folder == NULL) return -1;
  int descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  free(folder);
  if (descriptor < 0) return -1;
  int result = fsync(descriptor);
  close(descriptor);
  return result;
}
