#define _GNU_SOURCE
// Runs a program and says what it took, from the moment before its exec to its end:
//
//     measure RESULT.json COMMAND [ARGUMENT...]
//
// What the program prints goes on to standard output. A host of a few pages, so that the
// program's peak memory is its own: Linux counts what the parent held at fork.
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "timing.h"

static double seconds(struct timeval time) {
  return (double)time.tv_sec + 1e-6 * (double)time.tv_usec;
}

int main(int count, char **arguments) {
  int channel[2];
  if (count < 3 || pipe2(channel, O_CLOEXEC) != 0) return 125;
  double start = now();
  pid_t child = fork();
  if (child < 0) return 125;
  if (child == 0) {
    dup2(channel[1], STDOUT_FILENO);
    execvp(arguments[2], arguments + 2);
    perror(arguments[2]);
    _exit(127);
  }
  close(channel[1]);

  static char bytes[1 << 16];
  double first_output = 0;
  for (ssize_t size; (size = read(channel[0], bytes, sizeof bytes)) > 0;) {
    if (first_output == 0) first_output = now() - start;
    if (fwrite(bytes, 1, (size_t)size, stdout) != (size_t)size) return 125;
  }
  int status;
  struct rusage usage;
  if (wait4(child, &status, 0, &usage) != child) return 125;
  double end = now() - start;

  FILE *result = fopen(arguments[1], "w");
  if (!result) return 125;
  fprintf(result,
          "{\"process_seconds\": %.6f, \"first_output_seconds\": %.6f, \"user_seconds\": %.6f, "
          "\"system_seconds\": %.6f, \"peak_megabytes\": %.3f}\n",
          end, first_output, seconds(usage.ru_utime), seconds(usage.ru_stime),
          (double)usage.ru_maxrss * 1024 / 1e6);
  fclose(result);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
