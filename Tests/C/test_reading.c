/* Lines and pages of digits: what is read, where it stands, and what is refused. */
#include <pthread.h>
#include <unistd.h>

#include "check.h"
#include "png.h"

#define DIGITS "bindings/c/examples/digits/"
#define DAMAGED "Tests/Fixtures/png/damaged-truncated-in-data.png"
#define BRANCHING_MODEL "Tests/Fixtures/models/branching.safetensors"
#define INVALID LAMINA_ERROR_INVALID_ARGUMENT
#define TOO_SMALL LAMINA_ERROR_BUFFER_TOO_SMALL

enum { WIDTH = 320, HEIGHT = 200, COUNT = 5, SIDE = 28, THREADS = 4 };

/* What the page shows: a word and a digit, and a line below. */
static const char expected[] = "17 3\n90";
static const struct {
  int digit, left, top, line, begins_word;
} places[COUNT] = {
    {1, 30, 30, 0, 1},  {7, 50, 32, 0, 0},  {3, 200, 30, 0, 1},
    {9, 40, 120, 1, 1}, {0, 70, 121, 1, 0},
};

static lamina_model *model;
static uint8_t *page;
static size_t page_size;
/* The ink of each digit: left, top, and the first pixel that is beyond. */
static int ink[COUNT][4];

/* Writes the sample digits on the page, dark on light. */
static void draw_page(void) {
  static uint8_t pixels[WIDTH * HEIGHT];
  memset(pixels, 240, sizeof pixels);
  for (int i = 0; i < COUNT; i++) {
    char path[64];
    uint8_t digit[SIDE * SIDE];
    int box[4] = {WIDTH, HEIGHT, 0, 0};
    snprintf(path, sizeof path, DIGITS "%d-plain.png", places[i].digit);
    CHECK_OK(lamina_model_preprocess_png_file(model, path, NULL, digit, sizeof digit, NULL));
    for (int place = 0; place < SIDE * SIDE; place++) {
      int x = places[i].left + place % SIDE, y = places[i].top + place / SIDE;
      if (digit[place] == 0) continue;
      pixels[WIDTH * y + x] = (uint8_t)(240 - digit[place] * 220 / 255);
      if (digit[place] < 128) continue;
      if (x < box[0]) box[0] = x;
      if (y < box[1]) box[1] = y;
      if (x >= box[2]) box[2] = x + 1;
      if (y >= box[3]) box[3] = y + 1;
    }
    memcpy(ink[i], box, sizeof box);
  }
  page = make_png(pixels, WIDTH, HEIGHT, &page_size);
}

static int near(int64_t number, int other) { return number - other <= 2 && other - number <= 2; }

static void test_page(lamina_session *session) {
  char text[64];
  lamina_read_digit digits[COUNT + 3];
  size_t needed = 0, count = 0;
  CHECK_OK(lamina_read_png_memory(session, page, page_size, NULL, text, sizeof text, &needed,
                                  digits, COUNT + 3, &count));
  CHECK(strcmp(text, expected) == 0);
  CHECK(needed == sizeof expected);
  if (!CHECK(count == COUNT)) return;
  for (int i = 0; i < COUNT; i++) {
    const lamina_read_digit *digit = &digits[i];
    CHECK(digit->class_index == places[i].digit);
    CHECK(digit->probability > 0.5f && digit->probability <= 1);
    CHECK((int)digit->line == places[i].line);
    CHECK((int)digit->begins_word == places[i].begins_word);
    CHECK(near(digit->x, ink[i][0]) && near(digit->y, ink[i][1]));
    CHECK(near((int64_t)digit->x + digit->width, ink[i][2]));
    CHECK(near((int64_t)digit->y + digit->height, ink[i][3]));
  }
}

