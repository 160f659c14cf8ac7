/* Random configurations, right ones, absurd ones and damaged ones: each ends in a network that
 * predicts or in an error, never in a trap, an endless computation or memory without bound.
 *
 *     test_configurations [ROUNDS [SEED]]     a longer run, or another one
 *
 * A round that ends the program is printed. */
#include <math.h>
#include <signal.h>
#include <stdarg.h>
#include <sys/resource.h>
#include <unistd.h>

#include "check.h"
#include "networks.h"

enum { MOST_TENSORS = 64, MOST_NUMBERS = 1 << 16 };
enum { MOST_PARAMETERS = 1 << 20, SECONDS_A_ROUND = 60 };

/* ------------------------------------------------------------------ writing -- */

static char *text;
static size_t length, capacity;
static uint64_t random_state;

__attribute__((format(printf, 1, 2))) static void put(const char *format, ...) {
  char piece[512];
  va_list arguments;
  va_start(arguments, format);
  int count = vsnprintf(piece, sizeof piece, format, arguments);
  va_end(arguments);
  if (count < 0 || count >= (int)sizeof piece) exit(2);
  if (length + (size_t)count + 1 > capacity) {
    capacity = 2 * (length + (size_t)count + 1);
    text = realloc(text, capacity);
    if (!text) exit(2);
  }
  memcpy(text + length, piece, (size_t)count + 1);
  length += (size_t)count;
}

static int below(int bound) { return (int)(next_random(&random_state) >> 33) % bound; }
static int once_in(int times) { return below(times) == 0; }
static const char *one_of(const char *const *choices, int count) { return choices[below(count)]; }
#define ONE_OF(choices) one_of((choices), (int)(sizeof(choices) / sizeof *(choices)))

/* How often a setting is absurd: once in so many. */
static int absurdity;

static const char *absurd(void) {
  static const char *const values[] = {"0",
                                       "-1",
                                       "-2",
                                       "-7",
                                       "7",
                                       "100",
                                       "65536",
                                       "100000",
                                       "1000000000",
                                       "2147483647",
                                       "2147483648",
                                       "4294967295",
                                       "4294967296",
                                       "3037000500",
                                       "4611686018427387904",
                                       "9223372036854775807",
                                       "-9223372036854775808",
                                       "9223372036854775808",
                                       "1.5",
                                       "-0.5",
                                       "1e300",
                                       "-1e300",
                                       "1e-320",
                                       "1e38",
                                       "3.5e38",
                                       "null",
                                       "true",
                                       "\"3\"",
                                       "\"\"",
                                       "[]",
                                       "[1]",
                                       "[2,2]",
                                       "[1,2,3]",
                                       "[0,0]",
                                       "[-1,-1]",
                                       "[9223372036854775807,9223372036854775807]",
                                       "[1000000000,1]",
                                       "[-9223372036854775808,1]",
                                       "[[1,2],[3,4]]",
                                       "[[-1,2],[3,4]]",
                                       "[[9223372036854775807,1],[0,0]]",
                                       "{}",
                                       "[null]",
                                       "[1.5]"};
  return ONE_OF(values);
}

/* A setting: as printf says, or absurd. */
__attribute__((format(printf, 2, 3))) static void set(const char *key, const char *format, ...) {
  char value[128];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(value, sizeof value, format, arguments);
  va_end(arguments);
  put(",\"%s\":%s", key, once_in(absurdity) ? absurd() : value);
}

static void set_sizes(const char *key, int most) {
  if (once_in(2))
    set(key, "%d", 1 + below(most));
  else
    set(key, "[%d,%d]", 1 + below(most), 1 + below(most));
}

static void set_axes(const char *key) {
  static const char *const axes[] = {
      "-1",    "[-1]", "1",      "[1,2,3]", "[3]", "[-2,-1]", "[]",        "[-1,-2]",
      "[2,3]", "null", "[1,-1]", "[3,3]",   "0",   "4",       "[1,2,3,4]", "-9223372036854775808"};
  set(key, "%s", once_in(2) ? "-1" : ONE_OF(axes));
}

