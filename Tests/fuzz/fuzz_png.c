/* Pictures: a digit is found in any bytes, a page is read, or an error says why not. */
#include "fuzz.h"

enum { MOST_PIXELS = 1 << 16, MOST_DIGITS = 16, SIDE = 28 };

/* A small network: what an input's time goes to is the picture. */
static const uint8_t network[] = {
#embed "../Fixtures/models/tiny.safetensors"
};

/* Made once: a picture changes neither. */
static lamina_model *model;
static lamina_session *session;

static void classify(const uint8_t *bytes, size_t size, const lamina_png_options *options) {
  lamina_prediction best[3];
  uint8_t pixels[SIDE * SIDE];
  size_t count = 0;
  if (succeeds(lamina_session_classify_png_memory(session, bytes, size, options, best, 3, &count)))
    REQUIRE(count == 3 && best[0].probability >= best[1].probability && best[0].probability <= 1 &&
            best[2].probability >= 0);
  succeeds(lamina_model_preprocess_png_memory(model, bytes, size, options, pixels, sizeof pixels,
                                              &count));
}

static void read_page(const uint8_t *bytes, size_t size, const lamina_png_options *options) {
  lamina_read_digit digits[MOST_DIGITS];
  char text[4 * MOST_DIGITS];
  size_t needed = 0, count = 0;
  if (!succeeds(lamina_read_png_memory(session, bytes, size, options, text, sizeof text, &needed,
                                       digits, MOST_DIGITS, &count)))
    return;
  REQUIRE(strlen(text) + 1 == needed && count <= MOST_DIGITS);
  for (size_t i = 0; i < count; i++) REQUIRE(digits[i].width > 0 && digits[i].height > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size) {
  if (!model) {
    REQUIRE(succeeds(lamina_model_load_memory(network, sizeof network, &model)));
    REQUIRE(succeeds(lamina_session_create(model, NULL, &session)));
  }
  lamina_png_options options = {sizeof options, MOST_PIXELS};
  classify(bytes, size, &options);
  read_page(bytes, size, &options);
  return 0;
}
