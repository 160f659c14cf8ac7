/*
 * What the two halves of the decoder share: its state, its failures and its source of bytes.
 */
#ifndef LAMINAPNG_DECODER_H
#define LAMINAPNG_DECODER_H

#include "CPNG.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>

#include <png.h>

enum { signature_size = 8, palette_capacity = 256, pass_count = 7 };

struct laminapng_decoder {
  png_structp png;
  png_infop info;
  jmp_buf failure;
  laminapng_status status;
  char message[256];

  /* The source: a file, or bytes in memory. */
  FILE *file;
  /* A small picture is read at once. */
  char file_buffer[1 << 14];
  const uint8_t *bytes;
  size_t size;
  uint64_t position;

  /* The picture. `samples` is a row as libpng gives it: a palette's indexes, or pixels. */
  uint32_t width;
  uint32_t height;
  uint8_t *samples;
  bool is_palette;
  unsigned palette_size;
  /* Each colour on black, and how much of white would show through. */
  uint8_t palette[palette_capacity][4];
  /* What a pixel is given as: 1 grey or 3 colours, and its transparency where it may have one. */
  unsigned colour_count;
  unsigned pixel_size;

  /* The next row. A picture that is not interlaced has one pass of full rows. */
  bool is_interlaced;
  unsigned pass;
  uint32_t row_in_pass;
};

/* Notes why the decoder fails, as printf does, and gives `status` back. */
__attribute__((format(printf, 3, 4))) laminapng_status laminapng_fail(laminapng_decoder *decoder,
                                                                      laminapng_status status,
                                                                      const char *format, ...);

laminapng_status laminapng_fail_out_of_memory(laminapng_decoder *decoder);

/* Gives as many of `count` bytes as the source still has; a failure to read is noted. */
size_t laminapng_read_source(laminapng_decoder *decoder, uint8_t *destination, size_t count);

#endif
