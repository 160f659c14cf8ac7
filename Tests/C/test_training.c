/* Training from C: a network learns, stops when it is told, goes on where it was, is fine-tuned;
 * what is wrong is refused, and changes nothing. */
#include <float.h>
#include <math.h>
#include <unistd.h>

#include "training.h"

static void parameters_of(const lamina_model *model, float *parameters) {
  size_t count = 0;
  CHECK_OK(lamina_model_get_parameters(model, parameters, XOR_PARAMETERS, &count));
  CHECK(count == XOR_PARAMETERS);
}

static int same_parameters(const lamina_model *a, const lamina_model *b) {
  float first[XOR_PARAMETERS], second[XOR_PARAMETERS];
  parameters_of(a, first);
  parameters_of(b, second);
  return memcmp(first, second, sizeof first) == 0;
}

static double metric(const lamina_model *model, const lamina_dataset *data, size_t index) {
  double values[8] = {0};
  size_t count = 0;
  CHECK_OK(lamina_model_evaluate(model, data, 0, values, 8, &count));
  return index < count ? values[index] : NAN;
}

static void test_learning(void) {
  lamina_model *model = make_xor(1);
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  lamina_fit_options options = fit_options(400);
  char name[32];
  size_t count = 0;
  CHECK_OK(lamina_model_metric_count(model, &count));
  CHECK(count == 2);
  CHECK_OK(lamina_model_metric_name(model, 0, name, sizeof name, NULL));
  CHECK(strcmp(name, "loss") == 0);
  CHECK_OK(lamina_model_metric_name(model, 1, name, sizeof name, NULL));
  CHECK(strcmp(name, "accuracy") == 0);
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_metric_name(model, 2, name, 32, NULL));
  CHECK_OK(lamina_model_fit(model, data, &options));
  CHECK(metric(model, data, 0) < 0.01);
  CHECK(metric(model, data, 1) == 1);

  double value;
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL,
               lamina_model_evaluate(model, data, 0, &value, 1, &count));
  CHECK(count == 2);
  lamina_model_free(model);
}

static void test_same_bits(void) {
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  lamina_fit_options options = fit_options(20);
  options.batch_size = 3;
  lamina_model *a = make_xor(7), *b = make_xor(7), *c = make_xor(7);
  CHECK(same_parameters(a, b));
  CHECK_OK(lamina_model_set_seed(c, 8));
  CHECK(same_parameters(a, c));
  CHECK_OK(lamina_model_set_thread_count(b, 4));
  CHECK_OK(lamina_model_fit(a, data, &options));
  CHECK_OK(lamina_model_fit(b, data, &options));
  CHECK_OK(lamina_model_fit(c, data, &options));
  CHECK(same_parameters(a, b));
  CHECK(!same_parameters(a, c));
  lamina_model_free(a);
  lamina_model_free(b);
  lamina_model_free(c);
}

/* The same data as bytes and as integers. */
static void test_types(void) {
  uint8_t bytes[8];
  int32_t integers[8], labels[4];
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(integers[i] = (int32_t)xor_inputs[i]);
  for (int i = 0; i < 4; i++) labels[i] = (int32_t)xor_targets[i];
  one_to_one floats = xor_tensors(), as_bytes = xor_tensors(), as_integers = xor_tensors();
  as_bytes.input = make_tensor(LAMINA_UINT8, bytes, sizeof bytes, 2, 4, 2, 0);
  as_integers.input = make_tensor(LAMINA_INT32, integers, sizeof integers, 2, 4, 2, 0);
  as_integers.target = make_tensor(LAMINA_INT32, labels, sizeof labels, 2, 4, 1, 0);
  lamina_model *a = make_xor(1), *b = make_xor(1), *c = make_xor(1), *d = make_xor(1);
  CHECK_OK(lamina_model_fit(a, bind_dataset(&floats), NULL));
  CHECK_OK(lamina_model_fit(b, bind_dataset(&as_bytes), NULL));
  CHECK_OK(lamina_model_fit(c, bind_dataset(&as_integers), NULL));
  CHECK(same_parameters(a, b));
  CHECK(same_parameters(a, c));
  /* With a divisor bytes are divided, and nothing else. */
  CHECK_OK(lamina_model_set_metadata(d, "preprocessing", "{\"divisor\": 255}"));
  for (int i = 0; i < 8; i++) bytes[i] = (uint8_t)(255 * bytes[i]);
  CHECK_OK(lamina_model_fit(d, bind_dataset(&as_bytes), NULL));
  CHECK(same_parameters(a, d));
  lamina_model_free(a);
  lamina_model_free(b);
  lamina_model_free(c);
  lamina_model_free(d);
}

