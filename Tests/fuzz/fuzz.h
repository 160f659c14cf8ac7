/* What the fuzzers of the C interface share. */
#ifndef LAMINA_TESTS_FUZZ_H
#define LAMINA_TESTS_FUZZ_H

#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);
/* Of libFuzzer; both give the new size. */
size_t LLVMFuzzerMutate(uint8_t *bytes, size_t size, size_t capacity);
size_t LLVMFuzzerCustomMutator(uint8_t *bytes, size_t size, size_t capacity, unsigned seed);

/* Ends the program, which the fuzzer reports, where the library breaks a promise. */
#define REQUIRE(condition)                                                    \
  do {                                                                        \
    if (!(condition)) {                                                       \
      fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, __LINE__, #condition); \
      abort();                                                                \
    }                                                                         \
  } while (0)

/* A call succeeds, or fails with a sentence. Gives whether it succeeded. */
static inline int succeeds(lamina_status status) {
  REQUIRE(status >= LAMINA_OK && status <= LAMINA_ERROR_BUSY);
  REQUIRE(status == LAMINA_OK || lamina_last_error_message()[0] != 0);
  return status == LAMINA_OK;
}

/* Asks a model for all that it tells, and predicts a little with it. */
void use_model(const lamina_model *model);

#endif
