/* Networks of other layers than dense ones, and of several inputs and outputs: from a file, from a
 * configuration, and what a host gets that gives too little or the wrong tensors. */
#include <math.h>

#include "check.h"
#include "networks.h"
#include "png.h"

#define INVALID LAMINA_ERROR_INVALID_ARGUMENT
enum { PIXELS = IMAGE_SIDE * IMAGE_SIDE };

static lamina_model *load(const char *path) {
  lamina_model *model = NULL;
  CHECK_OK(lamina_model_load_file(path, &model));
  return model;
}

static lamina_model *create(const char *config, uint64_t seed) {
  lamina_model *model = NULL;
  CHECK_OK(lamina_model_create(config, seed, &model));
  return model;
}

static int near(const float *got, const float *expected, int count) {
  for (int i = 0; i < count; i++)
    if (!(fabsf(got[i] - expected[i]) < 1e-5f)) return 0;
  return 1;
}

static int said(const char *text) {
  int there = strstr(lamina_last_error_message(), text) != NULL;
  if (!there) fprintf(stderr, "no \"%s\" in: %s\n", text, lamina_last_error_message());
  return there;
}

/* ---------------------------------------------------- a chain of image layers -- */

static void test_convolutional_file(void) {
  float images[NETWORK_ROWS][PIXELS], classes[NETWORK_ROWS][IMAGE_CLASSES] = {{0}};
  int64_t shape[4];
  size_t rank = 0;
  lamina_model *model = load(CONVOLUTIONAL_MODEL);
  lamina_session *session = make_session(model);
  for (int row = 0; row < NETWORK_ROWS; row++) network_sample(0, row, PIXELS, images[row]);

  CHECK_OK(lamina_model_input_shape(model, 0, shape, 4, &rank));
  CHECK(rank == 3 && shape[0] == IMAGE_SIDE && shape[1] == IMAGE_SIDE && shape[2] == 1);
  CHECK_OK(lamina_session_predict_float32(session, images[0], NETWORK_ROWS, classes[0],
                                          NETWORK_ROWS * IMAGE_CLASSES));
  CHECK(near(classes[0], image_classes[0], NETWORK_ROWS * IMAGE_CLASSES));

  memset(classes, 0, sizeof classes);
  lamina_tensor input =
      make_tensor(LAMINA_FLOAT32, images, sizeof images, 4, NETWORK_ROWS, IMAGE_SIDE, IMAGE_SIDE);
  lamina_tensor output = make_tensor(LAMINA_FLOAT32, classes, sizeof classes, 0, 0, 0, 0);
  input.shape[3] = 1;
  CHECK_OK(lamina_session_predict(session, &input, 1, &output, 1));
  CHECK(near(classes[0], image_classes[0], NETWORK_ROWS * IMAGE_CLASSES));
  lamina_session_free(session);
  lamina_model_free(model);
}

static void test_convolutional_config(void) {
  float image[PIXELS], one[IMAGE_CLASSES], same[IMAGE_CLASSES], other[IMAGE_CLASSES], sum = 0;
  lamina_model *models[3] = {create(convolutional_config, 1), create(convolutional_config, 1),
                             create(convolutional_config, 2)};
  float *results[3] = {one, same, other};
  network_sample(0, 0, PIXELS, image);
  for (int i = 0; i < 3; i++) {
    lamina_session *session = make_session(models[i]);
    CHECK_OK(lamina_session_predict_float32(session, image, 1, results[i], IMAGE_CLASSES));
    lamina_session_free(session);
    lamina_model_free(models[i]);
  }
  for (int i = 0; i < IMAGE_CLASSES; i++) sum += one[i];
  CHECK(fabsf(sum - 1) < 1e-5f);
  CHECK(memcmp(one, same, sizeof one) == 0);
  CHECK(memcmp(one, other, sizeof one) != 0);
}

/* ------------------------------------------------- two inputs and two outputs -- */