/* Weights of samples and of classes: a sample of weight 0 is not there. */
static void test_weights(void) {
  one_to_one tensors = xor_tensors();
  float none[4] = {0, 0, 0, 0}, classes[2] = {0, 0}, before[XOR_PARAMETERS], after[XOR_PARAMETERS];
  lamina_model *model = make_network(XOR_NETWORK, "{\"optimizer\":\"sgd\",\"loss\":\"mse\"}", 1);
  lamina_fit_options options = fit_options(3);
  lamina_dataset data = *bind_dataset(&tensors);
  parameters_of(model, before);
  data.sample_weights = none;
  CHECK_OK(lamina_model_fit(model, &data, &options));
  parameters_of(model, after);
  CHECK(memcmp(before, after, sizeof before) == 0);
  data.sample_weights = NULL;
  options.class_weights = classes;
  options.class_weight_count = 2;
  CHECK_OK(lamina_model_fit(model, &data, &options));
  parameters_of(model, after);
  CHECK(memcmp(before, after, sizeof before) == 0);
  options.class_weight_count = 1;
  CHECK_OK(lamina_model_fit(model, &data, &options));
  parameters_of(model, after);
  CHECK(memcmp(before, after, sizeof before) != 0);
  none[2] = NAN;
  data.sample_weights = none;
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_fit(model, &data, NULL));
  lamina_model_free(model);
}

/* What a callback saw and does. */
typedef struct watch {
  lamina_model *model;
  const lamina_dataset *data;
  uint64_t counts[9], stop_at_epoch;
  double loss;
  int sees_validation;
} watch;

static lamina_decision look(const lamina_event *event, void *context) {
  watch *watch = context;
  int bit = 0;
  while (1 << bit < (int)event->kind) bit++;
  CHECK(event->struct_size >= sizeof *event && bit < 9);
  watch->counts[bit]++;
  CHECK(event->epoch <= event->epoch_count && event->batch <= event->batch_count);
  if (event->kind == LAMINA_EVENT_EPOCH_ENDED) {
    CHECK(event->value_count == 4 && strcmp(event->names[0], "loss") == 0);
    CHECK(strcmp(event->names[2], "val_loss") == 0);
    watch->loss = event->values[0];
    if (watch->stop_at_epoch && event->epoch + 1 >= watch->stop_at_epoch) return LAMINA_STOP;
  }
  if (event->kind == LAMINA_EVENT_BATCH_ENDED) CHECK(event->value_count == 2);
  if (event->kind == LAMINA_EVENT_VALIDATION_ENDED)
    watch->sees_validation = strcmp(event->names[0], "val_loss") == 0;
  return LAMINA_CONTINUE;
}

static void test_events(void) {
  lamina_model *model = make_xor(1);
  one_to_one tensors = xor_tensors(), validation = xor_tensors();
  lamina_fit_options options = fit_options(10);
  watch watch = {.stop_at_epoch = 3};
  options.batch_size = 2;
  options.validation = bind_dataset(&validation);
  options.callback = look;
  options.context = &watch;
  CHECK_OK(lamina_model_fit(model, bind_dataset(&tensors), &options));
  /* The beginning and the end, three epochs of two batches, each with a validation. */
  static const uint64_t expected[8] = {1, 1, 3, 3, 6, 6, 3, 3};
  CHECK(memcmp(watch.counts, expected, sizeof expected) == 0);
  CHECK(watch.sees_validation);

  char history[4096];
  size_t needed = 0;
  CHECK_OK(lamina_model_history(model, history, sizeof history, &needed));
  CHECK(needed == strlen(history) + 1);
  CHECK(strncmp(history, "{\"epoch\":", 9) == 0 && strstr(history, "\"val_accuracy\":") != NULL);
  /* The mask hides the others. */
  memset(&watch, 0, sizeof watch);
  options.event_kinds = LAMINA_EVENT_BATCH_BEGAN;
  CHECK_OK(lamina_model_fit(model, bind_dataset(&tensors), &options));
  CHECK(watch.counts[4] == 20 && watch.counts[5] == 0 && watch.counts[0] == 0);
  lamina_model_free(model);
}

