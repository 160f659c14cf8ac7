/* Made by make_model.py: what tiny.safetensors is and must answer. */
#ifndef LAMINA_TESTS_TINY_H
#define LAMINA_TESTS_TINY_H

#include <stdint.h>

/* clang-format off */
enum { TINY_PIXELS = 784, TINY_CLASSES = 10, TINY_ROWS = 3 };
enum { TINY_PARAMETERS = 6370, TINY_METADATA = 6 };

static const float tiny_logits[TINY_ROWS][TINY_CLASSES] = {
  {0.02822457f, -0.13540135f, 0.12787991f, 0.06097579f, 0.10556832f, -0.05805760f, 0.20522366f, 0.13831954f, 0.02434896f, 0.01928616f},
  {0.10618106f, -0.28815871f, 0.02833946f, 0.34483763f, 0.20126379f, -0.19307598f, 0.12342218f, 0.43992035f, -0.41449143f, -0.09799326f},
  {-0.09536612f, -0.07939644f, 0.67816331f, -0.48582262f, -0.26727941f, 0.16270681f, 0.08886335f, -0.24371937f, -0.02517616f, 0.40481006f},
};

/* The pixels of test picture `row`. */
static inline void tiny_picture(int row, uint8_t *pixels) {
  for (int i = 0; i < TINY_PIXELS; i++)
    pixels[i] = (i + row) % 5 == 0 ? (uint8_t)((37 * i + 101 * row) % 256) : 0;
}
/* clang-format on */

#endif
