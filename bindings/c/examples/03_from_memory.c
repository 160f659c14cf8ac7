/* Model and picture from memory, as a program has them that gets both over a network
 * or carries them inside: 03_from_memory MODEL.safetensors FILE
 *
 *     cc 03_from_memory.c $(pkg-config --cflags --libs lamina) -o from_memory
 *     ./from_memory digits.safetensors seven.png
 *
 * Prints the three most probable classes with their probabilities. */
#include <lamina.h>
#include <stdio.h>
#include <stdlib.h>

static int failed(void) {
  fprintf(stderr, "%s\n", lamina_last_error_message());
  return 1;
}

/* Here the bytes come from a file; they could come from anywhere. */
static unsigned char *read_bytes(const char *path, size_t *size) {
  FILE *file = fopen(path, "rb");
  unsigned char *bytes = NULL;
  long length;
  if (file && fseek(file, 0, SEEK_END) == 0 && (length = ftell(file)) > 0) {
    rewind(file);
    bytes = malloc((size_t)length);
    *size = bytes ? fread(bytes, 1, (size_t)length, file) : 0;
  }
  if (!bytes) perror(path);
  if (file) fclose(file);
  return bytes;
}

static int classify(const unsigned char *weights, size_t weights_size, const unsigned char *picture,
                    size_t picture_size) {
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  lamina_prediction best[3];
  size_t count = 0, i;
  char label[64];
  int status = 0;

  /* The bytes are not kept: they can be freed as soon as the calls are done. */
  if (lamina_model_load_memory(weights, weights_size, &model) != LAMINA_OK ||
      lamina_session_create(model, NULL, &session) != LAMINA_OK ||
      lamina_session_classify_png_memory(session, picture, picture_size, NULL, best, 3, &count) !=
          LAMINA_OK)
    status = failed();
  for (i = 0; i < count && status == 0; i++) {
    if (lamina_model_label(model, (size_t)best[i].class_index, label, sizeof label, NULL) !=
        LAMINA_OK)
      status = failed();
    else
      printf("%s\t%.7f\n", label, best[i].probability);
  }
  lamina_session_free(session);
  lamina_model_free(model);
  return status;
}

int main(int argc, char **argv) {
  unsigned char *weights, *picture;
  size_t weights_size = 0, picture_size = 0;
  int status = 1;

  if (argc != 3) {
    fprintf(stderr, "usage: %s MODEL.safetensors FILE\n", argv[0]);
    return 2;
  }
  weights = read_bytes(argv[1], &weights_size);
  picture = read_bytes(argv[2], &picture_size);
  if (weights && picture) status = classify(weights, weights_size, picture, picture_size);
  free(weights);
  free(picture);
  return status;
}