/* All that a callback may do, and may not. */
static lamina_decision act(const lamina_event *event, void *context) {
  watch *watch = context;
  float parameters[XOR_PARAMETERS], rate = 0, output;
  double values[2];
  lamina_session *session = NULL;
  lamina_model *model = watch->model;
  parameters_of(model, parameters);
  CHECK_OK(lamina_model_set_parameters(model, parameters, XOR_PARAMETERS));
  CHECK_OK(lamina_session_create(model, NULL, &session));
  CHECK_OK(lamina_session_predict_float32(session, xor_inputs, 1, &output, 1));
  lamina_session_free(session);
  CHECK_OK(lamina_model_evaluate(model, watch->data, 0, values, 2, NULL));
  CHECK_OK(lamina_model_learning_rate(model, &rate));
  CHECK_OK(lamina_model_set_learning_rate(model, rate * 0.5f));
  CHECK_OK(lamina_model_save_checkpoint(model, "build/test/callback.safetensors"));
  CHECK_OK(lamina_model_save_file(model, "build/test/callback.safetensors"));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_fit(model, watch->data, NULL));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_compile(model, XOR_TRAINING));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_train_on_batch(model, watch->data, NULL, 0, NULL));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_compute_gradients(model, watch->data, parameters,
                                                                 XOR_PARAMETERS, NULL, 0, NULL));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_apply_gradients(model, parameters, XOR_PARAMETERS));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_set_seed(model, 1));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_set_thread_count(model, 2));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_set_metadata(model, "labels", NULL));
  CHECK_STATUS(LAMINA_ERROR_BUSY, lamina_model_set_layer_trainable(model, "dense", 0));
  CHECK_STATUS(LAMINA_ERROR_BUSY,
               lamina_model_restore_checkpoint(model, "build/test/callback.safetensors"));
  watch->counts[0]++;
  if (event->kind != LAMINA_EVENT_TRAINING_ENDED) return LAMINA_CONTINUE;
  /* The training keeps the model until it has ended. */
  lamina_model_free(model);
  return LAMINA_CONTINUE;
}

static void test_callback_acts(void) {
  one_to_one tensors = xor_tensors();
  watch watch = {.model = make_xor(1), .data = bind_dataset(&tensors)};
  lamina_fit_options options = fit_options(2);
  options.callback = act;
  options.context = &watch;
  options.validation = watch.data;
  options.event_kinds = LAMINA_EVENT_ALL & ~LAMINA_EVENT_POLL;
  CHECK_OK(lamina_model_fit(watch.model, watch.data, &options));
  CHECK(watch.counts[0] == 2 + 2 * 6);
}

/* In a callback the learning rate counts from the next step on, parameters at once. */
static lamina_decision reset(const lamina_event *event, void *context) {
  static const float zeros[XOR_PARAMETERS];
  (void)event;
  CHECK_OK(lamina_model_set_parameters(context, zeros, XOR_PARAMETERS));
  return LAMINA_CONTINUE;
}

static void test_parameters_in_callback(void) {
  lamina_model *model = make_xor(1);
  one_to_one tensors = xor_tensors();
  lamina_fit_options options = fit_options(1);
  float parameters[XOR_PARAMETERS];
  int zeros = 0;
  options.callback = reset;
  options.context = model;
  options.event_kinds = LAMINA_EVENT_EPOCH_ENDED;
  CHECK_OK(lamina_model_fit(model, bind_dataset(&tensors), &options));
  parameters_of(model, parameters);
  for (int i = 0; i < XOR_PARAMETERS; i++) zeros += parameters[i] == 0;
  CHECK(zeros == XOR_PARAMETERS);
  lamina_model_free(model);
}

