/*
 * libpng's row API as a pull decoder of rows of bytes, grey or colours.
 *
 *   laminapng_decoder *decoder = laminapng_create();
 *   laminapng_open_path(decoder, "seven.png");
 *   laminapng_read_header(decoder, 1000000000, &header);
 *   while (laminapng_read_row(decoder, pixels, capacity, &row) == LAMINAPNG_OK) ...
 *   laminapng_destroy(decoder);
 *
 * libpng reports errors by longjmp; no jump leaves a function declared here.
 * Every function gives a status, and laminapng_message says why it is not
 * LAMINAPNG_OK. After a failure a decoder only repeats that failure.
 * Nothing is ever printed. A decoder is for one thread at a time.
 */
#ifndef LAMINAPNG_CPNG_H
#define LAMINAPNG_CPNG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum laminapng_status {
  LAMINAPNG_OK = 0,
  /* Every row has been read, and the file ends as it should. */
  LAMINAPNG_END = 1,
  /* The file cannot be opened or read. */
  LAMINAPNG_FILE_ERROR = 2,
  /* It is no PNG file, is damaged, or has more pixels than allowed. */
  LAMINAPNG_IMAGE_ERROR = 3,
  LAMINAPNG_OUT_OF_MEMORY = 4
} laminapng_status;

/* What is known before the pixels. */
typedef struct laminapng_header {
  /* The size in pixels; neither side is 0. */
  uint32_t width;
  uint32_t height;
  /* What a pixel is given as: 1 byte, grey, or 3, red, green and blue. */
  uint32_t channels;
  /*
   * 1 where pixels may be transparent, else 0. Such a pixel is put on black, and has one byte
   * more: 255 - alpha, which is what white behind it adds to each channel.
   */
  uint32_t has_transparency;
} laminapng_header;

/*
 * Where the pixels of a row belong: pixel i is at (x_start + i * x_step, y).
 * An interlaced picture comes as the sparse rows of its seven passes, which
 * together name every pixel once; otherwise x_start is 0 and x_step is 1.
 */
typedef struct laminapng_row {
  uint32_t y;
  uint32_t x_start;
  uint32_t x_step;
  uint32_t count;
} laminapng_row;

typedef struct laminapng_decoder laminapng_decoder;

/* The widest row, in pixels, that is decoded: a row is held in memory whole. */
#define LAMINAPNG_MAXIMUM_WIDTH 1000000u

/* The highest picture, in pixels, that is decoded: sums of pixels are counted in 32 bits. */
#define LAMINAPNG_MAXIMUM_HEIGHT 4000000u

/* A decoder without a source, or NULL when memory runs out. */
laminapng_decoder *laminapng_create(void);

/* Frees the decoder and closes its file. NULL is allowed. */
void laminapng_destroy(laminapng_decoder *decoder);

/* Takes a file as the source, and checks that it begins as a PNG file does. */
laminapng_status laminapng_open_path(laminapng_decoder *decoder, const char *path);

/* The same with `size` bytes in memory, which must outlive the decoder. */
laminapng_status laminapng_open_memory(laminapng_decoder *decoder, const uint8_t *bytes,
                                       size_t size);

/* Reads what comes before the pixels. The size is checked before any row is allocated. */
laminapng_status laminapng_read_header(laminapng_decoder *decoder, uint64_t maximum_pixels,
                                       laminapng_header *header);

/*
 * Reads the next row into `pixels`, which holds `capacity` bytes, at least the width times a
 * pixel's bytes. LAMINAPNG_END comes once all rows are read and the rest of the file is checked.
 */
laminapng_status laminapng_read_row(laminapng_decoder *decoder, uint8_t *pixels, size_t capacity,
                                    laminapng_row *row);

/* Why the last call failed, without the file's name; "" when none did. Lives as the decoder. */
const char *laminapng_message(const laminapng_decoder *decoder);

#ifdef __cplusplus
}
#endif

/* And an encoder. */
#include "CPNGEncoder.h"

#endif