static void set_activation(void) {
  static const char *const activations[] = {
      "\"linear\"",
      "\"relu\"",
      "\"leaky_relu\"",
      "\"relu6\"",
      "\"elu\"",
      "\"selu\"",
      "\"gelu\"",
      "\"silu\"",
      "\"sigmoid\"",
      "\"hard_sigmoid\"",
      "\"tanh\"",
      "\"softplus\"",
      "\"softmax\"",
      "\"log_softmax\"",
      "{\"class_name\":\"elu\",\"config\":{\"alpha\":1e38}}",
      "{\"class_name\":\"leaky_relu\",\"config\":{\"negative_slope\":-1}}"};
  set("activation", "%s", ONE_OF(activations));
}

static void set_initializer(const char *key) {
  static const char *const initializers[] = {
      "\"zeros\"",
      "\"ones\"",
      "\"he_normal\"",
      "\"glorot_normal\"",
      "\"lecun_uniform\"",
      "{\"class_name\":\"Constant\",\"config\":{\"value\":3.5e38}}",
      "{\"class_name\":\"RandomUniform\",\"config\":{\"minval\":1,\"maxval\":-1}}",
      "{\"class_name\":\"RandomNormal\",\"config\":{\"mean\":1e300,\"stddev\":-1}}",
      "{\"class_name\":\"TruncatedNormal\",\"config\":{\"mean\":0,\"stddev\":1e38}}",
      "{\"class_name\":\"VarianceScaling\",\"config\":{\"scale\":-1}}"};
  if (once_in(4)) set(key, "%s", ONE_OF(initializers));
}

static void set_regularizer(const char *key) {
  static const char *const regularizers[] = {
      "null", "\"l2\"", "{\"class_name\":\"L1\",\"config\":{\"l1\":0.1}}",
      "{\"class_name\":\"L1L2\",\"config\":{\"l1\":-1,\"l2\":1e300}}"};
  if (once_in(8)) set(key, "%s", ONE_OF(regularizers));
}

static void set_padding(void) { set("padding", "%s", once_in(2) ? "\"same\"" : "\"valid\""); }
static void set_flag(const char *key) { set(key, "%s", once_in(2) ? "true" : "false"); }

/* ------------------------------------------------------------------- layers -- */

/* What a layer makes of a tensor's rank. */
enum { SAME_RANK = -1, ANY_RANK = -2 };

struct kind {
  const char *name;
  int input_rank, output_rank, is_merge;
  void (*settings)(void);
};

static void no_settings(void) {}

static void dense(void) {
  set("units", "%d", 1 + below(9));
  set_activation();
  set_flag("use_bias");
  set_initializer("kernel_initializer");
  set_initializer("bias_initializer");
  set_regularizer("kernel_regularizer");
}

static void convolution(void) {
  set_sizes("kernel_size", 3);
  if (once_in(2)) set_sizes("strides", 3);
  if (once_in(4)) set_sizes("dilation_rate", 3);
  set_padding();
  set_activation();
  set_flag("use_bias");
  set_initializer("kernel_initializer");
  if (once_in(9)) set("data_format", "\"channels_first\"");
  if (once_in(9)) set("groups", "2");
}

static void conv2d(void) {
  set("filters", "%d", 1 + below(5));
  convolution();
}

static void depthwise(void) {
  set("depth_multiplier", "%d", 1 + below(3));
  convolution();
}

static void pooling(void) {
  if (once_in(30))
    set("pool_size", "[2305843009213693952,2]");
  else
    set_sizes("pool_size", 3);
  if (once_in(2)) set_sizes("strides", 3);
  set_padding();
}

static void global_pooling(void) { put(",\"keepdims\":false"); }

static void zero_padding(void) {
  static const char *const paddings[] = {"1", "[0,2]", "[[1,0],[0,3]]", "0", "[[0,0],[0,0]]"};
  set("padding", "%s", ONE_OF(paddings));
}

static void reshape(void) {
  static const char *const shapes[] = {"[-1]",       "[1,-1]",   "[-1,1,1]", "[2,-1]",    "[]",
                                       "[1,-1,2]",   "[-1,-1]",  "[0,-1]",   "[-2]",      "[12]",
                                       "[1,1,-1,1]", "[4,4,-1]", "[-1,3]",   "[1,1,1,-1]"};
  set("target_shape", "%s", ONE_OF(shapes));
}

