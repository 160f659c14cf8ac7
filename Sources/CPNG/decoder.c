/*
 * The rows. Every setjmp and longjmp is in this file, and all of libpng that can jump.
 */
#include "decoder.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* MARK: - Life */

laminapng_decoder *laminapng_create(void) { return calloc(1, sizeof(laminapng_decoder)); }

void laminapng_destroy(laminapng_decoder *decoder) {
  if (decoder == NULL) {
    return;
  }
  if (decoder->png != NULL) {
    png_destroy_read_struct(&decoder->png, &decoder->info, NULL);
  }
  if (decoder->file != NULL) {
    fclose(decoder->file);
  }
  free(decoder->samples);
  free(decoder);
}

const char *laminapng_message(const laminapng_decoder *decoder) { return decoder->message; }

/* MARK: - What libpng calls */

/* A failure that is already noted (reading, memory) explains more. */
static void handle_error(png_structp png, png_const_charp reason) {
  laminapng_decoder *decoder = png_get_error_ptr(png);
  if (decoder->status == LAMINAPNG_OK) {
    laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR, "damaged: %s", reason);
  }
  longjmp(decoder->failure, 1);
}

static void ignore_warning(png_structp png, png_const_charp reason) {
  (void)png;
  (void)reason;
}

static void read_exactly(png_structp png, png_bytep destination, size_t count) {
  laminapng_decoder *decoder = png_get_io_ptr(png);
  if (laminapng_read_source(decoder, destination, count) == count) {
    return;
  }
  if (decoder->status == LAMINAPNG_OK) {
    laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR, "truncated: it ends after %" PRIu64 " bytes",
                   decoder->position);
  }
  longjmp(decoder->failure, 1);
}

static png_voidp allocate(png_structp png, png_alloc_size_t size) {
  void *memory = malloc(size);
  if (memory == NULL) {
    laminapng_fail_out_of_memory(png_get_mem_ptr(png));
  }
  return memory;
}

static void deallocate(png_structp png, png_voidp memory) {
  (void)png;
  free(memory);
}

/* MARK: - Samples become pixels */

static uint8_t put_on_black(unsigned value, unsigned alpha) {
  return (uint8_t)((value * alpha + 127) / 255);
}

static void convert_palette_row(const laminapng_decoder *decoder, uint8_t *pixels, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const uint8_t *colour = decoder->palette[decoder->samples[i]];
    for (unsigned channel = 0; channel < decoder->colour_count; channel++) {
      *pixels++ = colour[channel];
    }
    if (decoder->pixel_size > decoder->colour_count) {
      *pixels++ = colour[3];
    }
  }
}

/* Samples whose last byte is the pixel's alpha. */
static void convert_alpha_row(const laminapng_decoder *decoder, uint8_t *pixels, uint32_t count) {
  const uint8_t *sample = decoder->samples;
  for (uint32_t i = 0; i < count; i++, sample += decoder->pixel_size) {
    uint8_t alpha = sample[decoder->colour_count];
    for (unsigned channel = 0; channel < decoder->colour_count; channel++) {
      *pixels++ = put_on_black(sample[channel], alpha);
    }
    *pixels++ = 255 - alpha;
  }
}

static laminapng_status convert_row(laminapng_decoder *decoder, uint8_t *pixels, uint32_t count) {
  if (decoder->is_palette) {
    for (uint32_t i = 0; i < count; i++) {
      if (decoder->samples[i] >= decoder->palette_size) {
        return laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR,
                              "damaged: colour %u of a palette of %u", decoder->samples[i],
                              decoder->palette_size);
      }
    }
    convert_palette_row(decoder, pixels, count);
  } else if (decoder->pixel_size > decoder->colour_count) {
    convert_alpha_row(decoder, pixels, count);
  } else {
    memcpy(pixels, decoder->samples, (size_t)count * decoder->pixel_size);
  }
  return LAMINAPNG_OK;
}

/* MARK: - The header */

/* Makes libpng's structures and lets it read the header; it may jump. */
static void read_info(laminapng_decoder *decoder) {
  decoder->png = png_create_read_struct_2(PNG_LIBPNG_VER_STRING, decoder, handle_error,
                                          ignore_warning, decoder, allocate, deallocate);
  if (decoder->png == NULL) {
    laminapng_fail_out_of_memory(decoder);
    return;
  }
  decoder->info = png_create_info_struct(decoder->png);
  if (decoder->info == NULL) {
    laminapng_fail_out_of_memory(decoder);
    return;
  }
  png_set_read_fn(decoder->png, decoder, read_exactly);
  png_set_sig_bytes(decoder->png, signature_size);
  png_set_user_limits(decoder->png, PNG_UINT_31_MAX, PNG_UINT_31_MAX);
  png_set_chunk_malloc_max(decoder->png, 1u << 20);
  png_set_crc_action(decoder->png, PNG_CRC_ERROR_QUIT, PNG_CRC_ERROR_QUIT);
  /* -1: every chunk but IHDR, PLTE, tRNS, IDAT and IEND is skipped unparsed. */
  png_set_keep_unknown_chunks(decoder->png, PNG_HANDLE_CHUNK_NEVER, NULL, -1);
  png_read_info(decoder->png, decoder->info);
  decoder->width = png_get_image_width(decoder->png, decoder->info);
  decoder->height = png_get_image_height(decoder->png, decoder->info);
  decoder->is_interlaced =
      png_get_interlace_type(decoder->png, decoder->info) == PNG_INTERLACE_ADAM7;
  decoder->is_palette = png_get_color_type(decoder->png, decoder->info) == PNG_COLOR_TYPE_PALETTE;
}

