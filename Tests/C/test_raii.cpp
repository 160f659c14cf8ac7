// lamina.hpp: errors are exceptions, handles move and free themselves, and what a callback
// throws comes out of fit.
#include <cstdio>
#include <lamina.hpp>

namespace {

int passed = 0, failed = 0;

void check_that(bool holds, const char *what, int line) {
  (holds ? passed : failed)++;
  if (!holds) std::fprintf(stderr, "%s:%d: failed: %s\n", __FILE__, line, what);
}
#define CHECK(condition) check_that((condition), #condition, __LINE__)

template <typename Exception, typename Body>
bool throws(Body body) {
  try {
    body();
  } catch (const Exception &) {
    return true;
  }
  return false;
}

const char network[] = R"({"class_name": "Sequential", "config": {"layers": [
  {"class_name": "InputLayer", "config": {"batch_shape": [null, 2]}},
  {"class_name": "Dense", "config": {"units": 8, "activation": "tanh"}},
  {"class_name": "Dense", "config": {"units": 1, "activation": "sigmoid"}}]}})";

void test_errors() {
  try {
    lamina::model::load("/nowhere/a.safetensors");
    CHECK(false);
  } catch (const lamina::error &error) {
    CHECK(error.status() == LAMINA_ERROR_IO);
    CHECK(std::string(error.what()).find("/nowhere/a.safetensors") == 0);
  }
  const float number = 0;
  CHECK(throws<std::invalid_argument>(
      [&] { lamina::tensor(&number, 1, {1, 1, 1, 1, 1, 1, 1, 1, 1}); }));
}

void test_handles() {
  lamina::model model = lamina::model::builtin();
  CHECK((model.input_shape() == std::vector<std::int64_t>{28, 28}));
  CHECK((model.output_shape() == std::vector<std::int64_t>{10}));
  CHECK(model.labels().at(7) == "7");
  CHECK(model.summary().find("Total params") != std::string::npos);
  lamina::session session(model);
  const std::vector<unsigned char> bytes = model.bytes();
  lamina::model moved = std::move(model);
  CHECK(model.get() == nullptr);
  CHECK(throws<lamina::error>([&] { model.summary(); }));
  CHECK(lamina::model::load(bytes.data(), bytes.size()).parameters() == moved.parameters());
  std::vector<float> pixels(784), logits(10);
  session.predict(pixels.data(), 1, logits.data(), logits.size());
  CHECK(session.read("bindings/c/examples/digits/0-plain.png") == "0");
}

void test_training() {
  std::vector<float> inputs = {0, 0, 0, 1, 1, 0, 1, 1}, targets = {0, 1, 1, 0};
  const lamina::dataset data({lamina::tensor(inputs, {4, 2})}, {lamina::tensor(targets, {4})});
  lamina::model model = lamina::model::create(network, 1),
                other = lamina::model::create(network, 1);
  CHECK(throws<lamina::error>([&] { model.fit(data); }));
  for (lamina::model *each : {&model, &other})
    each->compile(R"({"optimizer": "adam", "loss": "mse", "metrics": ["accuracy"]})");
  CHECK(model.train_on_batch(data).size() == 2);
  other.apply_gradients(other.compute_gradients(data));
  CHECK(model.parameters() == other.parameters());

  int epochs = 0;
  lamina::fit_options options;
  options.epochs = 10;
  options.validation = &data;
  options.event_kinds = LAMINA_EVENT_EPOCH_ENDED;
  options.on_event = [&](const lamina_event &event) {
    epochs++;
    return event.epoch < 2;
  };
  model.fit(data, options);
  CHECK(epochs == 3);
  CHECK(model.history().find("val_loss") != std::string::npos);
  options.on_event = [](const lamina_event &) -> bool { throw std::out_of_range("mine"); };
  CHECK(throws<std::out_of_range>([&] { model.fit(data, options); }));
  CHECK(model.evaluate(data).size() == 2);
}

}  // namespace

int main() {
  test_errors();
  test_handles();
  test_training();
  std::printf("%d passed, %d failed\n", passed, failed);
  return failed != 0;
}
