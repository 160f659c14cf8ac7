/* Trains a network of 33 parameters to say whether two bits differ, which no single
 * perceptron can: 05_train_xor [FILE]
 *
 *     cc 05_train_xor.c $(pkg-config --cflags --libs lamina) -o train_xor
 *     ./train_xor xor.safetensors
 *
 * Prints the loss of every hundredth epoch, then what the network answers; saves it
 * where a file is named. */
#include <lamina.h>
#include <stdio.h>
#include <string.h>

static const char network[] =
    "{\"class_name\": \"Sequential\", \"config\": {\"layers\": ["
    "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 2]}},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 8, \"activation\": \"tanh\"}},"
    "{\"class_name\": \"Dense\", \"config\": {\"units\": 1, \"activation\": \"sigmoid\"}}]}}";

static const char training[] =
    "{\"optimizer\": {\"class_name\": \"Adam\", \"config\": {\"learning_rate\": 0.05}},"
    " \"loss\": \"binary_crossentropy\", \"metrics\": [\"accuracy\"]}";

static float inputs[4][2] = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};
static float targets[4] = {0, 1, 1, 0};

/* Sees each epoch; a loss that is small enough ends the training. */
static lamina_decision watch(const lamina_event *event, void *context) {
  double loss = event->values[0];
  (void)context;
  if (event->epoch % 100 == 0) printf("epoch %d: loss %.4f\n", (int)event->epoch + 1, loss);
  return loss < 0.01 ? LAMINA_STOP : LAMINA_CONTINUE;
}

static lamina_status train(lamina_model *model) {
  lamina_tensor input, target;
  lamina_dataset data;
  lamina_fit_options options;

  memset(&input, 0, sizeof input);
  input.struct_size = sizeof input;
  input.dtype = LAMINA_FLOAT32;
  input.rank = 2;
  input.shape[0] = 4;
  input.shape[1] = 2;
  input.data = inputs;
  input.capacity = sizeof inputs;
  target = input;
  target.rank = 1;
  target.data = targets;
  target.capacity = sizeof targets;
  memset(&data, 0, sizeof data);
  data.struct_size = sizeof data;
  data.inputs = &input;
  data.input_count = 1;
  data.targets = &target;
  data.target_count = 1;
  memset(&options, 0, sizeof options);
  options.struct_size = sizeof options;
  options.epochs = 1000;
  options.event_kinds = LAMINA_EVENT_EPOCH_ENDED;
  options.callback = watch;
  return lamina_model_fit(model, &data, &options);
}

int main(int argc, char **argv) {
  lamina_model *model = NULL;
  lamina_session *session = NULL;
  float answers[4];
  int i, status = 0;

  if (lamina_model_create(network, 1, &model) != LAMINA_OK ||
      lamina_model_compile(model, training) != LAMINA_OK || train(model) != LAMINA_OK ||
      /* A session keeps the weights of this moment, so it is made after the training. */
      lamina_session_create(model, NULL, &session) != LAMINA_OK ||
      lamina_session_predict_float32(session, inputs[0], 4, answers, 4) != LAMINA_OK ||
      (argc > 1 && lamina_model_save_file(model, argv[1]) != LAMINA_OK)) {
    fprintf(stderr, "%s\n", lamina_last_error_message());
    status = 1;
  } else {
    for (i = 0; i < 4; i++) printf("%g xor %g: %.3f\n", inputs[i][0], inputs[i][1], answers[i]);
  }
  lamina_session_free(session);
  lamina_model_free(model);
  return status;
}
