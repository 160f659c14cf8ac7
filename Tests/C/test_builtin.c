/* The model inside the library: a host needs no other file to read digits. */
#include <unistd.h>

#include "check.h"

/* Each sample's name begins with what it shows. */
static const char *const samples[] = {
    "0-dark-on-light", "0-plain",       "1-light-on-dark", "1-plain", "2-coloured-ink",
    "2-plain",         "3-palette",     "3-plain",         "4-plain", "4-transparent",
    "5-plain",         "5-sixteen-bit", "6-interlaced",    "6-plain", "7-off-centre",
    "7-plain",         "8-one-bit",     "8-plain",         "9-large", "9-plain",
};
enum { SAMPLES = sizeof samples / sizeof *samples };

static void test_facts(const lamina_model *model) {
  size_t count = 0, rank = 0;
  int64_t shape[4] = {0};
  int pixels = 1;
  char text[8];
  CHECK_OK(lamina_model_label_count(model, &count));
  CHECK(count == 10);
  for (size_t i = 0; i < count; i++) {
    CHECK_OK(lamina_model_label(model, i, text, sizeof text, NULL));
    CHECK(text[0] == (char)('0' + i) && text[1] == 0);
  }
  CHECK_OK(lamina_model_input_count(model, &count));
  CHECK(count == 1);
  CHECK_OK(lamina_model_input_shape(model, 0, shape, 4, &rank));
  for (size_t i = 0; i < rank; i++) pixels *= (int)shape[i];
  CHECK(pixels == 28 * 28);
  CHECK_OK(lamina_model_output_shape(model, 0, shape, 4, &rank));
  CHECK(rank == 1 && shape[0] == 10);
  CHECK_OK(lamina_model_metadata(model, "training", NULL, 0, &count));
  CHECK(count > 1);
}

static void test_samples(const lamina_model *model) {
  lamina_session *session = make_session(model);
  for (int i = 0; i < SAMPLES; i++) {
    char path[128];
    lamina_prediction best[10] = {{-1, 0}};
    float sum = 0;
    size_t count = 0;
    snprintf(path, sizeof path, "bindings/c/examples/digits/%s.png", samples[i]);
    CHECK_OK(lamina_session_classify_png_file(session, path, NULL, best, 10, &count));
    CHECK(best[0].class_index == samples[i][0] - '0');
    for (size_t j = 0; j < count; j++) sum += best[j].probability;
    CHECK(count == 10 && sum > 0.999f && sum < 1.001f);
  }
  lamina_session_free(session);
}

/* What reading a sample gives, to the bit. */
static lamina_prediction answer(const lamina_model *model) {
  lamina_session *session = make_session(model);
  lamina_prediction best = {-1, 0};
  size_t count = 0;
  CHECK_OK(lamina_session_classify_png_file(session, "bindings/c/examples/digits/7-off-centre.png",
                                            NULL, &best, 1, &count));
  lamina_session_free(session);
  return best;
}

/* Saved and loaded it is the same; damaged it is refused. */
static void test_saved(const lamina_model *model) {
  char path[] = "/tmp/lamina-test-XXXXXX";
  lamina_model *again = NULL;
  lamina_prediction before = answer(model), after;
  size_t size;
  close(mkstemp(path));
  CHECK_OK(lamina_model_save_file(model, path));
  if (CHECK_OK(lamina_model_load_file(path, &again))) {
    after = answer(again);
    CHECK(before.class_index == after.class_index && before.probability == after.probability);
    lamina_model_free(again);
  }
  unsigned char *bytes = read_file(path, &size);
  /* The last number is one of the last layer's: 0 becomes 2, and most others larger. */
  bytes[size - 1] ^= 0x40;
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_load_memory(bytes, size, &again));
  CHECK(again == NULL && strstr(lamina_last_error_message(), "test vector") != NULL);
  bytes[size - 1] ^= 0x40;
  CHECK_OK(lamina_model_load_memory(bytes, size, &again));
  lamina_model_free(again);
  free(bytes);
  unlink(path);
}

int main(void) {
  lamina_model *model = NULL, *other = NULL;
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_load_builtin(NULL));
  if (CHECK_OK(lamina_model_load_builtin(&model)) && CHECK_OK(lamina_model_load_builtin(&other))) {
    /* Each call makes one of its own. */
    CHECK(model != other);
    lamina_prediction of_other = answer(other);
    lamina_model_free(other);
    CHECK(of_other.probability == answer(model).probability);
    test_facts(model);
    test_samples(model);
    test_saved(model);
  }
  lamina_model_free(model);
  return check_end();
}