static laminapng_status check_size(laminapng_decoder *decoder, uint64_t maximum_pixels) {
  if ((uint64_t)decoder->width * decoder->height > maximum_pixels) {
    return laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR,
                          "%" PRIu32 "x%" PRIu32 " pixels, at most %" PRIu64 " are allowed",
                          decoder->width, decoder->height, maximum_pixels);
  }
  if (decoder->width > LAMINAPNG_MAXIMUM_WIDTH) {
    return laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR,
                          "%" PRIu32 " pixels wide, at most %u are allowed", decoder->width,
                          LAMINAPNG_MAXIMUM_WIDTH);
  }
  if (decoder->height > LAMINAPNG_MAXIMUM_HEIGHT) {
    return laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR,
                          "%" PRIu32 " pixels high, at most %u are allowed", decoder->height,
                          LAMINAPNG_MAXIMUM_HEIGHT);
  }
  return LAMINAPNG_OK;
}

/* Puts the palette's colours on black once; indexes stay as they are, to be checked. */
static void read_palette(laminapng_decoder *decoder) {
  png_colorp colours = NULL;
  int colour_count = 0;
  png_get_PLTE(decoder->png, decoder->info, &colours, &colour_count);
  png_bytep alphas = NULL;
  int alpha_count = 0;
  png_get_tRNS(decoder->png, decoder->info, &alphas, &alpha_count, NULL);
  decoder->colour_count = 1;
  for (int i = 0; i < colour_count && i < palette_capacity; i++) {
    uint8_t alpha = alphas != NULL && i < alpha_count ? alphas[i] : 255;
    uint8_t *colour = decoder->palette[i];
    colour[0] = put_on_black(colours[i].red, alpha);
    colour[1] = put_on_black(colours[i].green, alpha);
    colour[2] = put_on_black(colours[i].blue, alpha);
    colour[3] = 255 - alpha;
    if (colour[0] != colour[1] || colour[1] != colour[2]) {
      decoder->colour_count = 3;
    }
    decoder->palette_size = (unsigned)i + 1;
  }
  decoder->pixel_size = decoder->colour_count + (alphas != NULL);
}

/* Asks libpng for whole bytes a sample and makes room for a row; it may jump. */
static laminapng_status prepare_rows(laminapng_decoder *decoder) {
  if (decoder->is_palette) {
    read_palette(decoder);
    png_set_packing(decoder->png);
  } else {
    png_set_expand(decoder->png);
    png_set_scale_16(decoder->png);
  }
  /* Without png_set_interlace_handling libpng gives the passes' own rows. */
  png_read_update_info(decoder->png, decoder->info);
  if (!decoder->is_palette) {
    decoder->pixel_size = png_get_channels(decoder->png, decoder->info);
    decoder->colour_count = decoder->pixel_size >= 3 ? 3 : 1;
  }
  /* libpng copies a full row even where a pass has a narrower one. */
  decoder->samples = calloc(1, png_get_rowbytes(decoder->png, decoder->info));
  return decoder->samples != NULL ? LAMINAPNG_OK : laminapng_fail_out_of_memory(decoder);
}

laminapng_status laminapng_read_header(laminapng_decoder *decoder, uint64_t maximum_pixels,
                                       laminapng_header *header) {
  if (decoder->status != LAMINAPNG_OK) {
    return decoder->status;
  }
  if (setjmp(decoder->failure) != 0) {
    return decoder->status;
  }
  read_info(decoder);
  if (decoder->status != LAMINAPNG_OK || check_size(decoder, maximum_pixels) != LAMINAPNG_OK ||
      prepare_rows(decoder) != LAMINAPNG_OK) {
    return decoder->status;
  }
  header->width = decoder->width;
  header->height = decoder->height;
  header->channels = decoder->colour_count;
  header->has_transparency = decoder->pixel_size > decoder->colour_count;
  return LAMINAPNG_OK;
}

/* MARK: - Rows */

/* Moves to the next row that exists; small pictures leave some passes empty. */
static bool find_next_row(laminapng_decoder *decoder, laminapng_row *row) {
  if (!decoder->is_interlaced) {
    *row = (laminapng_row){decoder->row_in_pass, 0, 1, decoder->width};
    return decoder->row_in_pass++ < decoder->height;
  }
  for (; decoder->pass < pass_count; decoder->pass++, decoder->row_in_pass = 0) {
    unsigned pass = decoder->pass;
    uint32_t count = PNG_PASS_COLS(decoder->width, pass);
    if (count > 0 && decoder->row_in_pass < PNG_PASS_ROWS(decoder->height, pass)) {
      *row = (laminapng_row){PNG_ROW_FROM_PASS_ROW(decoder->row_in_pass, pass),
                             PNG_PASS_START_COL(pass), PNG_PASS_COL_OFFSET(pass), count};
      decoder->row_in_pass++;
      return true;
    }
  }
  return false;
}

laminapng_status laminapng_read_row(laminapng_decoder *decoder, uint8_t *pixels, size_t capacity,
                                    laminapng_row *row) {
  if (decoder->status != LAMINAPNG_OK) {
    return decoder->status;
  }
  if (decoder->samples == NULL || capacity / decoder->pixel_size < decoder->width) {
    return laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR, "no room for a row");
  }
  if (setjmp(decoder->failure) != 0) {
    return decoder->status;
  }
  if (!find_next_row(decoder, row)) {
    png_read_end(decoder->png, NULL);
    decoder->status = LAMINAPNG_END;
    return LAMINAPNG_END;
  }
  png_read_row(decoder->png, decoder->samples, NULL);
  return convert_row(decoder, pixels, row->count);
}