static void batch_normalization(void) {
  set_axes("axis");
  set("momentum", "0.99");
  set("epsilon", "0.001");
  set_flag("center");
  set_flag("scale");
  set_initializer("moving_variance_initializer");
}

static void layer_normalization(void) {
  set_axes("axis");
  set("epsilon", "0.001");
  set_flag("center");
  set_flag("scale");
}

static void rescaling(void) {
  static const char *const scales[] = {"0.5", "[0.5,2]", "[1,2,3]", "-1", "[]"};
  set("scale", "%s", ONE_OF(scales));
  set("offset", "%s", ONE_OF(scales));
}

static void normalization(void) {
  static const char *const numbers[] = {"0.5", "[0.5]", "[1,2]", "[1,2,3]", "-1", "null", "[]"};
  set_axes("axis");
  if (once_in(2)) {
    set("mean", "%s", ONE_OF(numbers));
    set("variance", "%s", ONE_OF(numbers));
  }
  set_flag("invert");
}

static void dropout(void) { set("rate", "0.%d", below(10)); }
static void activation(void) { set_activation(); }
static void concatenate(void) { set("axis", "%d", once_in(2) ? -1 : 1 + below(4)); }

static void resampling(void) {
  static const char *const modes[] = {"\"reflect\"", "\"wrap\"", "\"constant\"", "\"nearest\""};
  set("fill_mode", "%s", ONE_OF(modes));
  set("fill_value", "0.0");
}

static void translation(void) {
  set("height_factor", "0.2");
  set("width_factor", "[-0.1,0.3]");
  resampling();
}

static void rotation(void) {
  set("factor", "0.1");
  resampling();
}

static void zoom(void) {
  set("height_factor", "0.2");
  if (once_in(2)) set("width_factor", "null");
  resampling();
}

static const struct kind layer_kinds[] = {
    {"Dense", ANY_RANK, SAME_RANK, 0, dense},
    {"Dropout", ANY_RANK, SAME_RANK, 0, dropout},
    {"Flatten", ANY_RANK, 1, 0, no_settings},
    {"Activation", ANY_RANK, SAME_RANK, 0, activation},
    {"Conv2D", 3, 3, 0, conv2d},
    {"DepthwiseConv2D", 3, 3, 0, depthwise},
    {"MaxPooling2D", 3, 3, 0, pooling},
    {"AveragePooling2D", 3, 3, 0, pooling},
    {"GlobalMaxPooling2D", 3, 1, 0, global_pooling},
    {"GlobalAveragePooling2D", 3, 1, 0, global_pooling},
    {"ZeroPadding2D", 3, 3, 0, zero_padding},
    {"Reshape", ANY_RANK, ANY_RANK, 0, reshape},
    {"BatchNormalization", ANY_RANK, SAME_RANK, 0, batch_normalization},
    {"LayerNormalization", ANY_RANK, SAME_RANK, 0, layer_normalization},
    {"Rescaling", ANY_RANK, SAME_RANK, 0, rescaling},
    {"Normalization", ANY_RANK, SAME_RANK, 0, normalization},
    {"RandomTranslation", 3, 3, 0, translation},
    {"RandomRotation", 3, 3, 0, rotation},
    {"RandomZoom", 3, 3, 0, zoom},
    {"Add", ANY_RANK, SAME_RANK, 1, no_settings},
    {"Multiply", ANY_RANK, SAME_RANK, 1, no_settings},
    {"Average", ANY_RANK, SAME_RANK, 1, no_settings},
    {"Maximum", ANY_RANK, SAME_RANK, 1, no_settings},
    {"Concatenate", ANY_RANK, SAME_RANK, 1, concatenate},
};
enum { LAYER_KINDS = sizeof layer_kinds / sizeof *layer_kinds };

/* ----------------------------------------------------------------- networks -- */

static struct {
  int layer, call, rank, is_used;
} tensors[MOST_TENSORS];
static int tensor_count;

static void put_history(int tensor) {
  put("[\"t%d\",%d,0]", tensors[tensor].layer, tensors[tensor].call);
}