static void test_checkpoint(void) {
  const char *path = "build/test/checkpoint.safetensors";
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  lamina_fit_options options = fit_options(5);
  options.batch_size = 2;
  lamina_model *whole = make_xor(3), *first = make_xor(3), *second = NULL;
  CHECK_OK(lamina_model_fit(first, data, &options));
  CHECK_OK(lamina_model_save_checkpoint(first, path));
  CHECK_OK(lamina_model_load_file(path, &second));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_restore_checkpoint(second, path));
  CHECK_OK(lamina_model_compile(second, XOR_TRAINING));
  CHECK_OK(lamina_model_restore_checkpoint(second, path));
  CHECK_OK(lamina_model_fit(second, data, &options));
  options.epochs = 10;
  CHECK_OK(lamina_model_fit(whole, data, &options));
  CHECK(same_parameters(whole, second));
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_restore_checkpoint(second, "/nowhere/a"));
  CHECK_STATUS(LAMINA_ERROR_IO, lamina_model_save_checkpoint(second, "/nowhere/a"));
  CHECK(same_parameters(whole, second));
  unlink(path);
  lamina_model_free(whole);
  lamina_model_free(first);
  lamina_model_free(second);
}

/* Gradients that are computed, then applied, are a step. */
static void test_gradients(void) {
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  lamina_model *a = make_xor(5), *b = make_xor(5), *before = make_xor(5);
  float gradients[XOR_PARAMETERS];
  double values[2], others[2];
  uint64_t trainable = 0;
  size_t count = 0;
  CHECK_OK(lamina_model_trainable_count(a, &trainable));
  CHECK(trainable == XOR_PARAMETERS);
  for (int step = 0; step < 5; step++) {
    CHECK_OK(lamina_model_train_on_batch(a, data, values, 2, &count));
    CHECK(count == 2);
    CHECK_OK(lamina_model_compute_gradients(b, data, gradients, XOR_PARAMETERS, others, 2, &count));
    if (step == 0) CHECK(same_parameters(b, before));
    CHECK(memcmp(values, others, sizeof values) == 0);
    CHECK_OK(lamina_model_apply_gradients(b, gradients, XOR_PARAMETERS));
    CHECK(same_parameters(a, b));
  }
  CHECK(!same_parameters(a, before));

  /* Against the difference quotient. */
  float parameters[XOR_PARAMETERS];
  parameters_of(b, parameters);
  CHECK_OK(lamina_model_compute_gradients(b, data, gradients, XOR_PARAMETERS, NULL, 0, NULL));
  for (int i = 0; i < XOR_PARAMETERS; i++) {
    const float step = 1e-2f, value = parameters[i];
    parameters[i] = value + step;
    CHECK_OK(lamina_model_set_parameters(b, parameters, XOR_PARAMETERS));
    double above = metric(b, data, 0);
    parameters[i] = value - step;
    CHECK_OK(lamina_model_set_parameters(b, parameters, XOR_PARAMETERS));
    double below = metric(b, data, 0);
    parameters[i] = value;
    CHECK(fabs((above - below) / (2 * step) - gradients[i]) < 1e-3);
  }

  /* Nothing is done where a buffer is too small. */
  CHECK_OK(lamina_model_set_parameters(b, parameters, XOR_PARAMETERS));
  CHECK_STATUS(
      LAMINA_ERROR_BUFFER_TOO_SMALL,
      lamina_model_compute_gradients(b, data, gradients, XOR_PARAMETERS - 1, NULL, 0, NULL));
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL,
               lamina_model_train_on_batch(b, data, values, 1, &count));
  CHECK(count == 2);
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_apply_gradients(b, gradients, XOR_PARAMETERS - 1));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_apply_gradients(b, NULL, XOR_PARAMETERS));
  float now[XOR_PARAMETERS];
  parameters_of(b, now);
  CHECK(memcmp(now, parameters, sizeof now) == 0);
  lamina_model_free(a);
  lamina_model_free(b);
  lamina_model_free(before);
}

