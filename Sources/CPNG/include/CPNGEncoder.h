/*
 * libpng's row API as an encoder of 8-bit grey or RGB pixels, into memory.
 *
 *   laminapng_encoder *encoder = laminapng_encoder_create();
 *   laminapng_encode(encoder, pixels, width, height, 3);
 *   bytes = laminapng_encoded(encoder, &size);
 *   laminapng_encoder_destroy(encoder);
 *
 * As in the decoder, no jump of libpng's leaves a function declared here, and nothing is printed.
 * An encoder is for one picture and for one thread at a time.
 */
#ifndef LAMINAPNG_CPNG_ENCODER_H
#define LAMINAPNG_CPNG_ENCODER_H

#include "CPNG.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct laminapng_encoder laminapng_encoder;

/* An encoder without a picture, or NULL when memory runs out. */
laminapng_encoder *laminapng_encoder_create(void);

/* Frees the encoder and its bytes. NULL is allowed. */
void laminapng_encoder_destroy(laminapng_encoder *encoder);

/*
 * Makes a PNG file's bytes of `width * height * channels` bytes, row by row from the top.
 * `channels` is 1 (grey) or 3 (red, green, blue). The same pixels give the same bytes, as long as
 * zlib is the same. LAMINAPNG_IMAGE_ERROR where a side is 0 or too large, or the channels are
 * others.
 */
laminapng_status laminapng_encode(laminapng_encoder *encoder, const uint8_t *pixels, uint32_t width,
                                  uint32_t height, unsigned channels);

/* The file's bytes, which live as long as the encoder; NULL and 0 before it succeeded. */
const uint8_t *laminapng_encoded(const laminapng_encoder *encoder, size_t *size);

/* Why the encoding failed; "" where it did not. */
const char *laminapng_encoder_message(const laminapng_encoder *encoder);

#ifdef __cplusplus
}
#endif

#endif
