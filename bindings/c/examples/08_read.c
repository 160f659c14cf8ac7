/* Reads all digits of PNG pictures, lines or pages: 08_read FILE...
 *
 *     cc 08_read.c $(pkg-config --cflags --libs lamina) -o read
 *     ./read receipt.png
 *
 * Prints a line for each digit, in reading order: the file's name, the digit's
 * line, its label, the label's probability, and its box in the picture's
 * pixels: left, top, width, height. */
#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>

/* Says why the last call failed, and with which file. */
static int failed(void) {
  fprintf(stderr, "%s\n", lamina_last_error_message());
  return 1;
}

static int print(const lamina_model *model, const char *path, const lamina_read_digit *digits,
                 size_t count) {
  char label[64];
  size_t i;
  for (i = 0; i < count; i++) {
    const lamina_read_digit *digit = &digits[i];
    if (lamina_model_label(model, (size_t)digit->class_index, label, sizeof label, NULL) !=
        LAMINA_OK)
      return failed();
    printf("%s\t%u\t%s\t%.7f\t%u\t%u\t%u\t%u\n", path, (unsigned)digit->line + 1, label,
           digit->probability, (unsigned)digit->x, (unsigned)digit->y, (unsigned)digit->width,
           (unsigned)digit->height);
  }
  return 0;
}

static int read_page(const lamina_model *model, lamina_session *session, const char *path) {
  size_t capacity = 256, count = 0;
  lamina_status status;
  int result;
  for (;;) {
    lamina_read_digit *digits = malloc(capacity * sizeof *digits);
    if (digits == NULL) {
      fprintf(stderr, "%s: out of memory\n", path);
      return 1;
    }
    /* NULL with capacity 0: the text as a whole is not wanted. */
    status = lamina_read_png_file(session, path, NULL, NULL, 0, NULL, digits, capacity, &count);
    if (status == LAMINA_ERROR_BUFFER_TOO_SMALL && count > capacity) {
      /* Now it is known how many there are. */
      capacity = count;
      free(digits);
      continue;
    }
    result = status == LAMINA_OK ? print(model, path, digits, count) : failed();
    free(digits);
    return result;
  }
}

int main(int argc, char **argv) {
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  int status = 0;
  int i;

  if (argc < 2) {
    fprintf(stderr, "usage: %s FILE...\n", argv[0]);
    return 2;
  }
  if (lamina_abi_version() != LAMINA_ABI_VERSION) {
    fprintf(stderr, "liblamina %s does not fit this program\n", lamina_version());
    return 2;
  }
  /* The model inside the library; a session is one thread's memory to compute with it. */
  if (lamina_model_load_builtin(&model) != LAMINA_OK ||
      lamina_session_create(model, NULL, &session) != LAMINA_OK) {
    status = failed();
  } else {
    /* A file that fails, or shows no digit, is reported, and the others go on. */
    for (i = 1; i < argc; i++) status |= read_page(model, session, argv[i]);
  }
  lamina_session_free(session);
  lamina_model_free(model);
  return status;
}
