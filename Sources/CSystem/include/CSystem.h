// What Lamina takes from the C library. Embedded Swift has no Glibc module,
// and Swift imports neither variadic functions nor errno.
#ifndef LAMINA_CSYSTEM_H
#define LAMINA_CSYSTEM_H

#include <fenv.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

// errno of the last call that failed in this thread.
int laminasystem_errno(void);

// Its values EINTR and EEXIST.
extern const int laminasystem_interrupted;
extern const int laminasystem_exists;

// The system's sentence for an errno, into a caller's buffer; gives the buffer.
const char *laminasystem_describe_error(int error, char *buffer, size_t capacity);

// A descriptor that reads the file, or -1.
int laminasystem_open_for_reading(const char *path);

// A descriptor of a new file, which must not exist yet, or -1.
int laminasystem_create_file(const char *path);

// The size of an open regular file; -1 where it is something else, or unknown.
int64_t laminasystem_regular_size(int descriptor);

// Whether a save may put a file at `path`: a regular file, or nothing, is there.
int laminasystem_is_replaceable(const char *path);

// Where a path leads to whose last part may be a symbolic link, also one to
// nothing; free() gives it back. NULL, and errno says why, where links lead in
// a circle or memory is short.
char *laminasystem_follow_links(const char *path);

// The permissions of the file at `path`; when there is none, those that the
// process gives to new files.
int laminasystem_permissions(const char *path);

// Sets a file's permissions; 0, or -1.
int laminasystem_set_permissions(int descriptor, int permissions);

// Flushes to the disk the folder that holds `path`, so that a rename in it
// lasts; 0, or -1.
int laminasystem_flush_folder_of(const char *path);

// A number without its fraction, which must fit. Swift's own conversion checks that, and so takes
// one number at a time.
static inline int32_t laminasystem_whole_part(float number) { return (int32_t)number; }

// Between these two calls no computation raises a signal, though the host may have
// asked for that, and afterwards its floating-point flags are as before. How it
// rounds and what it makes of subnormal numbers holds in between, too.
#if defined(__x86_64__)
typedef unsigned laminasystem_arithmetic;
static inline laminasystem_arithmetic laminasystem_begin_arithmetic(void) {
  const unsigned masks = 0x1F80;
  unsigned before = __builtin_ia32_stmxcsr();
  __builtin_ia32_ldmxcsr(before | masks);
  return before;
}
static inline void laminasystem_end_arithmetic(laminasystem_arithmetic before) {
  __builtin_ia32_ldmxcsr(before);
}
#else
typedef fenv_t laminasystem_arithmetic;
static inline laminasystem_arithmetic laminasystem_begin_arithmetic(void) {
  fenv_t before;
  feholdexcept(&before);
  return before;
}
static inline void laminasystem_end_arithmetic(laminasystem_arithmetic before) {
  fesetenv(&before);
}
#endif

// Zeroed memory, aligned to a cache line; or NULL.
void *laminasystem_allocate(size_t bytes);

// Gives such memory back; NULL is ignored.
void laminasystem_free(void *memory);

// The number that `text` begins with, as the C locale writes it; `length`
// receives how many bytes it took.
double laminasystem_parse_number(const char *text, size_t *length);

// Seconds on a clock that only goes forward.
double laminasystem_seconds(void);

// This thread's last error message, a zero-terminated string.
enum { laminasystem_message_capacity = 1024 };
char *laminasystem_message(void);

// access.c: who may read or change something. An entry that is not refused is ended,
// but a nested one: its thread has begun to change the thing before.
typedef struct laminasystem_access laminasystem_access;
typedef enum laminasystem_entry {
  laminasystem_entry_refused,
  laminasystem_entry_first,
  laminasystem_entry_nested
} laminasystem_entry;

// NULL where memory is short.
laminasystem_access *laminasystem_make_access(void);
void laminasystem_free_access(laminasystem_access *access);

// Refused while another thread changes it.
laminasystem_entry laminasystem_begin_reading(laminasystem_access *access);
void laminasystem_end_reading(laminasystem_access *access);

// Refused while another thread reads or changes it.
laminasystem_entry laminasystem_begin_changing(laminasystem_access *access);
void laminasystem_end_changing(laminasystem_access *access);

// workers.c: the most threads that share a computation, the caller among them,
// and how many processors this process may use, at most so many. What runs the
// pieces takes a Swift closure, so Kernels/Workers.swift declares it.
#define LAMINASYSTEM_THREAD_LIMIT 64
int laminasystem_processor_count(void);

#endif
