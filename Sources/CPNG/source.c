/*
 * Where the bytes come from, and how a failure is noted.
 */
#define _POSIX_C_SOURCE 200809L /* The strerror_r that gives a number. */

#include "decoder.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>

/* MARK: - Failures */

laminapng_status laminapng_fail(laminapng_decoder *decoder, laminapng_status status,
                                const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(decoder->message, sizeof decoder->message, format, arguments);
  va_end(arguments);
  decoder->status = status;
  return status;
}

static laminapng_status fail_with_errno(laminapng_decoder *decoder, const char *what, int number) {
  char reason[128] = "unknown error";
  if (strerror_r(number, reason, sizeof reason) != 0) {
    snprintf(reason, sizeof reason, "error %d", number);
  }
  return laminapng_fail(decoder, LAMINAPNG_FILE_ERROR, "%s: %s", what, reason);
}

laminapng_status laminapng_fail_out_of_memory(laminapng_decoder *decoder) {
  return laminapng_fail(decoder, LAMINAPNG_OUT_OF_MEMORY, "out of memory");
}

/* MARK: - The source */

size_t laminapng_read_source(laminapng_decoder *decoder, uint8_t *destination, size_t count) {
  size_t got;
  if (decoder->file != NULL) {
    errno = 0;
    got = fread(destination, 1, count, decoder->file);
    if (got < count && ferror(decoder->file)) {
      fail_with_errno(decoder, "cannot be read", errno);
    }
  } else {
    size_t left = decoder->size - (size_t)decoder->position;
    got = count < left ? count : left;
    if (got > 0) {
      memcpy(destination, decoder->bytes + decoder->position, got);
    }
  }
  decoder->position += got;
  return got;
}

/* Tells a file that is something else from a PNG file that is damaged. */
static laminapng_status check_signature(laminapng_decoder *decoder) {
  uint8_t signature[signature_size];
  size_t got = laminapng_read_source(decoder, signature, sizeof signature);
  if (decoder->status != LAMINAPNG_OK) {
    return decoder->status;
  }
  if (got == 0) {
    return laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR, "not a PNG file (it is empty)");
  }
  if (png_sig_cmp(signature, 0, got) == 0) {
    return got == sizeof signature ? LAMINAPNG_OK
                                   : laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR,
                                                    "truncated: it ends after %zu bytes", got);
  }
  char beginning[3 * signature_size + 1] = "";
  for (size_t i = 0; i < got; i++) {
    snprintf(beginning + 3 * i, 4, "%02X ", signature[i]);
  }
  beginning[3 * got - 1] = '\0';
  return laminapng_fail(decoder, LAMINAPNG_IMAGE_ERROR, "not a PNG file (it begins with %s)",
                        beginning);
}

laminapng_status laminapng_open_path(laminapng_decoder *decoder, const char *path) {
  decoder->file = fopen(path, "rbe");
  if (decoder->file == NULL) {
    return fail_with_errno(decoder, "cannot be opened", errno);
  }
  setvbuf(decoder->file, decoder->file_buffer, _IOFBF, sizeof decoder->file_buffer);
  return check_signature(decoder);
}

laminapng_status laminapng_open_memory(laminapng_decoder *decoder, const uint8_t *bytes,
                                       size_t size) {
  decoder->bytes = bytes;
  decoder->size = bytes == NULL ? 0 : size;
  return check_signature(decoder);
}