static void test_sizes(lamina_session *session) {
  char text[64];
  lamina_read_digit digits[COUNT];
  size_t needed = 0, count = 0;

  /* Sizes alone, one of the two, and neither. */
  CHECK_OK(
      lamina_read_png_memory(session, page, page_size, NULL, NULL, 0, &needed, NULL, 0, &count));
  CHECK(needed == sizeof expected && count == COUNT);
  CHECK_OK(lamina_read_png_memory(session, page, page_size, NULL, text, sizeof expected, NULL, NULL,
                                  0, NULL));
  CHECK(strcmp(text, expected) == 0);
  memset(digits, 0, sizeof digits);
  CHECK_OK(
      lamina_read_png_memory(session, page, page_size, NULL, NULL, 0, NULL, digits, COUNT, NULL));
  CHECK(digits[COUNT - 1].line == 1);
  CHECK_OK(lamina_read_png_memory(session, page, page_size, NULL, NULL, 0, NULL, NULL, 0, NULL));
  CHECK_OK(lamina_read_png_memory(session, page, page_size, NULL, text, SIZE_MAX, NULL, digits,
                                  SIZE_MAX, NULL));

  /* One too few of each: both sizes come all the same. */
  memset(text, 'x', sizeof text);
  needed = count = 0;
  CHECK_STATUS(TOO_SMALL,
               lamina_read_png_memory(session, page, page_size, NULL, text, sizeof expected - 1,
                                      &needed, digits, COUNT, &count));
  CHECK(text[0] == 0 && text[1] == 'x');
  CHECK(needed == sizeof expected && count == COUNT);
  CHECK(strstr(lamina_last_error_message(), "needs 8 bytes, buffer has 7") != NULL);
  needed = count = 0;
  CHECK_STATUS(TOO_SMALL, lamina_read_png_memory(session, page, page_size, NULL, text, sizeof text,
                                                 &needed, digits, COUNT - 1, &count));
  CHECK(needed == sizeof expected && count == COUNT);
  CHECK(strstr(lamina_last_error_message(), "5 elements are needed, the buffer has 4") != NULL);
  CHECK_STATUS(TOO_SMALL, lamina_read_png_memory(session, page, page_size, NULL, text, 0, NULL,
                                                 digits, 0, NULL));
}

static void test_file(lamina_session *session) {
  char path[] = "/tmp/lamina-test-XXXXXX", text[64];
  lamina_read_digit digits[2][COUNT];
  size_t count = 0;
  int descriptor = mkstemp(path);
  CHECK(write(descriptor, page, page_size) == (ssize_t)page_size);
  close(descriptor);
  memset(digits, 0, sizeof digits);
  CHECK_OK(
      lamina_read_png_file(session, path, NULL, text, sizeof text, NULL, digits[0], COUNT, &count));
  CHECK(strcmp(text, expected) == 0 && count == COUNT);
  CHECK_OK(lamina_read_png_memory(session, page, page_size, NULL, NULL, 0, NULL, digits[1], COUNT,
                                  NULL));
  CHECK(memcmp(digits[0], digits[1], sizeof digits[0]) == 0);
  unlink(path);

  /* One digit is a page too. */
  CHECK_OK(lamina_read_png_file(session, DIGITS "7-off-centre.png", NULL, text, sizeof text, NULL,
                                digits[0], COUNT, &count));
  CHECK(strcmp(text, "7") == 0 && count == 1);
}

/* A failure leaves no digits behind: counts are 0 and the text is empty. */
#define CHECK_REFUSED(status, call)                   \
  do {                                                \
    strcpy(text, "before");                           \
    needed = count = 9;                               \
    CHECK_STATUS(status, call);                       \
    CHECK(needed == 0 && count == 0 && text[0] == 0); \
  } while (0)

static void test_arguments(lamina_session *session) {
  char text[16];
  lamina_read_digit digit;
  size_t needed, count;
  CHECK_REFUSED(INVALID, lamina_read_png_file(NULL, DIGITS "7-plain.png", NULL, text, sizeof text,
                                              &needed, &digit, 1, &count));
  CHECK_REFUSED(INVALID, lamina_read_png_file(session, NULL, NULL, text, sizeof text, &needed,
                                              &digit, 1, &count));
  CHECK_REFUSED(INVALID, lamina_read_png_file(session, "\xff.png", NULL, text, sizeof text, &needed,
                                              &digit, 1, &count));
  CHECK_REFUSED(INVALID, lamina_read_png_memory(NULL, page, page_size, NULL, text, sizeof text,
                                                &needed, &digit, 1, &count));
  CHECK_REFUSED(INVALID, lamina_read_png_memory(session, NULL, 1, NULL, text, sizeof text, &needed,
                                                &digit, 1, &count));
  CHECK_REFUSED(INVALID, lamina_read_png_memory(session, page, SIZE_MAX, NULL, text, sizeof text,
                                                &needed, &digit, 1, &count));
  CHECK_REFUSED(INVALID, lamina_read_png_memory(session, page, page_size, NULL, text, sizeof text,
                                                &needed, NULL, 1, &count));
  needed = count = 9;
  CHECK_STATUS(INVALID, lamina_read_png_memory(session, page, page_size, NULL, NULL, 16, &needed,
                                               &digit, 1, &count));
  CHECK(needed == 0 && count == 0);

  lamina_png_options options = {sizeof options - 1, 0};
  CHECK_REFUSED(INVALID, lamina_read_png_memory(session, page, page_size, &options, text,
                                                sizeof text, &needed, &digit, 1, &count));
  options.struct_size = sizeof options;
  options.max_pixels = WIDTH * HEIGHT - 1;
  CHECK_REFUSED(LAMINA_ERROR_IMAGE,
                lamina_read_png_memory(session, page, page_size, &options, text, sizeof text,
                                       &needed, &digit, 1, &count));
  CHECK(strstr(lamina_last_error_message(), "320x200 pixels, at most 63999 are allowed") != NULL);
  options.max_pixels++;
  CHECK_OK(lamina_read_png_memory(session, page, page_size, &options, text, sizeof text, NULL, NULL,
                                  0, NULL));
}

