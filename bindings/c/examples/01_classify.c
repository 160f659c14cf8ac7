/* Classifies PNG pictures of digits: 01_classify [MODEL.safetensors] FILE...
 *
 *     cc 01_classify.c $(pkg-config --cflags --libs lamina) -o classify
 *     ./classify seven.png
 *
 * Prints a line for each file: its name, the label, the label's probability.
 * Without a weights file the model inside the library reads them. */
#include <lamina.h>
#include <stdio.h>
#include <string.h>

/* Says why the last call failed, and with which file. */
static int failed(void) {
  fprintf(stderr, "%s\n", lamina_last_error_message());
  return 1;
}

static int classify(const lamina_model *model, lamina_session *session, const char *path) {
  lamina_prediction best;
  size_t count = 0;
  char label[64];
  /* Room for one prediction: only the most probable class is wanted. */
  if (lamina_session_classify_png_file(session, path, NULL, &best, 1, &count) != LAMINA_OK)
    return failed();
  if (lamina_model_label(model, (size_t)best.class_index, label, sizeof label, NULL) != LAMINA_OK)
    return failed();
  printf("%s\t%s\t%.7f\n", path, label, best.probability);
  return 0;
}

/* The weights file that the command line begins with; NULL if it does not. */
static const char *weights_file(int argc, char **argv) {
  static const char extension[] = ".safetensors";
  size_t length = argc > 1 ? strlen(argv[1]) : 0;
  size_t end = sizeof extension - 1;
  return length > end && strcmp(argv[1] + length - end, extension) == 0 ? argv[1] : NULL;
}

int main(int argc, char **argv) {
  const char *weights = weights_file(argc, argv);
  int first = weights ? 2 : 1;
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  int status = 0;
  int i;

  if (argc <= first) {
    fprintf(stderr, "usage: %s [MODEL.safetensors] FILE...\n", argv[0]);
    return 2;
  }
  if (lamina_abi_version() != LAMINA_ABI_VERSION) {
    fprintf(stderr, "liblamina %s does not fit this program\n", lamina_version());
    return 2;
  }
  /* The model is the weights; a session is one thread's memory to compute with them. */
  if ((weights ? lamina_model_load_file(weights, &model) : lamina_model_load_builtin(&model)) !=
          LAMINA_OK ||
      lamina_session_create(model, NULL, &session) != LAMINA_OK) {
    status = failed();
  } else {
    /* A file that fails is reported, and the others go on. */
    for (i = first; i < argc; i++) status |= classify(model, session, argv[i]);
  }
  lamina_session_free(session);
  lamina_model_free(model);
  return status;
}
