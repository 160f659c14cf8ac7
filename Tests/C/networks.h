/* Made by make_networks.py: what its two networks are and must answer. */
#ifndef LAMINA_TESTS_NETWORKS_H
#define LAMINA_TESTS_NETWORKS_H

/* clang-format off */
#define CONVOLUTIONAL_MODEL "Tests/Fixtures/models/convolutional.safetensors"
#define BRANCHING_MODEL "Tests/Fixtures/models/branching.safetensors"

enum { NETWORK_ROWS = 5, IMAGE_SIDE = 8, IMAGE_CLASSES = 4 };
enum { LEFT_COUNT = 6, RIGHT_COUNT = 4 };
enum { KIND_COUNT = 3, AMOUNT_COUNT = 4 };

static const char convolutional_config[] =
    "{\"class_name\":\"Sequential\",\"config\":{\"name\":\"convolutional\",\"layers\":[{\"class_na"
    "me\":\"InputLayer\",\"config\":{\"name\":\"image\",\"batch_shape\":[null,8,8,1]}},{\"class_n"
    "ame\":\"Conv2D\",\"config\":{\"name\":\"conv2d\",\"filters\":3,\"kernel_size\":[3,3],\"padding"
    "\":\"same\",\"activation\":\"relu\"}},{\"class_name\":\"BatchNormalization\",\"config\":{\"nam"
    "e\":\"batch_normalization\",\"epsilon\":0.001}},{\"class_name\":\"MaxPooling2D\",\"config\""
    ":{\"name\":\"max_pooling2d\",\"pool_size\":[2,2]}},{\"class_name\":\"Flatten\",\"config\":{\""
    "name\":\"flatten\"}},{\"class_name\":\"Dense\",\"config\":{\"name\":\"dense\",\"units\":4,\"acti"
    "vation\":\"softmax\"}}]}}";

static const char branching_config[] =
    "{\"class_name\":\"Functional\",\"config\":{\"name\":\"branching\",\"layers\":[{\"class_name\":"
    "\"InputLayer\",\"config\":{\"name\":\"left\",\"batch_shape\":[null,2,3]},\"name\":\"left\",\"in"
    "bound_nodes\":[]},{\"class_name\":\"InputLayer\",\"config\":{\"name\":\"right\",\"batch_shap"
    "e\":[null,4]},\"name\":\"right\",\"inbound_nodes\":[]},{\"class_name\":\"Flatten\",\"config\""
    ":{\"name\":\"flatten\"},\"name\":\"flatten\",\"inbound_nodes\":[{\"args\":[{\"class_name\":\"__"
    "keras_tensor__\",\"config\":{\"keras_history\":[\"left\",0,0]}}],\"kwargs\":{}}]},{\"class"
    "_name\":\"Dense\",\"config\":{\"name\":\"hidden\",\"units\":4,\"activation\":\"tanh\"},\"name\":\""
    "hidden\",\"inbound_nodes\":[{\"args\":[{\"class_name\":\"__keras_tensor__\",\"config\":{\"ke"
    "ras_history\":[\"flatten\",0,0]}}],\"kwargs\":{}}]},{\"class_name\":\"Add\",\"config\":{\"na"
    "me\":\"add\"},\"name\":\"add\",\"inbound_nodes\":[{\"args\":[[{\"class_name\":\"__keras_tensor"
    "__\",\"config\":{\"keras_history\":[\"hidden\",0,0]}},{\"class_name\":\"__keras_tensor__\","
    "\"config\":{\"keras_history\":[\"right\",0,0]}}]],\"kwargs\":{}}]},{\"class_name\":\"Dense\""
    ",\"config\":{\"name\":\"kind\",\"units\":3,\"activation\":\"softmax\"},\"name\":\"kind\",\"inboun"
    "d_nodes\":[{\"args\":[{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\""
    "add\",0,0]}}],\"kwargs\":{}}]},{\"class_name\":\"Multiply\",\"config\":{\"name\":\"multiply\""
    "},\"name\":\"multiply\",\"inbound_nodes\":[{\"args\":[[{\"class_name\":\"__keras_tensor__\","
    "\"config\":{\"keras_history\":[\"hidden\",0,0]}},{\"class_name\":\"__keras_tensor__\",\"con"
    "fig\":{\"keras_history\":[\"right\",0,0]}}]],\"kwargs\":{}}]},{\"class_name\":\"Reshape\",\""
    "config\":{\"name\":\"amount\",\"target_shape\":[2,2]},\"name\":\"amount\",\"inbound_nodes\":["
    "{\"args\":[{\"class_name\":\"__keras_tensor__\",\"config\":{\"keras_history\":[\"multiply\","
    "0,0]}}],\"kwargs\":{}}]}],\"input_layers\":[[\"left\",0,0],[\"right\",0,0]],\"output_laye"
    "rs\":[[\"kind\",0,0],[\"amount\",0,0]]}}";

static const float image_classes[NETWORK_ROWS][4] = {
  {0.20604862f, 0.22965832f, 0.19194253f, 0.37235054f},
  {0.14096085f, 0.36248403f, 0.19953529f, 0.29701984f},
  {0.18590289f, 0.25012933f, 0.19833987f, 0.36562791f},
  {0.15021451f, 0.38183507f, 0.20129846f, 0.26665196f},
  {0.23575541f, 0.22659208f, 0.22484123f, 0.31281128f},
};
static const float kinds[NETWORK_ROWS][3] = {
  {0.28717108f, 0.22437155f, 0.48845737f},
  {0.28520899f, 0.27682114f, 0.43796987f},
  {0.30657349f, 0.24349679f, 0.44992972f},
  {0.22877757f, 0.37992157f, 0.39130086f},
  {0.25971981f, 0.28506672f, 0.45521347f},
};
static const float amounts[NETWORK_ROWS][4] = {
  {-0.04085285f, -0.18533320f, -0.09128687f, -0.28266248f},
  {-0.12245933f, 0.13314682f, 0.12435300f, 0.05238949f},
  {0.33261481f, -0.12523545f, 0.01650463f, -0.03416231f},
  {-0.05144626f, -0.26529023f, 0.09326475f, 0.00000000f},
  {-0.48633602f, -0.15878724f, -0.12245933f, 0.20140375f},
};

/* A test sample of input `tensor`. */
static inline void network_sample(int tensor, int row, int count, float *numbers) {
  for (int i = 0; i < count; i++)
    numbers[i] = (float)((11 * i + 7 * row + 5 * tensor) % 17 - 8) / 8;
}
/* clang-format on */

#endif
