/* Sessions: the numbers are right, for every dtype, batch size and order of freeing. */
#include <math.h>

#include "check.h"
#include "tiny.h"

enum { MANY = 37 };

static uint8_t pixels[MANY][TINY_PIXELS];
static float numbers[MANY][TINY_PIXELS];

static void make_inputs(void) {
  for (int row = 0; row < MANY; row++) {
    tiny_picture(row % TINY_ROWS, pixels[row]);
    for (int i = 0; i < TINY_PIXELS; i++) numbers[row][i] = pixels[row][i] / 255.0f;
  }
}

/* Whether every row is what make_model.py computed for its picture. */
static int right(float logits[][TINY_CLASSES], int rows) {
  for (int row = 0; row < rows; row++)
    for (int i = 0; i < TINY_CLASSES; i++)
      if (!(fabsf(logits[row][i] - tiny_logits[row % TINY_ROWS][i]) < 1e-5f)) return 0;
  return 1;
}

static void test_short_form(lamina_session *session) {
  float logits[MANY + 1][TINY_CLASSES];
  memset(logits, 0x55, sizeof logits);
  CHECK_OK(lamina_session_predict_float32(session, numbers[0], 1, logits[0], TINY_CLASSES));
  CHECK(right(logits, 1));
  CHECK_OK(
      lamina_session_predict_float32(session, numbers[0], MANY, logits[0], MANY * TINY_CLASSES));
  CHECK(right(logits, MANY));
  uint32_t after;
  memcpy(&after, logits[MANY], sizeof after);
  CHECK(after == 0x55555555);
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL,
               lamina_session_predict_float32(session, numbers[0], MANY, logits[0],
                                              MANY * TINY_CLASSES - 1));
}

static void test_tensors(lamina_session *session) {
  float logits[MANY][TINY_CLASSES];
  lamina_tensor output = make_tensor(LAMINA_FLOAT32, logits, sizeof logits, 0, 0, 0, 0);
  lamina_tensor input = make_tensor(LAMINA_FLOAT32, numbers, sizeof numbers, 3, MANY, 28, 28);
  CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));
  CHECK(right(logits, MANY));
  CHECK(output.rank == 2 && output.shape[0] == MANY && output.shape[1] == TINY_CLASSES);

  /* Bytes are divided by the divisor, 255. */
  memset(logits, 0, sizeof logits);
  input = make_tensor(LAMINA_UINT8, pixels, sizeof pixels, 3, MANY, 28, 28);
  CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));
  CHECK(right(logits, MANY));

  /* 32-bit integers are the numbers that they are. */
  static int32_t integers[TINY_PIXELS];
  static float same[TINY_PIXELS];
  float expected[TINY_CLASSES];
  for (int i = 0; i < TINY_PIXELS; i++) same[i] = (float)(integers[i] = i % 7 - 3);
  CHECK_OK(lamina_session_predict_float32(session, same, 1, expected, TINY_CLASSES));
  input = make_tensor(LAMINA_INT32, integers, sizeof integers, 3, 1, 28, 28);
  CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));
  CHECK(output.shape[0] == 1);
  for (int i = 0; i < TINY_CLASSES; i++)
    CHECK(fabsf(logits[0][i] - expected[i]) <= 1e-5f * (1 + fabsf(expected[i])));

  /* A capacity that is one byte too small: an error that says the shape. */
  input = make_tensor(LAMINA_FLOAT32, numbers, sizeof numbers, 3, MANY, 28, 28);
  output = make_tensor(LAMINA_FLOAT32, logits, sizeof logits - 1, 0, 0, 0, 0);
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL,
               lamina_session_predict(session, &input, 1, &output, 1));
  CHECK(output.rank == 2 && output.shape[0] == MANY && output.shape[1] == TINY_CLASSES);
}