static struct {
  float left[NETWORK_ROWS][LEFT_COUNT], right[NETWORK_ROWS][RIGHT_COUNT];
  float kinds[NETWORK_ROWS][KIND_COUNT], amounts[NETWORK_ROWS][AMOUNT_COUNT];
  lamina_tensor inputs[2], outputs[2];
} call;

/* A good call of the branching network with all rows. */
static void set_call(void) {
  memset(&call, 0, sizeof call);
  for (int row = 0; row < NETWORK_ROWS; row++) {
    network_sample(0, row, LEFT_COUNT, call.left[row]);
    network_sample(1, row, RIGHT_COUNT, call.right[row]);
  }
  call.inputs[0] = make_tensor(LAMINA_FLOAT32, call.left, sizeof call.left, 3, NETWORK_ROWS, 2, 3);
  call.inputs[1] =
      make_tensor(LAMINA_FLOAT32, call.right, sizeof call.right, 2, NETWORK_ROWS, RIGHT_COUNT, 0);
  call.outputs[0] = make_tensor(LAMINA_FLOAT32, call.kinds, sizeof call.kinds, 0, 0, 0, 0);
  call.outputs[1] = make_tensor(LAMINA_FLOAT32, call.amounts, sizeof call.amounts, 0, 0, 0, 0);
}

static lamina_status predict(lamina_session *session) {
  return lamina_session_predict(session, call.inputs, 2, call.outputs, 2);
}

static int output_shapes_are_right(int rows) {
  const lamina_tensor *kinds_tensor = &call.outputs[0], *amounts_tensor = &call.outputs[1];
  return kinds_tensor->rank == 2 && kinds_tensor->shape[0] == rows &&
         kinds_tensor->shape[1] == KIND_COUNT && amounts_tensor->rank == 3 &&
         amounts_tensor->shape[0] == rows && amounts_tensor->shape[1] == 2 &&
         amounts_tensor->shape[2] == 2;
}

static void test_branching_facts(const lamina_model *model) {
  int64_t shape[4];
  size_t count = 0, rank = 0;
  CHECK_OK(lamina_model_input_count(model, &count));
  CHECK(count == 2);
  CHECK_OK(lamina_model_output_count(model, &count));
  CHECK(count == 2);
  CHECK_OK(lamina_model_input_shape(model, 0, shape, 4, &rank));
  CHECK(rank == 2 && shape[0] == 2 && shape[1] == 3);
  CHECK_OK(lamina_model_input_shape(model, 1, shape, 4, &rank));
  CHECK(rank == 1 && shape[0] == RIGHT_COUNT);
  CHECK_OK(lamina_model_output_shape(model, 0, shape, 4, &rank));
  CHECK(rank == 1 && shape[0] == KIND_COUNT);
  CHECK_OK(lamina_model_output_shape(model, 1, shape, 4, &rank));
  CHECK(rank == 2 && shape[0] == 2 && shape[1] == 2);
  CHECK_STATUS(INVALID, lamina_model_input_shape(model, 2, shape, 4, &rank));
  CHECK_STATUS(INVALID, lamina_model_output_shape(model, 2, shape, 4, &rank));
}

/* For batches that are done at once and in pieces. */
static void test_branching_outputs(const lamina_model *model) {
  for (size_t max_batch = 1; max_batch <= NETWORK_ROWS + 1; max_batch++) {
    lamina_session_options options = {sizeof options, max_batch, 1 + max_batch % 3};
    lamina_session *session = NULL;
    set_call();
    CHECK_OK(lamina_session_create(model, &options, &session));
    CHECK_OK(predict(session));
    CHECK(output_shapes_are_right(NETWORK_ROWS));
    CHECK(near(call.kinds[0], kinds[0], NETWORK_ROWS * KIND_COUNT));
    CHECK(near(call.amounts[0], amounts[0], NETWORK_ROWS * AMOUNT_COUNT));
    lamina_session_free(session);
  }
}