static void test_variables(void) {
  lamina_model *model = make_xor(1);
  static const char *const names[] = {"dense/kernel", "dense/bias", "dense_1/kernel",
                                      "dense_1/bias"};
  static const uint64_t counts[] = {16, 8, 8, 1};
  char name[32];
  size_t count = 0, rank = 0;
  int64_t shape[2];
  uint64_t offset, size, end = 0;
  int32_t trained;
  CHECK_OK(lamina_model_variable_count(model, &count));
  CHECK(count == 4);
  CHECK_OK(lamina_model_set_layer_trainable(model, "dense", 0));
  for (size_t i = 0; i < count; i++) {
    CHECK_OK(lamina_model_variable_name(model, i, name, sizeof name, NULL));
    CHECK(strcmp(name, names[i]) == 0);
    CHECK_OK(lamina_model_variable_shape(model, i, shape, 2, &rank));
    CHECK(rank == (i % 2 ? 1 : 2));
    CHECK_OK(lamina_model_variable_place(model, i, &offset, &size, &trained));
    CHECK(offset == end && size == counts[i] && trained == (i >= 2));
    end += size;
  }
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_variable_place(model, 4, &offset, &size, &trained));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_set_layer_trainable(model, "x", 0));
  CHECK_OK(lamina_model_layer_count(model, &count));
  CHECK(count == 3);
  CHECK_OK(lamina_model_layer_name(model, count - 1, name, sizeof name, NULL));
  CHECK(strcmp(name, "dense_1") == 0);
  lamina_model_free(model);
}

/* The network inside the library learns on: its last layer alone changes. */
static void test_fine_tuning(void) {
  enum { ROWS = 20, PIXELS = 784 };
  static uint8_t pictures[ROWS * PIXELS];
  int32_t labels[ROWS];
  uint64_t random = 5, count = 0;
  lamina_model *model = NULL;
  one_to_one tensors;
  for (int i = 0; i < ROWS * PIXELS; i++) pictures[i] = (uint8_t)(next_random(&random) >> 56);
  for (int i = 0; i < ROWS; i++) labels[i] = i % 10;
  memset(&tensors, 0, sizeof tensors);
  tensors.input = make_tensor(LAMINA_UINT8, pictures, sizeof pictures, 3, ROWS, 28, 28);
  tensors.target = make_tensor(LAMINA_INT32, labels, sizeof labels, 1, ROWS, 0, 0);
  CHECK_OK(lamina_model_load_builtin(&model));
  CHECK_OK(lamina_model_compile(
      model,
      "{\"optimizer\":{\"class_name\":\"Adam\",\"config\":{\"learning_rate\":0.01}},"
      "\"loss\":{\"class_name\":\"SparseCategoricalCrossentropy\","
      "\"config\":{\"from_logits\":true}},\"metrics\":[\"accuracy\"]}"));
  size_t layers = 0;
  CHECK_OK(lamina_model_layer_count(model, &layers));
  char name[64];
  for (size_t i = 0; i + 1 < layers; i++) {
    CHECK_OK(lamina_model_layer_name(model, i, name, sizeof name, NULL));
    CHECK_OK(lamina_model_set_layer_trainable(model, name, 0));
  }
  CHECK_OK(lamina_model_parameter_count(model, &count));
  float *before = malloc(count * sizeof *before), *after = malloc(count * sizeof *after);
  CHECK_OK(lamina_model_get_parameters(model, before, count, NULL));
  const lamina_dataset *data = bind_dataset(&tensors);
  double loss = metric(model, data, 0);
  lamina_fit_options options = fit_options(50);
  CHECK_OK(lamina_model_fit(model, data, &options));
  CHECK(metric(model, data, 0) < loss / 2);
  CHECK_OK(lamina_model_get_parameters(model, after, count, NULL));
  size_t variables = 0, changed_elsewhere = 0, changed = 0;
  CHECK_OK(lamina_model_variable_count(model, &variables));
  for (size_t i = 0; i < variables; i++) {
    uint64_t offset = 0, size = 0;
    int32_t trained = 0;
    CHECK_OK(lamina_model_variable_place(model, i, &offset, &size, &trained));
    int differs = memcmp(before + offset, after + offset, size * sizeof *before) != 0;
    changed += differs && trained;
    changed_elsewhere += differs && !trained;
  }
  CHECK(changed == 2);
  CHECK(changed_elsewhere == 0);
  free(before);
  free(after);
  lamina_model_free(model);
}