static void test_batches(const lamina_model *model) {
  static const size_t sizes[] = {0, 1, 2, 7, 36, 37, 38, 65536};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
    lamina_session_options options = {sizeof options, sizes[i], i % 3};
    lamina_session *session = NULL;
    float logits[MANY][TINY_CLASSES] = {{0}};
    if (!CHECK_OK(lamina_session_create(model, &options, &session))) continue;
    CHECK_OK(
        lamina_session_predict_float32(session, numbers[0], MANY, logits[0], MANY * TINY_CLASSES));
    CHECK(right(logits, MANY));
    lamina_session_free(session);
  }
  lamina_session_options options = {sizeof options, 65537, 0};
  lamina_session *session = NULL;
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_session_create(model, &options, &session));
  CHECK(session == NULL);
}

/* A program that was compiled when the options ended with max_batch: what lies behind them is not
 * read. */
static void test_older_options(const lamina_model *model) {
  static const size_t older[] = {16, 17, 23};
  for (size_t i = 0; i < sizeof older / sizeof *older; i++) {
    lamina_session_options options = {older[i], 1, SIZE_MAX};
    lamina_session *session = NULL;
    float logits[MANY][TINY_CLASSES];
    if (!CHECK_OK(lamina_session_create(model, &options, &session))) continue;
    CHECK_OK(
        lamina_session_predict_float32(session, numbers[0], MANY, logits[0], MANY * TINY_CLASSES));
    CHECK(right(logits, MANY));
    lamina_session_free(session);
  }
  /* One from the future has more, which this library does not know. */
  lamina_session_options options = {sizeof options + 8, 1, 65};
  lamina_session *session = NULL;
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_session_create(model, &options, &session));
  options.thread_count = 64;
  CHECK_OK(lamina_session_create(model, &options, &session));
  lamina_session_free(session);
}

/* Any number of threads and any max_batch give the same bits. */
static void test_threads(const lamina_model *model) {
  enum { ROWS = 1000 };
  static float many[ROWS][TINY_PIXELS], expected[ROWS][TINY_CLASSES], logits[ROWS][TINY_CLASSES];
  for (int row = 0; row < ROWS; row++) memcpy(many[row], numbers[row % TINY_ROWS], sizeof *many);
  lamina_session *single = make_session(model);
  CHECK_OK(lamina_session_predict_float32(single, many[0], ROWS, expected[0], ROWS * TINY_CLASSES));
  CHECK(right(expected, ROWS));
  for (size_t threads = 0; threads < 9; threads++) {
    lamina_session_options options = {sizeof options, 1 + 100 * threads, threads};
    lamina_session *session = NULL;
    if (!CHECK_OK(lamina_session_create(model, &options, &session))) continue;
    for (int round = 0; round < 5; round++) {
      memset(logits, 0, sizeof logits);
      CHECK_OK(
          lamina_session_predict_float32(session, many[0], ROWS, logits[0], ROWS * TINY_CLASSES));
      CHECK(memcmp(logits, expected, sizeof logits) == 0);
    }
    lamina_session_free(session);
  }
  lamina_session_free(single);
}

/* NaN and infinity come out as they go in: the host's numbers are its own business. */
static void test_not_finite(lamina_session *session) {
  static float odd[TINY_PIXELS];
  float logits[TINY_CLASSES];
  odd[100] = NAN;
  CHECK_OK(lamina_session_predict_float32(session, odd, 1, logits, TINY_CLASSES));
  odd[100] = INFINITY;
  CHECK_OK(lamina_session_predict_float32(session, odd, 1, logits, TINY_CLASSES));
  float again[1][TINY_CLASSES];
  CHECK_OK(lamina_session_predict_float32(session, numbers[0], 1, again[0], TINY_CLASSES));
  CHECK(right(again, 1));
}

int main(void) {
  make_inputs();
  lamina_model *model = load_tiny();
  lamina_session *session = make_session(model);
  test_short_form(session);
  test_tensors(session);
  test_batches(model);
  test_older_options(model);
  test_threads(model);
  test_not_finite(session);
  /* A session keeps what it needs of its model. */
  lamina_model_free(model);
  test_short_form(session);
  lamina_session_free(session);
  return check_end();
}
