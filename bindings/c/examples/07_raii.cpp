// The same library from C++17, where nothing has to be freed and errors are exceptions:
// 07_raii FILE...
//
//     c++ -std=c++17 07_raii.cpp $(pkg-config --cflags --libs lamina) -o raii
//     ./raii seven.png
//
// Prints a line for each file, then teaches a small network the exclusive or.
#include <iostream>
#include <lamina.hpp>
#include <vector>

namespace {

int classify(int count, char **paths) {
  const lamina::model model = lamina::model::builtin();
  lamina::session session(model);
  int status = 0;
  for (int i = 0; i < count; i++) {
    try {
      const lamina::prediction best = session.classify(paths[i]).front();
      std::cout << paths[i] << '\t' << best.label << '\t' << best.probability << '\n';
    } catch (const lamina::error &error) {
      std::cerr << error.what() << '\n';
      status = 1;
    }
  }
  return status;
}

void learn_xor() {
  std::vector<float> inputs = {0, 0, 0, 1, 1, 0, 1, 1}, targets = {0, 1, 1, 0};
  const lamina::dataset data({lamina::tensor(inputs, {4, 2})}, {lamina::tensor(targets, {4})});

  lamina::model model = lamina::model::create(R"({"class_name": "Sequential", "config": {"layers": [
      {"class_name": "InputLayer", "config": {"batch_shape": [null, 2]}},
      {"class_name": "Dense", "config": {"units": 8, "activation": "tanh"}},
      {"class_name": "Dense", "config": {"units": 1, "activation": "sigmoid"}}]}})",
                                              1);
  model.compile(R"({"optimizer": {"class_name": "Adam", "config": {"learning_rate": 0.05}},
                    "loss": "binary_crossentropy", "metrics": ["accuracy"]})");
  lamina::fit_options options;
  options.epochs = 1000;
  options.event_kinds = LAMINA_EVENT_EPOCH_ENDED;
  // What a callback throws comes out of fit.
  options.on_event = [](const lamina_event &event) { return event.values[0] >= 0.01; };
  model.fit(data, options);
  std::cout << "accuracy of xor: " << model.evaluate(data)[1] << '\n';
}

}  // namespace

int main(int argc, char **argv) {
  try {
    const int status = classify(argc - 1, argv + 1);
    learn_xor();
    return status;
  } catch (const std::exception &error) {
    std::cerr << error.what() << '\n';
    return 1;
  }
}
