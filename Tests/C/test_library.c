/* Versions, names of statuses, and the message that belongs to a thread. */
#include <pthread.h>

#include "check.h"

static void *other_thread(void *unused) {
  (void)unused;
  CHECK(strcmp(lamina_last_error_message(), "") == 0);
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_load_file("/nowhere/other", &(lamina_model *){NULL}));
  CHECK(strstr(lamina_last_error_message(), "/nowhere/other") != NULL);
  return NULL;
}

int main(void) {
  lamina_model *model = NULL;
  char before[1024];
  pthread_t thread;

  CHECK(strcmp(lamina_last_error_message(), "") == 0);
  CHECK(strcmp(lamina_version(), LAMINA_VERSION) == 0);
  CHECK(lamina_abi_version() == LAMINA_ABI_VERSION);

#define CHECK_NAME(status) CHECK(strcmp(lamina_status_name(status), #status) == 0)
  CHECK_NAME(LAMINA_OK);
  CHECK_NAME(LAMINA_ERROR_INVALID_ARGUMENT);
  CHECK_NAME(LAMINA_ERROR_IO);
  CHECK_NAME(LAMINA_ERROR_FORMAT);
  CHECK_NAME(LAMINA_ERROR_UNSUPPORTED);
  CHECK_NAME(LAMINA_ERROR_IMAGE);
  CHECK_NAME(LAMINA_ERROR_NO_DIGIT);
  CHECK_NAME(LAMINA_ERROR_BUFFER_TOO_SMALL);
  CHECK_NAME(LAMINA_ERROR_OUT_OF_MEMORY);
  CHECK_NAME(LAMINA_ERROR_BUSY);
  CHECK(strcmp(lamina_status_name((lamina_status)999), "unknown status") == 0);
  CHECK(strcmp(lamina_status_name((lamina_status)-1), "unknown status") == 0);

  /* The message names the file, stays through a success, and is this thread's own. */
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_load_file("/nowhere/this", &model));
  snprintf(before, sizeof before, "%s", lamina_last_error_message());
  CHECK(strstr(before, "/nowhere/this") != NULL);
  CHECK_OK(lamina_model_load_file(TINY_MODEL, &model));
  CHECK(strcmp(lamina_last_error_message(), before) == 0);
  /* Checks are counted by one thread at a time. */
  int started = pthread_create(&thread, NULL, other_thread, NULL) == 0;
  if (started) pthread_join(thread, NULL);
  CHECK(started);
  CHECK(strcmp(lamina_last_error_message(), before) == 0);
  lamina_model_free(model);

  /* Free takes NULL. */
  lamina_model_free(NULL);
  lamina_session_free(NULL);
  return check_end();
}