static void test_metadata(void) {
  lamina_model *model = make_xor(1), *copy = NULL;
  char value[256];
  CHECK_OK(lamina_model_set_metadata(model, "labels", "[\"differs\"]"));
  CHECK_OK(lamina_model_set_metadata(model, "mine", "anything"));
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_set_metadata(model, "labels", "[\"a\",\"b\"]"));
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_set_metadata(model, "labels", "{"));
  CHECK_STATUS(LAMINA_ERROR_FORMAT, lamina_model_set_metadata(model, "training", "{}"));
  CHECK_STATUS(LAMINA_ERROR_FORMAT,
               lamina_model_set_metadata(model, "preprocessing", "{\"divisor\": 0}"));
  CHECK_STATUS(LAMINA_ERROR_UNSUPPORTED,
               lamina_model_set_metadata(model, "preprocessing",
                                         "{\"recipe\": \"photo\", \"divisor\": 255}"));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_set_metadata(model, "config", "{}"));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_set_metadata(model, NULL, "{}"));
  size_t needed = 0, again = 0;
  CHECK_OK(lamina_model_save_memory(model, NULL, 0, &needed));
  unsigned char *bytes = malloc(needed);
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL,
               lamina_model_save_memory(model, bytes, needed - 1, &again));
  CHECK(again == needed);
  CHECK_OK(lamina_model_save_memory(model, bytes, needed, NULL));
  CHECK_OK(lamina_model_load_memory(bytes, needed, &copy));
  CHECK_OK(lamina_model_label(copy, 0, value, sizeof value, NULL));
  CHECK(strcmp(value, "differs") == 0);
  CHECK_OK(lamina_model_metadata(copy, "mine", value, sizeof value, NULL));
  CHECK(strcmp(value, "anything") == 0);
  CHECK_OK(lamina_model_set_metadata(copy, "mine", NULL));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT,
               lamina_model_metadata(copy, "mine", value, sizeof value, NULL));
  CHECK(same_parameters(model, copy));
  free(bytes);
  lamina_model_free(model);
  lamina_model_free(copy);
}

static void test_builtin_callbacks(void) {
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  lamina_model *model = make_network(XOR_NETWORK,
                                     "{\"optimizer\":{\"class_name\":\"SGD\",\"config\":{"
                                     "\"learning_rate\":0}},\"loss\":\"mse\"}",
                                     1);
  lamina_fit_options options = fit_options(50);
  char history[8192];
  options.validation = data;
  options.callbacks_json =
      "[{\"class_name\":\"EarlyStopping\",\"config\":{\"monitor\":\"val_loss\",\"patience\":2}},"
      "\"TerminateOnNaN\",{\"class_name\":\"CSVLogger\",\"config\":{\"filename\":"
      "\"build/test/log.csv\"}}]";
  CHECK_OK(lamina_model_fit(model, data, &options));
  CHECK_OK(lamina_model_history(model, history, sizeof history, NULL));
  CHECK(strncmp(history, "{\"epoch\": [0, 1, 2]", 19) == 0 ||
        strncmp(history, "{\"epoch\":[0,1,2]", 16) == 0);
  CHECK(access("build/test/log.csv", R_OK) == 0);
  unlink("build/test/log.csv");
  static const char *const bad[] = {
      "",
      "{}",
      "[1]",
      "[{}]",
      "[\"Nothing\"]",
      "[{\"class_name\":\"EarlyStopping\",\"config\":{\"patient\":2}}]",
      "[{\"class_name\":\"EarlyStopping\",\"config\":{\"mode\":\"up\"}}]",
      "[{\"class_name\":\"CSVLogger\"}]",
      "[{\"class_name\":\"ModelCheckpoint\",\"config\":{\"filepath\":\"a{\"}}]"};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    options.callbacks_json = bad[i];
    CHECK(CHECK_SANE(lamina_model_fit(model, data, &options)) != LAMINA_OK);
  }
  lamina_model_free(model);
}

