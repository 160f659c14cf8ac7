// Lamina through its C interface; the dynamic linker chooses the edition.
#include <stdio.h>
#include <stdlib.h>

#include <lamina.h>

#include "predictor.h"

static lamina_session *session;

static void check(lamina_status status) {
  if (status == LAMINA_OK) return;
  fprintf(stderr, "%s\n", lamina_last_error_message());
  exit(1);
}

void predictor_open(const char *library, const char *path, int thread_count) {
  (void)library;
  lamina_model *model;
  lamina_session_options options = {.struct_size = sizeof options};
  options.thread_count = (size_t)thread_count;
  check(lamina_model_load_file(path, &model));
  check(lamina_session_create(model, &options, &session));
}

void predictor_run(const float *input, size_t rows, float *output) {
  check(lamina_session_predict_float32(session, input, rows, output, rows * 10));
}
