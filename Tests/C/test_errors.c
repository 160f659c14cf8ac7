/* Whatever a host passes in, it gets a status and a message back, and lives on. */
#include <unistd.h>

#include "check.h"
#include "png.h"
#include "tiny.h"

#define INVALID LAMINA_ERROR_INVALID_ARGUMENT
#define ONE_PNG "bindings/c/examples/digits/1-plain.png"

static float numbers[4 * TINY_PIXELS], logits[4 * TINY_CLASSES];

/* After all that went wrong, a good call is right. */
static void check_alive(lamina_session *session) {
  uint8_t pixels[TINY_PIXELS];
  float answer[TINY_CLASSES];
  lamina_tensor input = make_tensor(LAMINA_UINT8, pixels, sizeof pixels, 3, 1, 28, 28);
  lamina_tensor output = make_tensor(LAMINA_FLOAT32, answer, sizeof answer, 0, 0, 0, 0);
  tiny_picture(1, pixels);
  if (!CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1))) return;
  for (int i = 0; i < TINY_CLASSES; i++) {
    float difference = answer[i] - tiny_logits[1][i];
    CHECK(difference < 1e-5f && difference > -1e-5f);
  }
}

static void test_null(const lamina_model *model, lamina_session *session) {
  lamina_model *made = NULL;
  lamina_session *opened = NULL;
  lamina_prediction best;
  lamina_tensor tensor = make_tensor(LAMINA_FLOAT32, numbers, sizeof numbers, 3, 1, 28, 28);
  uint8_t pixels[TINY_PIXELS];
  char text[16];
  uint64_t parameters;
  size_t count, needed;
  int64_t shape[4];

  CHECK_STATUS(INVALID, lamina_model_load_file(NULL, &made));
  CHECK_STATUS(INVALID, lamina_model_load_file(TINY_MODEL, NULL));
  CHECK_STATUS(INVALID, lamina_model_load_memory(NULL, 100, &made));
  CHECK_STATUS(INVALID, lamina_model_load_memory("abc", 3, NULL));
  CHECK_STATUS(INVALID, lamina_model_load_builtin(NULL));
  CHECK_STATUS(INVALID, lamina_model_create(NULL, 1, &made));
  CHECK_STATUS(INVALID, lamina_model_create("{}", 1, NULL));
  CHECK_STATUS(INVALID, lamina_model_save_file(NULL, "/tmp/x"));
  CHECK_STATUS(INVALID, lamina_model_save_file(model, NULL));
  CHECK(made == NULL);

  CHECK_STATUS(INVALID, lamina_model_parameter_count(NULL, &parameters));
  CHECK_STATUS(INVALID, lamina_model_parameter_count(model, NULL));
  CHECK_STATUS(INVALID, lamina_model_input_count(NULL, &count));
  CHECK_STATUS(INVALID, lamina_model_input_count(model, NULL));
  CHECK_STATUS(INVALID, lamina_model_output_count(NULL, &count));
  CHECK_STATUS(INVALID, lamina_model_output_count(model, NULL));
  CHECK_STATUS(INVALID, lamina_model_label_count(NULL, &count));
  CHECK_STATUS(INVALID, lamina_model_label_count(model, NULL));
  CHECK_STATUS(INVALID, lamina_model_metadata_count(NULL, &count));
  CHECK_STATUS(INVALID, lamina_model_metadata_count(model, NULL));

  CHECK_STATUS(INVALID, lamina_model_input_shape(NULL, 0, shape, 4, &count));
  CHECK_STATUS(INVALID, lamina_model_input_shape(model, 0, NULL, 4, &count));
  CHECK_SANE(lamina_model_input_shape(model, 0, shape, 4, NULL));
  CHECK_STATUS(INVALID, lamina_model_output_shape(NULL, 0, shape, 4, &count));
  CHECK_STATUS(INVALID, lamina_model_output_shape(model, 0, NULL, 4, &count));
  CHECK_SANE(lamina_model_output_shape(model, 0, shape, 4, NULL));

  CHECK_STATUS(INVALID, lamina_model_label(NULL, 0, text, sizeof text, &needed));
  CHECK_STATUS(INVALID, lamina_model_label(model, 0, NULL, 16, &needed));
  CHECK_STATUS(INVALID, lamina_model_summary(NULL, text, sizeof text, &needed));
  CHECK_STATUS(INVALID, lamina_model_summary(model, NULL, 16, &needed));
  CHECK_STATUS(INVALID, lamina_model_config(NULL, text, sizeof text, &needed));
  CHECK_STATUS(INVALID, lamina_model_config(model, NULL, 16, &needed));
  CHECK_STATUS(INVALID, lamina_model_metadata_key(NULL, 0, text, sizeof text, &needed));
  CHECK_STATUS(INVALID, lamina_model_metadata_key(model, 0, NULL, 16, &needed));
  CHECK_STATUS(INVALID, lamina_model_metadata(NULL, "note", text, sizeof text, &needed));
  CHECK_STATUS(INVALID, lamina_model_metadata(model, NULL, text, sizeof text, &needed));
  CHECK_STATUS(INVALID, lamina_model_metadata(model, "note", NULL, 16, &needed));
  /* Neither text nor size is asked for: allowed, if pointless. */
  CHECK_SANE(lamina_model_summary(model, NULL, 0, NULL));

  CHECK_STATUS(INVALID, lamina_session_create(NULL, NULL, &opened));
  CHECK_STATUS(INVALID, lamina_session_create(model, NULL, NULL));
  CHECK(opened == NULL);
  CHECK_STATUS(INVALID, lamina_session_predict(NULL, &tensor, 1, &tensor, 1));
  CHECK_STATUS(INVALID, lamina_session_predict(session, NULL, 1, &tensor, 1));
  CHECK_STATUS(INVALID, lamina_session_predict(session, &tensor, 1, NULL, 1));
  CHECK_STATUS(INVALID, lamina_session_predict_float32(NULL, numbers, 1, logits, 10));
  CHECK_STATUS(INVALID, lamina_session_predict_float32(session, NULL, 1, logits, 10));
  CHECK_STATUS(INVALID, lamina_session_predict_float32(session, numbers, 1, NULL, 10));

  CHECK_STATUS(INVALID, lamina_session_classify_png_file(NULL, "x", NULL, &best, 1, &count));
  CHECK_STATUS(INVALID, lamina_session_classify_png_file(session, NULL, NULL, &best, 1, &count));
  CHECK_STATUS(INVALID, lamina_session_classify_png_memory(NULL, "x", 1, NULL, &best, 1, &count));
  CHECK_STATUS(INVALID,
               lamina_session_classify_png_memory(session, NULL, 1, NULL, &best, 1, &count));
  CHECK_STATUS(INVALID, lamina_model_preprocess_png_file(NULL, "x", NULL, pixels, 784, &needed));
  CHECK_STATUS(INVALID, lamina_model_preprocess_png_file(model, NULL, NULL, pixels, 784, &needed));
  CHECK_STATUS(INVALID,
               lamina_model_preprocess_png_memory(NULL, "x", 1, NULL, pixels, 784, &needed));
  CHECK_STATUS(INVALID,
               lamina_model_preprocess_png_memory(model, NULL, 1, NULL, pixels, 784, &needed));

  size_t size;
  uint8_t one[784];
  draw_one(one);
  uint8_t *png = make_png(one, 28, 28, &size);
  CHECK_STATUS(INVALID,
               lamina_session_classify_png_memory(session, png, size, NULL, NULL, 1, &count));
  CHECK_STATUS(INVALID,
               lamina_session_classify_png_memory(session, png, size, NULL, &best, 1, NULL));
  CHECK_STATUS(INVALID, lamina_session_classify_png_file(session, ONE_PNG, NULL, NULL, 1, &count));
  CHECK_STATUS(INVALID, lamina_session_classify_png_file(session, ONE_PNG, NULL, &best, 1, NULL));
  CHECK_SANE(lamina_session_classify_png_memory(session, png, size, NULL, NULL, 0, &count));
  CHECK_SANE(lamina_session_classify_png_memory(session, png, size, NULL, &best, 0, &count));
  CHECK_STATUS(INVALID,
               lamina_model_preprocess_png_memory(model, png, size, NULL, NULL, 784, &needed));
  CHECK_STATUS(INVALID, lamina_model_preprocess_png_file(model, ONE_PNG, NULL, NULL, 784, &needed));
  CHECK_SANE(lamina_model_preprocess_png_memory(model, png, size, NULL, NULL, 0, NULL));
  CHECK_SANE(lamina_model_preprocess_png_file(model, ONE_PNG, NULL, NULL, 0, NULL));
  free(png);

  /* Nothing is not a file. */
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_load_memory("", 0, &made));
  CHECK_SANE(lamina_model_load_memory(NULL, 0, &made));
  CHECK_STATUS(LAMINA_ERROR_IMAGE,
               lamina_session_classify_png_memory(session, "", 0, NULL, &best, 1, &count));
  CHECK(made == NULL);
}