/* Each input has a type of its own. */
static void test_branching_types(lamina_session *session) {
  uint8_t bytes[LEFT_COUNT] = {1, 2, 0, 3, 1, 2};
  int32_t integers[RIGHT_COUNT] = {-1, 0, 2, 1};
  float expected[KIND_COUNT];
  set_call();
  for (int i = 0; i < LEFT_COUNT; i++) call.left[0][i] = bytes[i];
  for (int i = 0; i < RIGHT_COUNT; i++) call.right[0][i] = (float)integers[i];
  call.inputs[0].shape[0] = call.inputs[1].shape[0] = 1;
  CHECK_OK(predict(session));
  memcpy(expected, call.kinds[0], sizeof expected);
  call.inputs[0] = make_tensor(LAMINA_UINT8, bytes, sizeof bytes, 3, 1, 2, 3);
  call.inputs[1] = make_tensor(LAMINA_INT32, integers, sizeof integers, 2, 1, RIGHT_COUNT, 0);
  memset(call.kinds, 0, sizeof call.kinds);
  CHECK_OK(predict(session));
  CHECK(near(call.kinds[0], expected, KIND_COUNT));
}

/* Each is wrong in one way, and the message names it. */
static void test_branching_errors(lamina_session *session) {
#define CHECK_CALL(change, sentence)         \
  do {                                       \
    set_call();                              \
    change;                                  \
    CHECK_STATUS(INVALID, predict(session)); \
    CHECK(said(sentence));                   \
  } while (0)
  CHECK_CALL(call.inputs[1].shape[0] = 4, "inputs[1] has 4 rows, inputs[0] has 5");
  CHECK_CALL(call.inputs[1].shape[0] = 0, "inputs[1] has 0 rows, inputs[0] has 5");
  CHECK_CALL(call.inputs[0].shape[0] = 0, "inputs[1] has 5 rows, inputs[0] has 0");
  CHECK_CALL(call.inputs[0].rank = 2, "inputs[0].rank is 2, expected 3: rows, then [2, 3]");
  CHECK_CALL(call.inputs[1].rank = 3, "inputs[1].rank is 3, expected 2: rows, then [4]");
  CHECK_CALL(call.inputs[1].shape[1] = 3, "inputs[1].shape is [5, 3], expected rows, then [4]");
  CHECK_CALL(call.inputs[1].dtype = (lamina_dtype)9, "inputs[1].dtype is 9, which is unknown");
  CHECK_CALL(call.inputs[1].struct_size = 8, "inputs[1].struct_size is 8, expected sizeof(lamina");
  CHECK_CALL(call.inputs[1].capacity -= 1, "inputs[1].capacity is 79 bytes, too few for 5 rows");
  CHECK_CALL(call.inputs[1].data = NULL, "inputs[1].data is NULL");
  CHECK_CALL(call.inputs[1].data = (char *)call.right + 1, "inputs[1].data is not aligned");
  CHECK_CALL(call.outputs[1].struct_size = 8, "outputs[1].struct_size is 8");
  CHECK_CALL(call.outputs[1].dtype = LAMINA_INT32, "outputs[1].dtype is 2, expected LAMINA_FLOAT3");
  CHECK_CALL(call.outputs[1].data = NULL, "outputs[1].data is NULL");
  CHECK_CALL(call.outputs[1].data = (char *)call.amounts + 2, "outputs[1].data is not aligned");
  CHECK_CALL(call.outputs[0].data = call.right, "outputs[0] overlaps inputs[1]");
  CHECK_CALL(call.outputs[1].data = call.left[1], "outputs[1] overlaps inputs[0]");
  CHECK_CALL(call.outputs[1].data = call.kinds[NETWORK_ROWS - 1], "outputs[1] overlaps outputs[0]");

  set_call();
  lamina_tensor *inputs = call.inputs, *outputs = call.outputs;
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 1, outputs, 2));
  CHECK(said("expected 2 inputs and 2 outputs, got 1 and 2"));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 2, outputs, 1));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, 3, outputs, 2));
  CHECK_STATUS(INVALID, lamina_session_predict(session, inputs, SIZE_MAX, outputs, SIZE_MAX));
}

