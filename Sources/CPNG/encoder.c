/*
 * Pixels become a PNG file in memory. Every setjmp and longjmp of the encoder is in this file, and
 * all of libpng's writing that can jump.
 */
#include "CPNGEncoder.h"

#include <setjmp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <png.h>

struct laminapng_encoder {
  png_structp png;
  png_infop info;
  jmp_buf failure;
  laminapng_status status;
  char message[256];

  uint8_t *bytes;
  size_t size;
  size_t capacity;
  bool is_done;
};

/* MARK: - Life */

laminapng_encoder *laminapng_encoder_create(void) { return calloc(1, sizeof(laminapng_encoder)); }

void laminapng_encoder_destroy(laminapng_encoder *encoder) {
  if (encoder == NULL) {
    return;
  }
  if (encoder->png != NULL) {
    png_destroy_write_struct(&encoder->png, &encoder->info);
  }
  free(encoder->bytes);
  free(encoder);
}

const char *laminapng_encoder_message(const laminapng_encoder *encoder) { return encoder->message; }

const uint8_t *laminapng_encoded(const laminapng_encoder *encoder, size_t *size) {
  *size = encoder->is_done ? encoder->size : 0;
  return encoder->is_done ? encoder->bytes : NULL;
}

static laminapng_status fail(laminapng_encoder *encoder, laminapng_status status,
                             const char *message) {
  snprintf(encoder->message, sizeof encoder->message, "%s", message);
  encoder->status = status;
  return status;
}

/* MARK: - What libpng calls */

/* A failure that is already noted (memory) explains more. */
static void handle_error(png_structp png, png_const_charp reason) {
  laminapng_encoder *encoder = png_get_error_ptr(png);
  if (encoder->status == LAMINAPNG_OK) {
    fail(encoder, LAMINAPNG_IMAGE_ERROR, reason);
  }
  longjmp(encoder->failure, 1);
}

static void ignore_warning(png_structp png, png_const_charp reason) {
  (void)png;
  (void)reason;
}

/* Makes room for `count` more bytes, at least twice as much as there was. */
static bool reserve(laminapng_encoder *encoder, size_t count) {
  if (count <= encoder->capacity - encoder->size) {
    return true;
  }
  if (encoder->capacity > SIZE_MAX / 4 || count > SIZE_MAX / 4) {
    return false;
  }
  size_t capacity = 2 * encoder->capacity + count;
  uint8_t *bytes = realloc(encoder->bytes, capacity);
  if (bytes == NULL) {
    return false;
  }
  encoder->bytes = bytes;
  encoder->capacity = capacity;
  return true;
}

static void write_bytes(png_structp png, png_bytep bytes, size_t count) {
  laminapng_encoder *encoder = png_get_io_ptr(png);
  if (!reserve(encoder, count)) {
    fail(encoder, LAMINAPNG_OUT_OF_MEMORY, "out of memory");
    longjmp(encoder->failure, 1);
  }
  memcpy(encoder->bytes + encoder->size, bytes, count);
  encoder->size += count;
}

static void flush_nothing(png_structp png) { (void)png; }

static png_voidp allocate(png_structp png, png_alloc_size_t size) {
  void *memory = malloc(size);
  if (memory == NULL) {
    fail(png_get_mem_ptr(png), LAMINAPNG_OUT_OF_MEMORY, "out of memory");
  }
  return memory;
}

static void deallocate(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

/* MARK: - Encoding */

/* Writes header, rows and end; it may jump. */
static laminapng_status write_picture(laminapng_encoder *encoder, const uint8_t *pixels,
                                      uint32_t width, uint32_t height, unsigned channels) {
  encoder->png = png_create_write_struct_2(PNG_LIBPNG_VER_STRING, encoder, handle_error,
                                           ignore_warning, encoder, allocate, deallocate);
  encoder->info = encoder->png != NULL ? png_create_info_struct(encoder->png) : NULL;
  if (encoder->info == NULL) {
    return fail(encoder, LAMINAPNG_OUT_OF_MEMORY, "out of memory");
  }
  png_set_write_fn(encoder->png, encoder, write_bytes, flush_nothing);
  png_set_IHDR(encoder->png, encoder->info, width, height, 8,
               channels == 1 ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB, PNG_INTERLACE_NONE,
               PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
  png_write_info(encoder->png, encoder->info);
  for (uint32_t row = 0; row < height; row++) {
    png_write_row(encoder->png, pixels + (size_t)row * width * channels);
  }
  png_write_end(encoder->png, NULL);
  encoder->is_done = true;
  return LAMINAPNG_OK;
}

laminapng_status laminapng_encode(laminapng_encoder *encoder, const uint8_t *pixels, uint32_t width,
                                  uint32_t height, unsigned channels) {
  if (encoder->status != LAMINAPNG_OK) {
    return encoder->status;
  }
  if (encoder->png != NULL) {
    return fail(encoder, LAMINAPNG_IMAGE_ERROR, "an encoder is for one picture");
  }
  if (pixels == NULL || (channels != 1 && channels != 3) || width == 0 || height == 0 ||
      width > LAMINAPNG_MAXIMUM_WIDTH || height > LAMINAPNG_MAXIMUM_WIDTH) {
    return fail(encoder, LAMINAPNG_IMAGE_ERROR, "no picture of such a size");
  }
  if (setjmp(encoder->failure) != 0) {
    return encoder->status;
  }
  return write_picture(encoder, pixels, width, height, channels);
}
