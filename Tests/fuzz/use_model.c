/* What is done with each model that a fuzzer's input makes. */
#include "fuzz.h"

enum { MOST_TENSORS = 16, MOST_NUMBERS = 1 << 14, ROWS = 2 };

typedef lamina_status text_call(const lamina_model *, char *, size_t, size_t *);

/* Asks for a string twice: how long it is, and then for it. The caller frees it. */
static char *get_text(text_call *call, const lamina_model *model) {
  size_t needed = 0;
  REQUIRE(succeeds(call(model, NULL, 0, &needed)) && needed > 0);
  char *text = malloc(needed);
  REQUIRE(text && succeeds(call(model, text, needed, NULL)));
  REQUIRE(strlen(text) + 1 == needed);
  return text;
}

static void read_metadata(const lamina_model *model) {
  size_t count = 0, needed = 0;
  char key[256];
  REQUIRE(succeeds(lamina_model_metadata_count(model, &count)));
  for (size_t i = 0; i < count; i++)
    if (succeeds(lamina_model_metadata_key(model, i, key, sizeof key, &needed)))
      REQUIRE(succeeds(lamina_model_metadata(model, key, NULL, 0, &needed)));
  REQUIRE(succeeds(lamina_model_label_count(model, &count)));
  for (size_t i = 0; i < count; i++) succeeds(lamina_model_label(model, i, key, sizeof key, NULL));
}

/* Describes input or output `index`, with memory for its numbers; gives 0 where they are many. */
static int make_tensor(const lamina_model *model, int is_output, size_t index,
                       lamina_tensor *tensor) {
  size_t rank = 0, count = 1;
  memset(tensor, 0, sizeof *tensor);
  tensor->struct_size = sizeof *tensor;
  REQUIRE(succeeds((is_output ? lamina_model_output_shape : lamina_model_input_shape)(
      model, index, tensor->shape + 1, LAMINA_MAX_RANK - 1, &rank)));
  tensor->rank = (uint32_t)rank + 1;
  tensor->shape[0] = ROWS;
  for (size_t axis = 1; axis <= rank; axis++) {
    if (tensor->shape[axis] < 1 || tensor->shape[axis] > MOST_NUMBERS) return 0;
    count *= (size_t)tensor->shape[axis];
    if (count > MOST_NUMBERS) return 0;
  }
  tensor->capacity = ROWS * count * sizeof(float);
  float *numbers = malloc(tensor->capacity);
  REQUIRE(numbers != NULL);
  for (size_t i = 0; i < ROWS * count; i++) numbers[i] = (float)(i % 7) - 3;
  tensor->data = numbers;
  return 1;
}

static void predict(const lamina_model *model) {
  lamina_tensor inputs[MOST_TENSORS], outputs[MOST_TENSORS];
  lamina_session *session = NULL;
  size_t input_count = 0, output_count = 0, made = 0;
  REQUIRE(succeeds(lamina_model_input_count(model, &input_count)));
  REQUIRE(succeeds(lamina_model_output_count(model, &output_count)));
  if (input_count > MOST_TENSORS || output_count > MOST_TENSORS) return;
  while (made < input_count && make_tensor(model, 0, made, &inputs[made])) made++;
  while (made >= input_count && made < input_count + output_count &&
         make_tensor(model, 1, made - input_count, &outputs[made - input_count]))
    made++;
  if (made == input_count + output_count &&
      succeeds(lamina_session_create(model, NULL, &session))) {
    REQUIRE(succeeds(lamina_session_predict(session, inputs, input_count, outputs, output_count)));
    lamina_session_free(session);
  }
  while (made-- > 0)
    free(made < input_count ? inputs[made].data : outputs[made - input_count].data);
}

void use_model(const lamina_model *model) {
  uint64_t parameters = 0;
  REQUIRE(succeeds(lamina_model_parameter_count(model, &parameters)));
  free(get_text(lamina_model_summary, model));
  char *config = get_text(lamina_model_config, model);
  read_metadata(model);
  predict(model);
  /* A configuration that the library writes is one that it reads, as the same. */
  lamina_model *copy = NULL;
  if (parameters <= MOST_NUMBERS && succeeds(lamina_model_create(config, 1, &copy))) {
    char *again = get_text(lamina_model_config, copy);
    REQUIRE(strcmp(config, again) == 0);
    free(again);
  } else {
    REQUIRE(parameters > MOST_NUMBERS);
  }
  lamina_model_free(copy);
  free(config);
}