static void put_tensor(int tensor) {
  tensors[tensor].is_used = 1;
  put("{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":");
  put_history(tensor);
  put("}}");
}

static void add_tensor(int layer, int call, int rank) {
  tensors[tensor_count].layer = layer;
  tensors[tensor_count].call = call;
  tensors[tensor_count].is_used = 0;
  tensors[tensor_count++].rank = rank;
}

static void put_input(int layer) {
  int rank = once_in(3) ? below(5) : 3;
  put("%s{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"t%d\",\"batch_shape\":[null",
      layer ? "," : "", layer);
  for (int axis = 0; axis < rank; axis++) {
    if (once_in(8 * absurdity))
      put(",%s", absurd());
    else
      put(",%d", 1 + below(once_in(20) ? 40 : 6));
  }
  put("]},\"inbound_nodes\":[]}");
  add_tensor(layer, 0, rank);
}

/* A layer for one of the last tensors, so that networks become deep. */
static void put_layer(int layer) {
  int last = tensor_count - 1 - below(tensor_count < 3 ? tensor_count : 3);
  const struct kind *kind = &layer_kinds[below(LAYER_KINDS)];
  while (kind->input_rank != ANY_RANK && kind->input_rank != tensors[last].rank && !once_in(50))
    kind = &layer_kinds[below(LAYER_KINDS)];
  put(",{\"class_name\":\"%s\",\"config\":{\"name\":\"t%d\"", kind->name, layer);
  kind->settings();
  if (once_in(20)) put(",\"trainable\":false");
  put("},\"inbound_nodes\":[");
  int calls = once_in(10) ? 2 : 1;
  for (int call = 0; call < calls; call++) {
    put("%s{\"args\":[%s", call ? "," : "", kind->is_merge ? "[" : "");
    put_tensor(last);
    int more = kind->is_merge ? 1 + below(3) : once_in(200);
    for (int i = 0; i < more; i++) {
      put(",");
      put_tensor(once_in(2) ? last : below(tensor_count));
    }
    put("%s],\"kwargs\":{}}", kind->is_merge ? "]" : "");
  }
  put("]}");
  int rank = kind->output_rank;
  if (rank == SAME_RANK) rank = tensors[last].rank;
  for (int call = 0; call < calls; call++) add_tensor(layer, call, rank);
}

static void put_network(void) {
  int inputs = once_in(3) ? 1 + below(3) : 1, layers = 1 + below(once_in(4) ? 16 : 5);
  length = 0;
  tensor_count = 0;
  absurdity = once_in(3) ? 1000000 : 5 + below(100);
  put("{\"class_name\":\"Functional\",\"config\":{\"name\":\"random\",\"layers\":[");
  for (int layer = 0; layer < inputs; layer++) put_input(layer);
  for (int layer = inputs; layer < inputs + layers; layer++) put_layer(layer);
  put("],\"input_layers\":[");
  for (int input = 0; input < inputs; input++) {
    put(input ? "," : "");
    put_history(input);
  }
  put("],\"output_layers\":[");
  put_history(tensor_count - 1);
  /* Layers that no output depends on are left out, and so would not be tried. */
  int forgets_some = once_in(20);
  for (int tensor = inputs; tensor < tensor_count - 1; tensor++) {
    if (tensors[tensor].is_used || forgets_some) continue;
    put(",");
    put_history(tensor);
  }
  while (once_in(3)) {
    put(",");
    put_history(below(tensor_count));
  }
  put("]}}");
}

/* ---------------------------------------------------------------- using one -- */

static float *numbers[MOST_TENSORS];
static int created, predicted;

/* Gives the numbers of a sample, and where there are too many to compute with, 0. */
static size_t describe(const lamina_model *model, int is_output, size_t index, size_t rows,
                       lamina_tensor *tensor, float **memory) {
  int64_t shape[LAMINA_MAX_RANK];
  size_t rank = 0, count = 1;
  CHECK_OK((is_output ? lamina_model_output_shape : lamina_model_input_shape)(
      model, index, shape, LAMINA_MAX_RANK, &rank));
  *tensor = make_tensor(LAMINA_FLOAT32, NULL, 0, (uint32_t)rank + 1, (int64_t)rows, 0, 0);
  for (size_t axis = 0; axis < rank; axis++) {
    tensor->shape[axis + 1] = shape[axis];
    if (shape[axis] < 1 || shape[axis] > MOST_NUMBERS) return 0;
    count *= (size_t)shape[axis];
    if (count > MOST_NUMBERS) return 0;
  }
  tensor->capacity = rows * count * sizeof(float);
  tensor->data = *memory = malloc(tensor->capacity);
  for (size_t i = 0; i < rows * count; i++) (*memory)[i] = (float)(i % 7) - 3;
  return count;
}

static void predict(const lamina_model *model, lamina_session *session) {
  lamina_tensor inputs[MOST_TENSORS], outputs[MOST_TENSORS];
  size_t input_count = 0, output_count = 0, rows = 1 + (size_t)below(3);
  uint64_t parameters = 0;
  int used = 0, small = 1;
  CHECK_OK(lamina_model_input_count(model, &input_count));
  CHECK_OK(lamina_model_output_count(model, &output_count));
  CHECK_OK(lamina_model_parameter_count(model, &parameters));
  if (input_count + output_count > MOST_TENSORS) return;
  for (size_t i = 0; i < input_count + output_count; i++, used++) {
    numbers[used] = NULL;
    int is_output = i >= input_count;
    size_t index = is_output ? i - input_count : i;
    lamina_tensor *tensor = is_output ? &outputs[index] : &inputs[index];
    if (!describe(model, is_output, index, rows, tensor, &numbers[used])) small = 0;
  }
  if (small && parameters < MOST_PARAMETERS) {
    alarm(SECONDS_A_ROUND);
    CHECK_OK(lamina_session_predict(session, inputs, input_count, outputs, output_count));
    predicted++;
  }
  while (used > 0) free(numbers[--used]);
}

/* Asks for everything, makes the network again from its configuration, and predicts. */
static void use_model(lamina_model *model, size_t max_batch) {
  lamina_model *copy = NULL;
  lamina_session *session = NULL;
  size_t needed = 0;
  uint64_t parameters = 0;
  created++;
  CHECK_OK(lamina_model_summary(model, NULL, 0, &needed));
  CHECK_OK(lamina_model_config(model, NULL, 0, &needed));
  char *config = malloc(needed), *again = malloc(needed);
  CHECK_OK(lamina_model_config(model, config, needed, NULL));
  CHECK_OK(lamina_model_parameter_count(model, &parameters));
  if (parameters < MOST_PARAMETERS && CHECK_OK(lamina_model_create(config, 1, &copy)))
    CHECK(lamina_model_config(copy, again, needed, NULL) == LAMINA_OK &&
          strcmp(config, again) == 0);
  free(config);
  free(again);
  lamina_session_options options = {sizeof options, max_batch, 1};
  lamina_status status = CHECK_SANE(lamina_session_create(model, &options, &session));
  CHECK(status == LAMINA_OK || status == LAMINA_ERROR_OUT_OF_MEMORY);
  if (session) predict(model, session);
  lamina_session_free(session);
  lamina_model_free(copy);
}

static void use(const char *config, size_t max_batch) {
  lamina_model *model = NULL;
  alarm(SECONDS_A_ROUND);
  lamina_status status = CHECK_SANE(lamina_model_create(config, 1, &model));
  CHECK((status == LAMINA_OK) == (model != NULL));
  if (model) use_model(model, max_batch);
  lamina_model_free(model);
}

/* A byte of some text or of a file's header that is another now. */
static void mutate(char *bytes, size_t count) {
  static const char replacements[] = "0123456789\"\\{}[],:-+eE. \0";
  size_t at = next_random(&random_state) % count;
  bytes[at] = once_in(2) ? (char)below(256) : replacements[below(sizeof replacements)];
}

static void test_mutated_file(const char *path, int rounds) {
  size_t size;
  char *bytes = (char *)read_file(path, &size), *changed = malloc(size);
  size_t header = 8 + (unsigned char)bytes[0] + 256u * (unsigned char)bytes[1];
  int before = created;
  for (int round = 0; round < rounds; round++) {
    lamina_model *model = NULL;
    memcpy(changed, bytes, size);
    for (int i = 1 + below(2); i > 0; i--) mutate(changed, header);
    alarm(SECONDS_A_ROUND);
    lamina_status status = CHECK_SANE(lamina_model_load_memory(changed, size, &model));
    CHECK((status == LAMINA_OK) == (model != NULL));
    if (model) use_model(model, 0);
    lamina_model_free(model);
  }
  CHECK(created > before);
  free(changed);
  free(bytes);
}

/* Says what was computed when the program ends too early. */
static void show(int number) {
  static const char message[] = "\nended by this configuration:\n";
  ssize_t ignored = write(2, message, sizeof message - 1);
  ignored = write(2, text, length < 4000 ? length : 4000);
  (void)ignored;
  signal(number, SIG_DFL);
  raise(number);
}

/* ---------------------------------------------------------- large networks -- */

/* A layer that is called on the layer before it, so many times after the other. */
static void put_chain(int count, const char *class_name, const char *settings, int is_merge) {
  length = 0;
  put("{\"class_name\":\"Functional\",\"config\":{\"layers\":[{\"class_name\":\"InputLayer\","
      "\"config\":{\"name\":\"t0\",\"batch_shape\":[null,4]},\"inbound_nodes\":[]}");
  tensor_count = 0;
  add_tensor(0, 0, 1);
  for (int layer = 1; layer <= count; layer++) {
    put(",{\"class_name\":\"%s\",\"config\":{\"name\":\"t%d\"%s},\"inbound_nodes\":[{\"args\":[%s",
        class_name, layer, settings, is_merge ? "[" : "");
    tensors[0].layer = layer - 1;
    put_tensor(0);
    if (is_merge) put(",");
    if (is_merge) put_tensor(0);
    put("%s]}]}", is_merge ? "]" : "");
  }
  put("],\"input_layers\":[[\"t0\",0,0]],\"output_layers\":[[\"t%d\",0,0]]}}", count);
  use(text, 0);
}

/* One layer that takes many inputs, and gives the same output many times. */
static void put_star(int count) {
  length = 0;
  put("{\"class_name\":\"Functional\",\"config\":{\"layers\":[");
  for (int input = 0; input < count; input++)
    put("{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"t%d\",\"batch_shape\":[null,4]}},",
        input);
  put("{\"class_name\":\"Add\",\"config\":{\"name\":\"sum\"},\"inbound_nodes\":[{\"args\":[[");
  for (int input = 0; input < count; input++) {
    tensors[0].layer = input;
    put(input ? "," : "");
    put_tensor(0);
  }
  put("]]}]}],\"input_layers\":[");
  for (int input = 0; input < count; input++) put("%s[\"t%d\",0,0]", input ? "," : "", input);
  put("],\"output_layers\":[");
  for (int output = 0; output < count; output++) put("%s[\"sum\",0,0]", output ? "," : "");
  put("]}}");
  use(text, 0);
}

static void test_large_networks(void) {
  int before = predicted;
  put_chain(10000, "Activation", ",\"activation\":\"tanh\"", 0);
  put_chain(10000, "Dense", ",\"units\":4", 0);
  put_chain(10000, "Flatten", "", 0);
  put_chain(10000, "Add", "", 1);
  CHECK(predicted == before + 4);
  put_chain(100, "Concatenate", "", 1);
  CHECK(predicted == before + 4);
  put_star(MOST_TENSORS / 2);
  CHECK(predicted == before + 5);
  before = created;
  put_star(10000);
  CHECK(created == before + 1);
}

int main(int argc, char **argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 4000;
  random_state = argc > 2 ? strtoull(argv[2], NULL, 10) : 20260131;
  static const int signals[] = {SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE, SIGABRT, SIGALRM};
  for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) signal(signals[i], show);
#ifndef LAMINA_SANITIZED /* sanitizers take more address space than that */
  struct rlimit limit = {(rlim_t)1 << 30, (rlim_t)1 << 30};
  CHECK(setrlimit(RLIMIT_AS, &limit) == 0);
#endif
  for (int round = 0; round < rounds; round++) {
    put_network();
    if (once_in(5)) mutate(text, length);
    int failed = check_failed;
    static const size_t batches[] = {0, 0, 0, 1, 2, 65536};
    use(text, batches[below(6)]);
    if (check_failed > failed) fprintf(stderr, "this configuration: %s\n", text);
  }
  CHECK(created > rounds / 5 && predicted > rounds / 5);
  test_large_networks();
  test_mutated_file(CONVOLUTIONAL_MODEL, rounds / 4);
  test_mutated_file(BRANCHING_MODEL, rounds / 4);
  alarm(0);
  free(text);
  return check_end();
}
