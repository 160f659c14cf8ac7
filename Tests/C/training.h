/* Small networks to train, and what they learn. */
#ifndef LAMINA_TESTS_TRAINING_H
#define LAMINA_TESTS_TRAINING_H

#include "check.h"

#define INPUT(...) \
  "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null," #__VA_ARGS__ "]}}"
#define DENSE(units, activation)                                                             \
  "{\"class_name\":\"Dense\",\"config\":{\"units\":" #units ",\"activation\":\"" #activation \
  "\"}"                                                                                      \
  "}"
#define SEQUENTIAL(layers) "{\"class_name\":\"Sequential\",\"config\":{\"layers\":[" layers "]}}"

/* Two numbers in, whether they differ out: 33 parameters. */
#define XOR_NETWORK SEQUENTIAL(INPUT(2) "," DENSE(8, tanh) "," DENSE(1, sigmoid))
#define XOR_TRAINING                                                              \
  "{\"optimizer\":{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":0.05}}," \
  "\"loss\":\"binary_crossentropy\",\"metrics\":[\"accuracy\"]}"
enum { XOR_PARAMETERS = 33 };

static float xor_inputs[] = {0, 0, 0, 1, 1, 0, 1, 1};
static float xor_targets[] = {0, 1, 1, 0};

/* A data set of one input and one target. */
typedef struct one_to_one {
  lamina_tensor input, target;
  lamina_dataset data;
} one_to_one;

static inline const lamina_dataset *bind_dataset(one_to_one *tensors) {
  memset(&tensors->data, 0, sizeof tensors->data);
  tensors->data.struct_size = sizeof tensors->data;
  tensors->data.inputs = &tensors->input;
  tensors->data.input_count = 1;
  tensors->data.targets = &tensors->target;
  tensors->data.target_count = 1;
  return &tensors->data;
}

static inline one_to_one xor_tensors(void) {
  one_to_one tensors;
  memset(&tensors, 0, sizeof tensors);
  tensors.input = make_tensor(LAMINA_FLOAT32, xor_inputs, sizeof xor_inputs, 2, 4, 2, 0);
  tensors.target = make_tensor(LAMINA_FLOAT32, xor_targets, sizeof xor_targets, 1, 4, 0, 0);
  return tensors;
}

static inline lamina_model *make_network(const char *config, const char *training, uint64_t seed) {
  lamina_model *model = NULL;
  if (lamina_model_create(config, seed, &model) != LAMINA_OK ||
      (training && lamina_model_compile(model, training) != LAMINA_OK)) {
    fprintf(stderr, "%s\n0 passed, 1 failed\n", lamina_last_error_message());
    exit(2);
  }
  return model;
}

static inline lamina_model *make_xor(uint64_t seed) {
  return make_network(XOR_NETWORK, XOR_TRAINING, seed);
}

static inline lamina_fit_options fit_options(size_t epochs) {
  lamina_fit_options options;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.epochs = epochs;
  return options;
}

#endif