/* Where a capacity is too small, all shapes are told, and the bytes that are needed. */
static void test_branching_capacities(lamina_session *session) {
  set_call();
  for (int i = 0; i < 2; i++) {
    call.outputs[i].data = NULL;
    call.outputs[i].capacity = 0;
  }
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL, predict(session));
  CHECK(output_shapes_are_right(NETWORK_ROWS));
  CHECK(said("outputs[0] needs 60 bytes, outputs[1] needs 80 bytes"));

  set_call();
  call.outputs[0].capacity -= 1;
  CHECK_STATUS(LAMINA_ERROR_BUFFER_TOO_SMALL, predict(session));
  CHECK(output_shapes_are_right(NETWORK_ROWS));
  CHECK(said("outputs[0] needs 60 bytes") && !strstr(lamina_last_error_message(), "outputs[1]"));
  CHECK(call.kinds[0][0] == 0 && call.amounts[0][0] == 0);

  /* No rows need no memory. */
  set_call();
  for (int i = 0; i < 2; i++) {
    call.inputs[i].shape[0] = 0;
    call.inputs[i].data = call.outputs[i].data = NULL;
    call.inputs[i].capacity = call.outputs[i].capacity = 0;
  }
  CHECK_OK(predict(session));
  CHECK(output_shapes_are_right(0));
}

/* What is made for one input and one output says so. */
static void test_branching_refusals(const lamina_model *model, lamina_session *session) {
  uint8_t one[784], pixels[784];
  size_t size, count;
  lamina_prediction best;
  set_call();
  CHECK_STATUS(INVALID,
               lamina_session_predict_float32(session, call.left[0], 1, call.kinds[0], 99));
  CHECK(said("this one has 2 inputs and 2 outputs"));
  draw_one(one);
  uint8_t *png = make_png(one, 28, 28, &size);
  CHECK_STATUS(INVALID,
               lamina_session_classify_png_memory(session, png, size, NULL, &best, 1, &count));
  CHECK(said("expected a model of one input, a picture; it has 2"));
  CHECK_STATUS(INVALID, lamina_model_preprocess_png_memory(model, png, size, NULL, pixels,
                                                           sizeof pixels, &count));
  free(png);
}

static void test_branching_config(void) {
  char text[8192], again[8192];
  lamina_model *model = create(branching_config, 1), *copy = NULL;
  CHECK_OK(lamina_model_config(model, text, sizeof text, NULL));
  CHECK_OK(lamina_model_create(text, 1, &copy));
  CHECK_OK(lamina_model_config(copy, again, sizeof again, NULL));
  CHECK(strcmp(text, again) == 0);
  float first[NETWORK_ROWS][KIND_COUNT];
  lamina_session *sessions[2] = {make_session(model), make_session(copy)};
  set_call();
  CHECK_OK(predict(sessions[0]));
  memcpy(first, call.kinds, sizeof first);
  set_call();
  CHECK_OK(predict(sessions[1]));
  CHECK(memcmp(first, call.kinds, sizeof first) == 0);
  for (int row = 0; row < NETWORK_ROWS; row++)
    CHECK(fabsf(first[row][0] + first[row][1] + first[row][2] - 1) < 1e-5f);
  lamina_session_free(sessions[0]);
  lamina_session_free(sessions[1]);
  lamina_model_free(copy);
  lamina_model_free(model);
}

/* ---------------------------------------------------------------- every layer -- */

