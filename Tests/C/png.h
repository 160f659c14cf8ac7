/* Makes PNG bytes without libpng: 8-bit grey, the pixels stored uncompressed. */
#ifndef LAMINA_TESTS_PNG_H
#define LAMINA_TESTS_PNG_H

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static inline uint32_t png_crc(const uint8_t *bytes, size_t size) {
  uint32_t crc = 0xFFFFFFFFu;
  for (size_t i = 0; i < size; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1)));
  }
  return ~crc;
}

static inline void png_number(uint8_t *at, uint32_t number) {
  for (int i = 0; i < 4; i++) at[i] = (uint8_t)(number >> (24 - 8 * i));
}

/* Appends a chunk whose content is already there, 8 bytes after `at`; gives its size. */
static inline size_t png_chunk(uint8_t *at, const char *type, size_t content) {
  png_number(at, (uint32_t)content);
  memcpy(at + 4, type, 4);
  png_number(at + 8 + content, png_crc(at + 4, content + 4));
  return content + 12;
}

/* The PNG of a grey picture of at most 65,000 pixels; the caller frees it. */
static inline uint8_t *make_png(const uint8_t *pixels, uint32_t width, uint32_t height,
                                size_t *size) {
  static const uint8_t signature[8] = {137, 80, 78, 71, 13, 10, 26, 10};
  size_t data = (size_t)height * (width + 1), at = 8;
  uint8_t *png = calloc(1, data + 128);
  memcpy(png, signature, 8);

  png_number(png + at + 8, width);
  png_number(png + at + 12, height);
  png[at + 16] = 8;
  at += png_chunk(png + at, "IHDR", 13);

  /* A zlib stream of one stored block: header, rows with a zero filter byte, Adler-32. */
  uint8_t *stream = png + at + 8;
  uint32_t a = 1, b = 0;
  stream[0] = 0x78;
  stream[1] = 0x01;
  stream[2] = 1;
  stream[3] = (uint8_t)data;
  stream[4] = (uint8_t)(data >> 8);
  stream[5] = (uint8_t)~stream[3];
  stream[6] = (uint8_t)~stream[4];
  for (uint32_t row = 0; row < height; row++)
    memcpy(stream + 8 + row * (width + 1), pixels + (size_t)row * width, width);
  for (size_t i = 0; i < data; i++) {
    a = (a + stream[7 + i]) % 65521;
    b = (b + a) % 65521;
  }
  png_number(stream + 7 + data, b << 16 | a);
  at += png_chunk(png + at, "IDAT", data + 11);

  at += png_chunk(png + at, "IEND", 0);
  *size = at;
  return png;
}

/* A light bar on black, 28x28, its centre of mass in the middle: a "1" that goes in as it is. */
static inline void draw_one(uint8_t *pixels) {
  memset(pixels, 0, 28 * 28);
  for (int y = 4; y < 24; y++)
    for (int x = 12; x < 16; x++) pixels[28 * y + x] = 255;
}

/* Recomputes the checksum of the chunk that begins at `at`, if it ends inside the bytes. */
static inline void png_repair(uint8_t *png, size_t size, size_t at) {
  size_t content =
      (size_t)png[at] << 24 | (size_t)png[at + 1] << 16 | png[at + 2] << 8 | png[at + 3];
  if (content <= size - at - 12)
    png_number(png + at + 8 + content, png_crc(png + at + 4, content + 4));
}

#endif