static void test_struct_sizes(const lamina_model *model, lamina_session *session) {
  uint8_t one[784], pixels[784];
  size_t size, count;
  lamina_prediction best;
  draw_one(one);
  uint8_t *png = make_png(one, 28, 28, &size);
  for (size_t wrong = 0; wrong < 16; wrong += 1 + wrong) {
    lamina_session_options session_options = {wrong, 1, 1};
    lamina_png_options png_options = {wrong, 0};
    lamina_session *opened = (lamina_session *)&opened;
    lamina_tensor input = make_tensor(LAMINA_FLOAT32, numbers, sizeof numbers, 3, 1, 28, 28);
    lamina_tensor output = make_tensor(LAMINA_FLOAT32, logits, sizeof logits, 0, 0, 0, 0);
    CHECK_STATUS(INVALID, lamina_session_create(model, &session_options, &opened));
    CHECK(opened == NULL);
    CHECK_STATUS(INVALID, lamina_session_classify_png_memory(session, png, size, &png_options,
                                                             &best, 1, &count));
    CHECK_STATUS(INVALID, lamina_model_preprocess_png_memory(model, png, size, &png_options, pixels,
                                                             784, &count));
    input.struct_size = wrong;
    CHECK_STATUS(INVALID, lamina_session_predict(session, &input, 1, &output, 1));
    input.struct_size = sizeof input;
    output.struct_size = wrong;
    CHECK_STATUS(INVALID, lamina_session_predict(session, &input, 1, &output, 1));
  }
  free(png);
}