static void test_wrong_compilations(void) {
  lamina_model *model = make_network(XOR_NETWORK, NULL, 1);
  one_to_one tensors = xor_tensors();
  const lamina_dataset *data = bind_dataset(&tensors);
  float rate;
  size_t count;
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_fit(model, data, NULL));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_learning_rate(model, &rate));
  CHECK_STATUS(LAMINA_ERROR_INVALID_ARGUMENT, lamina_model_metric_count(model, &count));
  static const struct {
    const char *json;
    lamina_status status;
  } cases[] = {
      {"", LAMINA_ERROR_FORMAT},
      {"[]", LAMINA_ERROR_FORMAT},
      {"{}", LAMINA_ERROR_INVALID_ARGUMENT},
      {"{\"loss\":\"mse\",\"metric\":[]}", LAMINA_ERROR_UNSUPPORTED},
      {"{\"loss\":\"nothing\"}", LAMINA_ERROR_UNSUPPORTED},
      {"{\"loss\":\"mse\",\"optimizer\":\"nothing\"}", LAMINA_ERROR_UNSUPPORTED},
      {"{\"loss\":\"mse\",\"optimizer\":{\"class_name\":\"Adam\",\"config\":{"
       "\"learning_rate\":-1}}}",
       LAMINA_ERROR_INVALID_ARGUMENT},
      {"{\"loss\":\"mse\",\"metrics\":[\"nothing\"]}", LAMINA_ERROR_UNSUPPORTED},
      {"{\"loss\":{\"nowhere\":\"mse\"}}", LAMINA_ERROR_INVALID_ARGUMENT},
      {"{\"loss\":[\"mse\",\"mse\"]}", LAMINA_ERROR_FORMAT},
      {"{\"loss\":\"mse\",\"loss_weights\":\"a\"}", LAMINA_ERROR_FORMAT},
      {"{\"loss\":\"mse\",\"run_eagerly\":true}", LAMINA_ERROR_UNSUPPORTED},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    CHECK_STATUS(cases[i].status, lamina_model_compile(model, cases[i].json));
  static const char *const good[] = {
      "{\"loss\":\"mse\"}",
      "{\"loss\":{\"dense_1\":\"mse\"}}",
      "{\"loss\":[\"mse\"]}",
      "{\"loss\":\"mse\",\"metrics\":\"mae\"}",
      "{\"loss\":\"mse\",\"metrics\":[[\"mae\"]]}",
      "{\"loss\":\"mse\",\"metrics\":{\"dense_1\":[\"mae\",\"acc\"]},\"loss_weights\":[2]}",
      ("{\"loss\":\"mse\",\"loss_weights\":0.5,\"weighted_metrics\":[\"accuracy\"],"
       "\"jit_compile\":\"auto\",\"run_eagerly\":false,\"steps_per_execution\":1}")};
  for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
    CHECK_OK(lamina_model_compile(model, good[i]));
    CHECK_OK(lamina_model_fit(model, data, NULL));
  }
  lamina_model_free(model);
}

