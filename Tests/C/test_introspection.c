/* What a model says of itself, and how strings and shapes are handed out. */
#include "check.h"
#include "tiny.h"

typedef lamina_status (*string_function)(const lamina_model *, char *, size_t, size_t *);

/* A (buffer, capacity, needed) function keeps the header's promises; gives the string. */
static char *check_string(const lamina_model *model, string_function get) {
  size_t needed = 0, again = 0;
  CHECK_OK(get(model, NULL, 0, &needed));
  CHECK(needed > 0);
  char *text = malloc(needed + 16);

  memset(text, 0x55, needed + 16);
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL, get(model, text, needed - 1, &again));
  CHECK(again == needed);
  CHECK(needed == 1 || text[0] == 0);
  int untouched = 1;
  for (size_t i = 1; i < needed + 16; i++) untouched &= text[i] == 0x55;
  CHECK(untouched);

  memset(text, 0x55, needed + 16);
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL, get(model, text, 0, NULL));
  CHECK(text[0] == 0x55);

  CHECK_OK(get(model, text, needed, NULL));
  CHECK(strlen(text) + 1 == needed);
  CHECK(text[needed] == 0x55);
  CHECK_OK(get(model, text, needed + 16, &again));
  CHECK(again == needed);
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, get(model, NULL, needed, NULL));
  return text;
}

static lamina_status label_0(const lamina_model *m, char *b, size_t c, size_t *n) {
  return lamina_model_label(m, 0, b, c, n);
}
static lamina_status key_0(const lamina_model *m, char *b, size_t c, size_t *n) {
  return lamina_model_metadata_key(m, 0, b, c, n);
}
static lamina_status note(const lamina_model *m, char *b, size_t c, size_t *n) {
  return lamina_model_metadata(m, "note", b, c, n);
}

static void test_strings(const lamina_model *model) {
  char *text = check_string(model, lamina_model_summary);
  CHECK(strstr(text, "dense_1") != NULL && strstr(text, "6,370") != NULL);
  free(text);

  text = check_string(model, lamina_model_config);
  CHECK(strstr(text, "\"Sequential\"") != NULL && strstr(text, "dense_1") != NULL);
  free(text);

  text = check_string(model, label_0);
  CHECK(strcmp(text, "0") == 0);
  free(text);

  text = check_string(model, key_0);
  CHECK(strcmp(text, "lamina_format_version") == 0);
  free(text);

  text = check_string(model, note);
  CHECK(strcmp(text, "made by Tests/C/make_model.py") == 0);
  free(text);
}

static void test_labels(const lamina_model *model) {
  size_t count = 0;
  char label[8];
  CHECK_OK(lamina_model_label_count(model, &count));
  CHECK(count == 10);
  for (size_t i = 0; i < 10; i++) {
    CHECK_OK(lamina_model_label(model, i, label, sizeof label, NULL));
    CHECK(label[0] == (char)('0' + i) && label[1] == 0);
  }
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_label(model, 10, label, 8, NULL));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_label(model, SIZE_MAX, label, 8, NULL));
}

static void test_metadata(const lamina_model *model) {
  size_t count = 0;
  int seen_note = 0;
  char key[64], value[4096];
  CHECK_OK(lamina_model_metadata_count(model, &count));
  CHECK(count == TINY_METADATA);
  for (size_t i = 0; i < count; i++) {
    CHECK_OK(lamina_model_metadata_key(model, i, key, sizeof key, NULL));
    CHECK_OK(lamina_model_metadata(model, key, value, sizeof value, NULL));
    seen_note += strcmp(key, "note") == 0;
  }
  CHECK(seen_note == 1);
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_metadata_key(model, count, key, sizeof key, NULL));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_metadata_key(model, SIZE_MAX, key, sizeof key, NULL));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_metadata(model, "no such key", value, sizeof value, NULL));
}

static void test_shapes(const lamina_model *model) {
  size_t count = 0, rank = 0;
  uint64_t parameters = 0;
  int64_t shape[4] = {-1, -1, -1, -1};
  CHECK_OK(lamina_model_parameter_count(model, &parameters));
  CHECK(parameters == TINY_PARAMETERS);
  CHECK_OK(lamina_model_input_count(model, &count));
  CHECK(count == 1);
  CHECK_OK(lamina_model_output_count(model, &count));
  CHECK(count == 1);

  CHECK_OK(lamina_model_input_shape(model, 0, NULL, 0, &rank));
  CHECK(rank == 2);
  CHECK_OK(lamina_model_input_shape(model, 0, shape, 4, &rank));
  CHECK(rank == 2 && shape[0] == 28 && shape[1] == 28 && shape[2] == -1);
  CHECK_OK(lamina_model_input_shape(model, 0, shape, 2, &rank));
  rank = 0;
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL, lamina_model_input_shape(model, 0, shape, 1, &rank));
  CHECK(rank == 2);
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_input_shape(model, 0, NULL, 2, &rank));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_input_shape(model, 1, shape, 4, &rank));

  CHECK_OK(lamina_model_output_shape(model, 0, NULL, 0, &rank));
  CHECK(rank == 1);
  CHECK_OK(lamina_model_output_shape(model, 0, shape, 1, &rank));
  CHECK(rank == 1 && shape[0] == 10);
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_output_shape(model, SIZE_MAX, shape, 4, &rank));
}

int main(void) {
  lamina_model *model = load_tiny();
  test_strings(model);
  test_labels(model);
  test_metadata(model);
  test_shapes(model);
  lamina_model_free(model);
  return check_end();
}