/* Each entry is wrong in one way. */
static void test_tensors(lamina_session *session) {
  const lamina_tensor good = make_tensor(LAMINA_FLOAT32, numbers, sizeof numbers, 3, 4, 28, 28);
  const lamina_tensor room = make_tensor(LAMINA_FLOAT32, logits, sizeof logits, 0, 0, 0, 0);
  lamina_tensor input, output = room;
#define CHECK_INPUT(change)                                                        \
  do {                                                                             \
    input = good;                                                                  \
    output = room;                                                                 \
    change;                                                                        \
    CHECK_STATUS(INVALID, lamina_session_predict(session, &input, 1, &output, 1)); \
  } while (0)

  input = good;
  CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));

  CHECK_INPUT(input.rank = 0);
  CHECK_INPUT(input.rank = 1);
  CHECK_INPUT(input.rank = 2);
  CHECK_INPUT(input.rank = 4; input.shape[3] = 1);
  CHECK_INPUT(input.rank = 8);
  CHECK_INPUT(input.rank = 9);
  CHECK_INPUT(input.rank = UINT32_MAX);
  CHECK_INPUT(input.shape[0] = -1);
  CHECK_INPUT(input.shape[0] = INT64_MIN);
  CHECK_INPUT(input.shape[0] = INT64_MAX);
  CHECK_INPUT(input.shape[0] = INT64_MAX / TINY_PIXELS + 1);
  CHECK_INPUT(input.shape[0] = INT64_MAX / TINY_PIXELS / 4 + 1);
  CHECK_INPUT(input.shape[0] = INT64_MAX / 10 / 4 + 1; input.capacity = SIZE_MAX);
  CHECK_INPUT(input.shape[0] = (int64_t)1 << 62; input.capacity = SIZE_MAX);
  CHECK_INPUT(input.shape[0] = 5);
  CHECK_INPUT(input.shape[1] = 27);
  CHECK_INPUT(input.shape[1] = -28);
  CHECK_INPUT(input.shape[1] = 784; input.shape[2] = 1);
  CHECK_INPUT(input.shape[1] = -28; input.shape[2] = -28);
  CHECK_INPUT(input.shape[2] = INT64_MAX);
  CHECK_INPUT(input.capacity = sizeof numbers - 1);
  CHECK_INPUT(input.capacity = 0);
  CHECK_INPUT(input.data = NULL);
  CHECK_INPUT(input.data = NULL; input.capacity = 0);
  CHECK_INPUT(input.dtype = (lamina_dtype)3);
  CHECK_INPUT(input.dtype = (lamina_dtype)-1);
  CHECK_INPUT(input.data = (char *)numbers + 1; input.shape[0] = 1);
  CHECK_INPUT(input.data = (char *)numbers + 2; input.dtype = LAMINA_INT32; input.shape[0] = 1);

  CHECK_INPUT(output.data = NULL);
  CHECK_INPUT(output.dtype = LAMINA_UINT8);
  CHECK_INPUT(output.dtype = LAMINA_INT32);
  CHECK_INPUT(output.dtype = (lamina_dtype)77);
  CHECK_INPUT(output.data = (char *)logits + 1; output.capacity -= 4; input.shape[0] = 1);

  lamina_tensor inputs[2] = {good, good}, outputs[2] = {room, room};
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 0, outputs, 1));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 2, outputs, 1));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, SIZE_MAX, outputs, 1));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 1, outputs, 0));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 1, outputs, 2));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 1, outputs, SIZE_MAX));

  /* No rows: nothing to do or an error, as the library likes. Bytes need no alignment. */
  input = good;
  input.shape[0] = 0;
  output = room;
  CHECK_SANE(lamina_session_predict(session, &input, 1, &output, 1));
  input = make_tensor(LAMINA_UINT8, (char *)numbers + 1, TINY_PIXELS, 3, 1, 28, 28);
  CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));

  CHECK_SANE(lamina_session_predict_float32(session, numbers, 0, logits, 0));
  const size_t absurd[] = {SIZE_MAX, SIZE_MAX / 2 + 1, SIZE_MAX / TINY_PIXELS + 1,
                           SIZE_MAX / 40 + 2};
  for (size_t i = 0; i < sizeof absurd / sizeof *absurd; i++) {
    lamina_status status =
        lamina_session_predict_float32(session, numbers, absurd[i], logits, TINY_CLASSES);
    CHECK(status == INVALID || status == LAMINA_ERROR_BUFFER_TOO_SMALL);
    CHECK_STATUS(INVALID,
                 lamina_session_predict_float32(session, numbers, absurd[i], logits, SIZE_MAX));
  }
  CHECK_SANE(lamina_session_predict_float32(session, (float *)((char *)numbers + 1), 1, logits,
                                            TINY_CLASSES));
}