/* One wrong thing at a time in data and options; the parameters stay. */
static void test_wrong_arguments(void) {
  lamina_model *model = make_xor(1), *same = make_xor(1);
  one_to_one good = xor_tensors(), bad;
  bind_dataset(&good);
#define REFUSED(status, change)                                                         \
  do {                                                                                  \
    bad = good;                                                                         \
    bind_dataset(&bad);                                                                 \
    change;                                                                             \
    CHECK_STATUS(status, lamina_model_fit(model, &bad.data, NULL));                     \
    CHECK_STATUS(status, lamina_model_evaluate(model, &bad.data, 0, NULL, 0, NULL));    \
    CHECK_STATUS(status, lamina_model_train_on_batch(model, &bad.data, NULL, 0, NULL)); \
  } while (0)
  const lamina_status invalid = LAMINA_ERROR_INVALID_ARGUMENT;
  REFUSED(invalid, bad.data.struct_size = 8);
  REFUSED(invalid, bad.data.inputs = NULL);
  REFUSED(invalid, bad.data.targets = NULL);
  REFUSED(invalid, bad.data.input_count = 0);
  REFUSED(invalid, bad.data.input_count = SIZE_MAX);
  REFUSED(invalid, bad.data.target_count = 0);
  REFUSED(invalid, bad.data.target_count = 2);
  REFUSED(invalid, bad.input.struct_size = 0);
  REFUSED(invalid, bad.input.rank = 0);
  REFUSED(invalid, bad.input.rank = 9);
  REFUSED(invalid, bad.input.rank = UINT32_MAX);
  REFUSED(invalid, bad.input.rank = 1);
  REFUSED(invalid, bad.input.shape[0] = -1);
  REFUSED(invalid, bad.input.shape[0] = 0);
  REFUSED(invalid, bad.input.shape[0] = 3);
  REFUSED(invalid, bad.input.shape[0] = INT64_MAX);
  REFUSED(invalid, bad.input.shape[1] = 3);
  REFUSED(invalid, bad.input.capacity = sizeof xor_inputs - 1);
  REFUSED(invalid, bad.input.data = NULL);
  REFUSED(invalid, bad.input.data = (char *)xor_inputs + 1);
  REFUSED(invalid, bad.input.dtype = (lamina_dtype)77);
  REFUSED(invalid, bad.target.shape[0] = 2);
  REFUSED(invalid, bad.target.rank = 3);
  REFUSED(invalid, bad.data.sample_weights = (const float *)((const char *)xor_inputs + 1));
#undef REFUSED
  float targets[] = {0, 1, 2, NAN};
  bad = good;
  bad.target.data = targets;
  CHECK_STATUS(invalid, lamina_model_fit(model, bind_dataset(&bad), NULL));
  float inputs[8] = {INFINITY, -INFINITY};
  bad = good;
  bad.input.data = inputs;
  CHECK(CHECK_SANE(lamina_model_fit(model, bind_dataset(&bad), NULL)) != LAMINA_OK);

  lamina_fit_options options;
#define OPTION_REFUSED(change)                                            \
  do {                                                                    \
    options = fit_options(1);                                             \
    change;                                                               \
    CHECK_STATUS(invalid, lamina_model_fit(model, &good.data, &options)); \
  } while (0)
  OPTION_REFUSED(options.struct_size = 0);
  OPTION_REFUSED(options.batch_size = 65537);
  OPTION_REFUSED(options.batch_size = SIZE_MAX);
  OPTION_REFUSED(options.epochs = SIZE_MAX);
  OPTION_REFUSED(options.initial_epoch = SIZE_MAX);
  OPTION_REFUSED(options.steps_per_epoch = SIZE_MAX);
  OPTION_REFUSED(options.validation_split = 1);
  OPTION_REFUSED(options.validation_split = -1);
  OPTION_REFUSED(options.validation_split = NAN);
  OPTION_REFUSED(options.class_weight_count = 1);
  OPTION_REFUSED((options.class_weights = targets + 3, options.class_weight_count = 1));
  OPTION_REFUSED((options.class_weights = targets, options.class_weight_count = SIZE_MAX));
  OPTION_REFUSED(options.keeps_order = 2);
#undef OPTION_REFUSED
  CHECK_STATUS(invalid, lamina_model_fit(NULL, &good.data, NULL));
  CHECK_STATUS(invalid, lamina_model_fit(model, NULL, NULL));
  CHECK_STATUS(invalid, lamina_model_set_thread_count(model, 0));
  CHECK_STATUS(invalid, lamina_model_set_thread_count(model, 65));
  CHECK_STATUS(invalid, lamina_model_set_learning_rate(model, -1));
  CHECK_STATUS(invalid, lamina_model_set_learning_rate(model, NAN));
  CHECK_STATUS(invalid, lamina_model_set_parameters(model, xor_inputs, 8));
  CHECK_STATUS(invalid, lamina_model_set_parameters(model, NULL, XOR_PARAMETERS));
  CHECK_STATUS(invalid, lamina_model_get_parameters(model, NULL, 1, NULL));
  CHECK_STATUS(invalid, lamina_model_evaluate(model, &good.data, SIZE_MAX, NULL, 0, NULL));
  CHECK(same_parameters(model, same));
  lamina_model_free(model);
  lamina_model_free(same);
}

int main(void) {
  test_learning();
  test_same_bits();
  test_types();
  test_weights();
  test_events();
  test_callback_acts();
  test_parameters_in_callback();
  test_checkpoint();
  test_gradients();
  test_variables();
  test_fine_tuning();
  test_metadata();
  test_builtin_callbacks();
  test_wrong_compilations();
  test_wrong_arguments();
  return check_end();
}