static void test_pictures(lamina_session *session) {
  static uint8_t white[64 * 64];
  char text[16];
  lamina_read_digit digit;
  size_t needed, count, size;
  memset(white, 255, sizeof white);
  uint8_t *blank = make_png(white, 64, 64, &size);
  CHECK_REFUSED(LAMINA_ERROR_NO_DIGIT,
                lamina_read_png_memory(session, blank, size, NULL, text, sizeof text, &needed,
                                       &digit, 1, &count));
  CHECK(strstr(lamina_last_error_message(), "<memory>: no digit found: ") != NULL);
  free(blank);

  CHECK_REFUSED(LAMINA_ERROR_IMAGE, lamina_read_png_memory(session, "", 0, NULL, text, sizeof text,
                                                           &needed, &digit, 1, &count));
  CHECK(strstr(lamina_last_error_message(), "<memory>: not a PNG file") != NULL);
  CHECK_REFUSED(LAMINA_ERROR_IMAGE, lamina_read_png_file(session, DAMAGED, NULL, text, sizeof text,
                                                         &needed, &digit, 1, &count));
  CHECK(strstr(lamina_last_error_message(), DAMAGED ": truncated") != NULL);
  CHECK_REFUSED(LAMINA_ERROR_IO, lamina_read_png_file(session, "/nowhere/a.png", NULL, text,
                                                      sizeof text, &needed, &digit, 1, &count));
  CHECK(strstr(lamina_last_error_message(), "/nowhere/a.png: cannot be opened") != NULL);

  /* And the session reads on. */
  test_page(session);
}

/* Models that no picture fits: several inputs, and none for pictures. */
static void test_models(void) {
  static const char numbers[] =
      "{\"class_name\":\"Sequential\",\"config\":{\"layers\":["
      "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,4]}},"
      "{\"class_name\":\"Dense\",\"config\":{\"units\":3}}]}}";
  char text[16];
  size_t needed, count;
  lamina_read_digit digit;
  lamina_model *others[2] = {NULL, NULL};
  CHECK_OK(lamina_model_create(numbers, 0, &others[0]));
  CHECK_OK(lamina_model_load_file(BRANCHING_MODEL, &others[1]));
  for (int i = 0; i < 2; i++) {
    lamina_session *session = make_session(others[i]);
    CHECK_REFUSED(INVALID, lamina_read_png_memory(session, page, page_size, NULL, text, sizeof text,
                                                  &needed, &digit, 1, &count));
    lamina_session_free(session);
    lamina_model_free(others[i]);
  }
}

/* Each thread has its own session; gives whether all that it read was right. */
static void *read_often(void *right) {
  lamina_session *session = make_session(model);
  char text[64];
  *(int *)right = 1;
  for (int round = 0; round < 3; round++) {
    if (lamina_read_png_memory(session, page, page_size, NULL, text, sizeof text, NULL, NULL, 0,
                               NULL) != LAMINA_OK ||
        strcmp(text, expected) != 0)
      *(int *)right = 0;
  }
  lamina_session_free(session);
  return NULL;
}

static void test_threads(void) {
  pthread_t threads[THREADS];
  int right[THREADS] = {0};
  for (int i = 0; i < THREADS; i++)
    CHECK(pthread_create(&threads[i], NULL, read_often, &right[i]) == 0);
  for (int i = 0; i < THREADS; i++) {
    pthread_join(threads[i], NULL);
    CHECK(right[i]);
  }
}

int main(void) {
  if (!CHECK_OK(lamina_model_load_builtin(&model))) return check_end();
  lamina_session *session = make_session(model);
  draw_page();
  test_page(session);
  test_sizes(session);
  test_file(session);
  test_arguments(session);
  test_pictures(session);
  test_models();
  test_threads();
  lamina_session_free(session);
  lamina_model_free(model);
  free(page);
  return check_end();
}