static void test_sizes(const lamina_model *model, lamina_session *session) {
  static const size_t absurd[] = {1 << 20, SIZE_MAX / 2, SIZE_MAX / 2 + 1, SIZE_MAX};
  lamina_session *opened = NULL;
  for (size_t i = 0; i < sizeof absurd / sizeof *absurd; i++) {
    lamina_session_options options = {sizeof options, absurd[i], 1};
    lamina_session_options threads = {sizeof options, 0, absurd[i]};
    CHECK_STATUS(INVALID, lamina_session_create(model, &options, &opened));
    CHECK(opened == NULL);
    CHECK_STATUS(INVALID, lamina_session_create(model, &threads, &opened));
    CHECK(opened == NULL);
  }
  /* Sizes that no memory has: the buffer's end would lie past the last address. */
  lamina_model *made = NULL;
  size_t count;
  lamina_prediction best;
  CHECK_STATUS(INVALID, lamina_model_load_memory("abc", SIZE_MAX, &made));
  CHECK_STATUS(INVALID, lamina_session_classify_png_memory(session, "abc", SIZE_MAX, NULL, &best, 1,
                                                           &count));
}

/* Any capacity is plenty that is not too small: no more than all classes is written. */
static void test_capacities(lamina_session *session) {
  static const size_t plenty[] = {TINY_CLASSES, TINY_CLASSES + 1, SIZE_MAX / 2, SIZE_MAX / 2 + 1,
                                  SIZE_MAX};
  uint8_t one[784];
  size_t size, count;
  draw_one(one);
  uint8_t *png = make_png(one, 28, 28, &size);
  for (size_t i = 0; i < sizeof plenty / sizeof *plenty; i++) {
    lamina_prediction best[TINY_CLASSES];
    CHECK_OK(lamina_session_classify_png_memory(session, png, size, NULL, best, plenty[i], &count));
    CHECK(count == TINY_CLASSES);
    CHECK_OK(lamina_session_classify_png_file(session, ONE_PNG, NULL, best, plenty[i], &count));
    CHECK(count == TINY_CLASSES);
  }
  free(png);
}