/* A layer between an image of 4x4 pixels of 2 channels, and whatever it gives. */
static void test_every_layer(void) {
  static const char *const layers[][2] = {
      {"Dense", "\"units\":3"},
      {"Dropout", "\"rate\":0.5"},
      {"Flatten", ""},
      {"Activation", "\"activation\":\"gelu\""},
      {"Conv2D", "\"filters\":3,\"kernel_size\":[3,2],\"dilation_rate\":[1,2]"},
      {"DepthwiseConv2D", "\"kernel_size\":2,\"depth_multiplier\":2,\"strides\":2"},
      {"MaxPooling2D", "\"pool_size\":[2,2],\"padding\":\"same\""},
      {"AveragePooling2D", "\"pool_size\":[3,3],\"strides\":[1,1]"},
      {"GlobalMaxPooling2D", ""},
      {"GlobalAveragePooling2D", "\"keepdims\":true"},
      {"ZeroPadding2D", "\"padding\":[[1,2],[3,4]]"},
      {"Reshape", "\"target_shape\":[8,-1]"},
      {"BatchNormalization", ""},
      {"LayerNormalization", "\"axis\":[-2,-1]"},
      {"Rescaling", "\"scale\":0.5,\"offset\":-1"},
      {"Normalization", "\"mean\":[1,2],\"variance\":[4,9]"},
      {"RandomTranslation", "\"height_factor\":0.2,\"width_factor\":0.2"},
      {"RandomRotation", "\"factor\":0.1"},
      {"RandomZoom", "\"height_factor\":0.2"},
  };
  static const char *const merges[] = {"Add", "Multiply", "Average", "Maximum", "Concatenate"};
  float image[32], result[512];
  char config[2048];
  network_sample(0, 1, 32, image);
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    snprintf(config, sizeof config,
             "{\"class_name\":\"Sequential\",\"config\":{\"layers\":["
             "{\"class_name\":\"InputLayer\",\"config\":{\"batch_shape\":[null,4,4,2]}},"
             "{\"class_name\":\"%s\",\"config\":{%s}}]}}",
             layers[i][0], layers[i][1]);
    lamina_model *model = create(config, 1);
    if (!CHECK(model != NULL)) continue;
    lamina_session *session = make_session(model);
    CHECK_OK(lamina_session_predict_float32(session, image, 1, result, 512));
    CHECK(isfinite(result[0]));
    lamina_session_free(session);
    lamina_model_free(model);
  }
  for (size_t i = 0; i < sizeof merges / sizeof *merges; i++) {
#define TENSOR "{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\"x\",0,0]}}"
    snprintf(config, sizeof config,
             "{\"class_name\":\"Functional\",\"config\":{\"layers\":["
             "{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"x\",\"batch_shape\":[null,32]},"
             "\"inbound_nodes\":[]},{\"class_name\":\"%s\",\"config\":{\"name\":\"y\"},"
             "\"inbound_nodes\":[{\"args\":[[" TENSOR "," TENSOR
             "]],\"kwargs\":{}}]}],"
             "\"input_layers\":[[\"x\",0,0]],\"output_layers\":[[\"y\",0,0]]}}",
             merges[i]);
    lamina_model *model = create(config, 1);
    if (!CHECK(model != NULL)) continue;
    lamina_session *session = make_session(model);
    CHECK_OK(lamina_session_predict_float32(session, image, 1, result, 512));
    float x = image[3];
    const float expected[] = {x + x, x * x, x, x, x};
    CHECK(fabsf(result[3] - expected[i]) < 1e-6f);
    lamina_session_free(session);
    lamina_model_free(model);
  }
}

int main(void) {
  test_convolutional_file();
  test_convolutional_config();
  lamina_model *model = load(BRANCHING_MODEL);
  lamina_session *session = make_session(model);
  test_branching_facts(model);
  test_branching_outputs(model);
  test_branching_types(session);
  test_branching_errors(session);
  test_branching_capacities(session);
  test_branching_refusals(model, session);
  lamina_session_free(session);
  lamina_model_free(model);
  test_branching_config();
  test_every_layer();
  return check_end();
}
