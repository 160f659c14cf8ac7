/* The little that C tests need: checks that count, say where they failed, and go on. */
#ifndef LAMINA_TESTS_CHECK_H
#define LAMINA_TESTS_CHECK_H

#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int check_passed, check_failed;

/* Checks a condition; gives it back. */
#define CHECK(condition) check_that((condition) != 0, #condition, __FILE__, __LINE__)

/* Checks that a call gives the status `expected`, and a message if that is an error. */
#define CHECK_STATUS(expected, call) check_status((expected), (call), #call, __FILE__, __LINE__)

/* Checks that a call succeeds, and says why if it does not. */
#define CHECK_OK(call) CHECK_STATUS(LAMINA_OK, call)

/* Checks that a call either succeeds or fails with a message. */
#define CHECK_SANE(call) check_sane((call), #call, __FILE__, __LINE__)

static int check_that(int holds, const char *what, const char *file, int line) {
  if (holds) {
    check_passed++;
  } else {
    check_failed++;
    fprintf(stderr, "%s:%d: failed: %s\n", file, line, what);
  }
  return holds;
}

static int check_status(lamina_status expected, lamina_status got, const char *what,
                        const char *file, int line) {
  if (got != expected) {
    fprintf(stderr, "%s:%d: expected %s, got %s (%s)\n", file, line, lamina_status_name(expected),
            lamina_status_name(got), got == LAMINA_OK ? "" : lamina_last_error_message());
    return check_that(0, what, file, line);
  }
  return check_that(got == LAMINA_OK || lamina_last_error_message()[0] != 0, what, file, line);
}

static inline lamina_status check_sane(lamina_status got, const char *what, const char *file,
                                       int line) {
  int known = got >= LAMINA_OK && got <= LAMINA_ERROR_BUSY;
  check_that(known && (got == LAMINA_OK || lamina_last_error_message()[0] != 0), what, file, line);
  return got;
}

/* The last line of a test program, and its exit status. */
static int check_end(void) {
  printf("%d passed, %d failed\n", check_passed, check_failed);
  return check_failed != 0;
}

/* Bytes of a whole file; ends the program when it cannot be read. */
static inline unsigned char *read_file(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  unsigned char *bytes = NULL;
  *size = 0;
  if (file) {
    size_t room = 1 << 16;
    bytes = malloc(room);
    while (bytes) {
      *size += fread(bytes + *size, 1, room - *size, file);
      if (*size < room) break;
      room *= 2;
      bytes = realloc(bytes, room);
    }
    fclose(file);
  }
  if (!bytes) {
    perror(path);
    exit(2);
  }
  return bytes;
}

/* Where the fixtures are, and the tests' tiny model. */
#define TINY_MODEL "Tests/Fixtures/models/tiny.safetensors"

static inline lamina_model *load_tiny(void) {
  lamina_model *model = NULL;
  if (lamina_model_load_file(TINY_MODEL, &model) != LAMINA_OK) {
    fprintf(stderr, "%s\n0 passed, 1 failed\n", lamina_last_error_message());
    exit(2);
  }
  return model;
}

static inline lamina_session *make_session(const lamina_model *model) {
  lamina_session *session = NULL;
  if (lamina_session_create(model, NULL, &session) != LAMINA_OK) {
    fprintf(stderr, "%s\n0 passed, 1 failed\n", lamina_last_error_message());
    exit(2);
  }
  return session;
}

/* The same random numbers on every machine (xorshift64*). */
static inline uint64_t next_random(uint64_t *state) {
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * UINT64_C(2685821657736338717);
}

/* A tensor over the caller's numbers. */
static inline lamina_tensor make_tensor(lamina_dtype dtype, void *data, size_t capacity,
                                        uint32_t rank, int64_t d0, int64_t d1, int64_t d2) {
  lamina_tensor tensor;
  memset(&tensor, 0, sizeof tensor);
  tensor.struct_size = sizeof tensor;
  tensor.dtype = dtype;
  tensor.rank = rank;
  tensor.shape[0] = d0;
  tensor.shape[1] = d1;
  tensor.shape[2] = d2;
  tensor.data = data;
  tensor.capacity = capacity;
  return tensor;
}

#endif