static void test_configurations(void) {
  static const char *const wrong[] = {
      "",
      " ",
      "{",
      "null",
      "[]",
      "{}",
      "\"Sequential\"",
      "{\"class_name\":\"Sequential\"}",
      "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[]}}",
      "{\"class_name\":\"Sequential\",\"config\":{\"layers\":{}}}",
      "{\"class_name\":\"Nonesuch\",\"config\":{\"layers\":[]}}",
      "{\"class_name\":1e999,\"config\":null}",
      "{\"class_name\":\"\\ud800\"}",
  };
  lamina_model *model = NULL;
  for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
    lamina_status status = CHECK_SANE(lamina_model_create(wrong[i], 1, &model));
    CHECK(status == LAMINA_ERROR_FORMAT || status == LAMINA_ERROR_UNSUPPORTED);
    CHECK(model == NULL);
  }
  /* A hundred thousand brackets do not use up the stack. */
  char *deep = malloc(100001);
  memset(deep, '[', 100000);
  deep[100000] = 0;
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_create(deep, 1, &model));
  free(deep);
  /* A layer larger than any memory is refused, not tried. */
  static const char *const units[] = {
      "9223372036854775807", "1e18", "1e300", "-1",           "0", "1.5",
      "4611686018427387904", "null", "\"8\"", "1000000000000"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
    char config[512];
    snprintf(config, sizeof config,
             "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"s\",\"layers\":["
             "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,28,28],"
             "\"dtype\":\"float32\",\"name\":\"i\"}},"
             "{\"class_name\":\"Flatten\",\"config\":{\"name\":\"f\"}},"
             "{\"class_name\":\"Dense\",\"config\":{\"name\":\"d\",\"units\":%s,"
             "\"activation\":\"linear\",\"use_bias\":true}}]}}",
             units[i]);
    CHECK(CHECK_SANE(lamina_model_create(config, 1, &model)) != LAMINA_OK);
    CHECK(model == NULL);
  }
}

/* Repaired, such a path would be another file's. */
static void test_text_that_is_not_utf8(const lamina_model *model, lamina_session *session) {
  lamina_model *made = NULL;
  lamina_prediction best;
  size_t count;
  CHECK_STATUS(INVALID, lamina_model_save_file(model, "caf\xe9.safetensors"));
  CHECK(access("caf\xef\xbf\xbd.safetensors", F_OK) != 0);
  CHECK_STATUS(INVALID, lamina_model_load_file("caf\xe9.safetensors", &made));
  CHECK_STATUS(INVALID, lamina_model_create("{\"\xff\":1}", 1, &made));
  CHECK_STATUS(INVALID,
               lamina_session_classify_png_file(session, "\xff.png", NULL, &best, 1, &count));
}

static void test_files(void) {
  lamina_model *model = (lamina_model *)&model;
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_load_file("", &model));
  CHECK(model == NULL);
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_load_file("/tmp", &model));
  CHECK_STATUS(INVALID, lamina_model_load_file("/tmp/\xff\xfe", &model));
  lamina_status status = CHECK_SANE(lamina_model_load_file("/dev/null", &model));
  CHECK(status == LAMINA_ERROR_FORMAT || status == LAMINA_ERROR_IO);
  char *long_path = malloc(100001);
  memset(long_path, 'a', 100000);
  long_path[100000] = 0;
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_load_file(long_path, &model));
  free(long_path);
  CHECK(model == NULL);
}

/* A weights file cut anywhere is refused. The bytes lie at the end of their own allocation, so
 * that tools such as valgrind see a read past it. */
static void test_truncated_model(void) {
  size_t size;
  unsigned char *bytes = read_file(TINY_MODEL, &size);
  int refused = 0;
  for (size_t length = 0; length < size; length++) {
    unsigned char *cut = malloc(length + !length);
    lamina_model *model = NULL;
    memcpy(cut, bytes, length);
    lamina_status status = lamina_model_load_memory(cut, length, &model);
    refused += status == LAMINA_ERROR_FORMAT && !model && lamina_last_error_message()[0];
    free(cut);
  }
  CHECK(refused == (int)size);
  /* So is one with something after it. */
  lamina_model *model = NULL;
  unsigned char *more = calloc(1, size + 8);
  memcpy(more, bytes, size);
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_load_memory(more, size + 1, &model));
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_load_memory(more, size + 8, &model));
  free(more);
  free(bytes);
}

/* A byte changed anywhere, mostly in the header: refused, or a model that can be used. */
static void test_mutated_model(void) {
  size_t size, header;
  unsigned char *bytes = read_file(TINY_MODEL, &size);
  uint64_t random = 20240229;
  int sane = 0, rounds = 6000;
  header = 8 + bytes[0] + 256u * bytes[1];
  for (int round = 0; round < rounds; round++) {
    static const char replacements[] = "0123456789\"\\{}[],:-+eE. \0";
    size_t at = next_random(&random) % (round % 8 ? header : size);
    unsigned char before = bytes[at];
    lamina_model *model = NULL;
    bytes[at] = round % 2 ? (unsigned char)next_random(&random)
                          : (unsigned char)replacements[next_random(&random) % sizeof replacements];
    lamina_status status = lamina_model_load_memory(bytes, size, &model);
    if (status == LAMINA_OK && model) {
      lamina_session *session = NULL;
      size_t rank = 0, needed = 0;
      int64_t shape[8] = {0};
      int fits = lamina_model_input_shape(model, 0, shape, 8, &rank) == LAMINA_OK && rank == 2 &&
                 shape[0] * shape[1] == TINY_PIXELS;
      sane +=
          lamina_session_create(model, NULL, &session) == LAMINA_OK && fits &&
          lamina_session_predict_float32(session, numbers, 1, logits, TINY_CLASSES) == LAMINA_OK &&
          lamina_model_summary(model, NULL, 0, &needed) == LAMINA_OK;
      lamina_session_free(session);
    } else {
      sane += status != LAMINA_OK && !model && lamina_last_error_message()[0];
    }
    lamina_model_free(model);
    bytes[at] = before;
  }
  CHECK(sane == rounds);
  free(bytes);
}

static void test_damaged_png(lamina_session *session) {
  size_t size, count;
  uint8_t one[784];
  lamina_prediction best;
  lamina_png_options options = {sizeof options, 1000000};
  draw_one(one);
  uint8_t *png = make_png(one, 28, 28, &size);
  int refused = 0, sane = 0, rounds = 4000;

  /* Up to the last chunk, which holds nothing, every cut loses something. */
  for (size_t length = 0; length < size - 12; length++) {
    uint8_t *cut = malloc(length + !length);
    memcpy(cut, png, length);
    lamina_status status =
        lamina_session_classify_png_memory(session, cut, length, &options, &best, 1, &count);
    refused += status == LAMINA_ERROR_IMAGE && lamina_last_error_message()[0];
    free(cut);
  }
  CHECK(refused == (int)size - 12);

  /* Half of the changes keep the checksum right, so that they get past it. */
  uint64_t random = 19991231;
  for (int round = 0; round < rounds; round++) {
    uint8_t *changed = malloc(size);
    memcpy(changed, png, size);
    size_t at = next_random(&random) % (round % 4 ? 60 : size);
    changed[at] = (uint8_t)next_random(&random);
    if (round % 2) {
      png_repair(changed, size, 8);
      png_repair(changed, size, 33);
    }
    lamina_status status =
        lamina_session_classify_png_memory(session, changed, size, &options, &best, 1, &count);
    sane += status == LAMINA_OK
                ? count == 1
                : (status == LAMINA_ERROR_IMAGE || status == LAMINA_ERROR_NO_DIGIT) && count == 0 &&
                      lamina_last_error_message()[0];
    free(changed);
  }
  CHECK(sane == rounds);
  free(png);
}

int main(void) {
  lamina_model *model = load_tiny();
  lamina_session *session = make_session(model);
  test_null(model, session);
  check_alive(session);
  test_struct_sizes(model, session);
  test_tensors(session);
  test_sizes(model, session);
  test_capacities(session);
  check_alive(session);
  test_configurations();
  test_text_that_is_not_utf8(model, session);
  test_files();
  test_truncated_model();
  test_mutated_model();
  test_damaged_png(session);
  check_alive(session);
  lamina_session_free(session);
  lamina_model_free(model);
  return check_end();
}
