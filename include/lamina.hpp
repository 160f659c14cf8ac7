// lamina.hpp: lamina.h for C++17. Handles free themselves, errors are exceptions,
// strings and arrays are those of the standard library. Header only: it adds nothing
// to the library, and lamina.h says what each function does.
//
//     #include <iostream>
//     #include <lamina.hpp>
//
//     int main() {
//       const lamina::model model = lamina::model::builtin();
//       lamina::session session(model);
//       std::cout << session.classify("seven.png").front().label << '\n';
//     }
//
// Copyright The Lamina developers. Apache License 2.0.
#ifndef LAMINA_HPP
#define LAMINA_HPP

#include <cstdint>
#include <exception>
#include <functional>
#include <initializer_list>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include "lamina.h"

namespace lamina {

/// What a call that fails throws: the sentence of lamina_last_error_message.
class error : public std::runtime_error {
 public:
  error(lamina_status status, const char *message) : std::runtime_error(message), status_(status) {}
  lamina_status status() const noexcept { return status_; }

 private:
  lamina_status status_;
};

/// Throws where a call failed.
inline void check(lamina_status status) {
  if (status == LAMINA_OK) return;
  if (status == LAMINA_ERROR_OUT_OF_MEMORY) throw std::bad_alloc();
  throw error(status, lamina_last_error_message());
}

/// Throws where the library that is loaded is not the one that the program was
/// compiled for.
inline void check_version() {
  if (lamina_abi_version() != LAMINA_ABI_VERSION)
    throw std::runtime_error("liblamina " + std::string(lamina_version()) + " has ABI " +
                             std::to_string(lamina_abi_version()) + ", this program needs " +
                             std::to_string(LAMINA_ABI_VERSION));
}

namespace detail {

template <typename Call>
std::string string(Call call) {
  std::size_t needed = 0;
  check(call(nullptr, 0, &needed));
  std::string text(needed, '\0');
  check(call(&text[0], text.size(), &needed));
  text.resize(needed > 0 ? needed - 1 : 0);
  return text;
}

template <typename Call>
std::vector<std::int64_t> shape(Call call) {
  std::size_t rank = 0;
  check(call(nullptr, 0, &rank));
  std::vector<std::int64_t> axes(rank);
  check(call(axes.data(), axes.size(), &rank));
  return axes;
}

template <typename Number>
constexpr lamina_dtype dtype() {
  using Plain = std::remove_cv_t<Number>;
  static_assert(std::is_same_v<Plain, float> || std::is_same_v<Plain, std::uint8_t> ||
                    std::is_same_v<Plain, std::int32_t>,
                "a tensor has float, uint8_t or int32_t");
  if (std::is_same_v<Plain, float>) return LAMINA_FLOAT32;
  return std::is_same_v<Plain, std::uint8_t> ? LAMINA_UINT8 : LAMINA_INT32;
}

}  // namespace detail

/// A tensor over `count` numbers of the caller's, which must outlive it.
template <typename Number>
lamina_tensor tensor(const Number *numbers, std::size_t count,
                     std::initializer_list<std::int64_t> shape) {
  if (shape.size() > LAMINA_MAX_RANK) throw std::invalid_argument("a tensor has 8 axes at most");
  lamina_tensor tensor{};
  tensor.struct_size = sizeof tensor;
  tensor.dtype = detail::dtype<Number>();
  for (std::int64_t length : shape) tensor.shape[tensor.rank++] = length;
  tensor.data = const_cast<Number *>(numbers);
  tensor.capacity = count * sizeof(Number);
  return tensor;
}

template <typename Number>
lamina_tensor tensor(const std::vector<Number> &numbers,
                     std::initializer_list<std::int64_t> shape) {
  return tensor(numbers.data(), numbers.size(), shape);
}

/// Samples and what a model should make of them; the numbers are the caller's.
class dataset {
 public:
  dataset(std::vector<lamina_tensor> inputs, std::vector<lamina_tensor> targets,
          const float *sample_weights = nullptr)
      : inputs_(std::move(inputs)), targets_(std::move(targets)), weights_(sample_weights) {}

  lamina_dataset get() const noexcept {
    return {sizeof(lamina_dataset), inputs_.data(),  inputs_.size(),
            targets_.data(),        targets_.size(), weights_};
  }

 private:
  std::vector<lamina_tensor> inputs_, targets_;
  const float *weights_;
};

/// How a training goes; the defaults are those of lamina_fit_options.
struct fit_options {
  std::size_t batch_size = 32;
  std::size_t epochs = 1;
  std::size_t initial_epoch = 0;
  std::size_t steps_per_epoch = 0;
  const dataset *validation = nullptr;
  double validation_split = 0;
  std::vector<float> class_weights;
  bool shuffle = true;
  std::string callbacks_json;
  std::uint32_t event_kinds = 0;
  /// Gives false to end the training. What it throws comes out of `fit`.
  std::function<bool(const lamina_event &)> on_event;
};

/// A network with its weights. A const one may be used by any number of threads at once.
class model {
 public:
  static model load(const std::string &path) {
    return make([&](lamina_model **out) { return lamina_model_load_file(path.c_str(), out); });
  }
  static model load(const void *bytes, std::size_t size) {
    return make([&](lamina_model **out) { return lamina_model_load_memory(bytes, size, out); });
  }
  static model builtin() { return make(lamina_model_load_builtin); }
  static model create(const std::string &config_json, std::uint64_t seed) {
    return make(
        [&](lamina_model **out) { return lamina_model_create(config_json.c_str(), seed, out); });
  }

  const lamina_model *get() const noexcept { return handle_.get(); }
  lamina_model *get() noexcept { return handle_.get(); }

  void save(const std::string &path) const { check(lamina_model_save_file(get(), path.c_str())); }
  std::vector<unsigned char> bytes() const {
    std::size_t needed = 0;
    check(lamina_model_save_memory(get(), nullptr, 0, &needed));
    std::vector<unsigned char> bytes(needed);
    check(lamina_model_save_memory(get(), bytes.data(), bytes.size(), &needed));
    return bytes;
  }

  std::uint64_t parameter_count() const {
    std::uint64_t count = 0;
    check(lamina_model_parameter_count(get(), &count));
    return count;
  }
  std::vector<std::int64_t> input_shape(std::size_t index = 0) const {
    return detail::shape([&](std::int64_t *axes, std::size_t capacity, std::size_t *rank) {
      return lamina_model_input_shape(get(), index, axes, capacity, rank);
    });
  }
  std::vector<std::int64_t> output_shape(std::size_t index = 0) const {
    return detail::shape([&](std::int64_t *axes, std::size_t capacity, std::size_t *rank) {
      return lamina_model_output_shape(get(), index, axes, capacity, rank);
    });
  }
  std::vector<std::string> labels() const {
    std::size_t count = 0;
    check(lamina_model_label_count(get(), &count));
    std::vector<std::string> labels;
    for (std::size_t i = 0; i < count; i++)
      labels.push_back(detail::string([&](char *text, std::size_t capacity, std::size_t *needed) {
        return lamina_model_label(get(), i, text, capacity, needed);
      }));
    return labels;
  }
  std::string summary() const { return text(lamina_model_summary); }
  std::string config() const { return text(lamina_model_config); }
  std::string history() const { return text(lamina_model_history); }
  std::string metadata(const std::string &key) const {
    return detail::string([&](char *text, std::size_t capacity, std::size_t *needed) {
      return lamina_model_metadata(get(), key.c_str(), text, capacity, needed);
    });
  }
  void set_metadata(const std::string &key, const std::string &value) {
    check(lamina_model_set_metadata(get(), key.c_str(), value.c_str()));
  }
  void set_layer_trainable(const std::string &layer, bool trainable) {
    check(lamina_model_set_layer_trainable(get(), layer.c_str(), trainable));
  }

  void compile(const std::string &training_json) {
    check(lamina_model_compile(get(), training_json.c_str()));
  }
  void set_seed(std::uint64_t seed) { check(lamina_model_set_seed(get(), seed)); }
  void set_thread_count(std::size_t count) { check(lamina_model_set_thread_count(get(), count)); }
  float learning_rate() const {
    float rate = 0;
    check(lamina_model_learning_rate(get(), &rate));
    return rate;
  }
  void set_learning_rate(float rate) { check(lamina_model_set_learning_rate(get(), rate)); }

  void fit(const dataset &data, const fit_options &options = {}) {
    lamina_dataset samples = data.get(), validation{};
    watcher watcher{options.on_event, nullptr};
    lamina_fit_options plain{};
    plain.struct_size = sizeof plain;
    plain.batch_size = options.batch_size;
    plain.epochs = options.epochs;
    plain.initial_epoch = options.initial_epoch;
    plain.steps_per_epoch = options.steps_per_epoch;
    if (options.validation) {
      validation = options.validation->get();
      plain.validation = &validation;
    }
    plain.validation_split = options.validation_split;
    plain.class_weights = options.class_weights.data();
    plain.class_weight_count = options.class_weights.size();
    plain.keeps_order = options.shuffle ? 0 : 1;
    plain.event_kinds = options.event_kinds;
    if (options.on_event) plain.callback = watcher::see;
    plain.context = &watcher;
    if (!options.callbacks_json.empty()) plain.callbacks_json = options.callbacks_json.c_str();
    const lamina_status status = lamina_model_fit(get(), &samples, &plain);
    if (watcher.thrown) std::rethrow_exception(watcher.thrown);
    check(status);
  }
  std::vector<double> evaluate(const dataset &data, std::size_t batch_size = 32) const {
    const lamina_dataset samples = data.get();
    std::vector<double> values(metric_count());
    std::size_t count = 0;
    check(lamina_model_evaluate(get(), &samples, batch_size, values.data(), values.size(), &count));
    return values;
  }
  std::vector<double> train_on_batch(const dataset &batch) {
    const lamina_dataset samples = batch.get();
    std::vector<double> values(metric_count());
    check(lamina_model_train_on_batch(get(), &samples, values.data(), values.size(), nullptr));
    return values;
  }
  std::vector<float> compute_gradients(const dataset &batch) {
    const lamina_dataset samples = batch.get();
    std::uint64_t count = 0;
    check(lamina_model_trainable_count(get(), &count));
    std::vector<float> gradients(count);
    check(lamina_model_compute_gradients(get(), &samples, gradients.data(), gradients.size(),
                                         nullptr, 0, nullptr));
    return gradients;
  }
  void apply_gradients(const std::vector<float> &gradients) {
    check(lamina_model_apply_gradients(get(), gradients.data(), gradients.size()));
  }
  std::vector<float> parameters() const {
    std::vector<float> parameters(parameter_count());
    check(lamina_model_get_parameters(get(), parameters.data(), parameters.size(), nullptr));
    return parameters;
  }
  void set_parameters(const std::vector<float> &parameters) {
    check(lamina_model_set_parameters(get(), parameters.data(), parameters.size()));
  }
  void save_checkpoint(const std::string &path) const {
    check(lamina_model_save_checkpoint(get(), path.c_str()));
  }
  void restore_checkpoint(const std::string &path) {
    check(lamina_model_restore_checkpoint(get(), path.c_str()));
  }

 private:
  struct release {
    void operator()(lamina_model *handle) const noexcept { lamina_model_free(handle); }
  };

  /// Keeps what a callback throws: no exception may pass through the library.
  struct watcher {
    const std::function<bool(const lamina_event &)> &function;
    std::exception_ptr thrown;

    static lamina_decision see(const lamina_event *event, void *context) noexcept {
      watcher *self = static_cast<watcher *>(context);
      try {
        if (!self->thrown && self->function(*event)) return LAMINA_CONTINUE;
      } catch (...) {
        self->thrown = std::current_exception();
      }
      return LAMINA_STOP;
    }
  };

  explicit model(lamina_model *handle) : handle_(handle) {}

  template <typename Call>
  static model make(Call call) {
    check_version();
    lamina_model *handle = nullptr;
    check(call(&handle));
    return model(handle);
  }
  std::size_t metric_count() const {
    std::size_t count = 0;
    check(lamina_model_metric_count(get(), &count));
    return count;
  }
  std::string text(lamina_status (*call)(const lamina_model *, char *, std::size_t,
                                         std::size_t *)) const {
    return detail::string([&](char *text, std::size_t capacity, std::size_t *needed) {
      return call(get(), text, capacity, needed);
    });
  }

  std::unique_ptr<lamina_model, release> handle_;
};

/// One answer of a classification.
struct prediction {
  std::string label;
  std::int32_t class_index;
  float probability;
};

/// Memory to predict with one model, one thread at a time. The model may be gone.
class session {
 public:
  explicit session(const model &model, std::size_t thread_count = 1) : labels_(model.labels()) {
    lamina_session_options options{sizeof options, 0, thread_count};
    lamina_session *handle = nullptr;
    check(lamina_session_create(model.get(), &options, &handle));
    handle_.reset(handle);
  }

  lamina_session *get() noexcept { return handle_.get(); }

  void predict(const float *input, std::size_t rows, float *output, std::size_t capacity) {
    check(lamina_session_predict_float32(get(), input, rows, output, capacity));
  }

  /// The best classes of a PNG file's digit, the best first.
  std::vector<prediction> classify(const std::string &path, std::size_t top = 1) {
    return predictions(top, [&](lamina_prediction *best, std::size_t *count) {
      return lamina_session_classify_png_file(get(), path.c_str(), nullptr, best, top, count);
    });
  }
  std::vector<prediction> classify(const void *bytes, std::size_t size, std::size_t top = 1) {
    return predictions(top, [&](lamina_prediction *best, std::size_t *count) {
      return lamina_session_classify_png_memory(get(), bytes, size, nullptr, best, top, count);
    });
  }

  /// All digits of a PNG file as text, line by line.
  std::string read(const std::string &path) {
    std::string text(256, '\0');
    for (;;) {
      std::size_t needed = 0;
      const lamina_status status = lamina_read_png_file(get(), path.c_str(), nullptr, &text[0],
                                                        text.size(), &needed, nullptr, 0, nullptr);
      if (status != LAMINA_ERROR_BUFFER_TOO_SMALL || needed <= text.size()) {
        check(status);
        text.resize(needed > 0 ? needed - 1 : 0);
        return text;
      }
      text.resize(needed);
    }
  }

 private:
  struct release {
    void operator()(lamina_session *handle) const noexcept { lamina_session_free(handle); }
  };

  template <typename Call>
  std::vector<prediction> predictions(std::size_t top, Call call) {
    std::vector<lamina_prediction> best(top);
    std::size_t count = 0;
    check(call(best.data(), &count));
    std::vector<prediction> result;
    for (std::size_t i = 0; i < count; i++) {
      const std::size_t index = static_cast<std::size_t>(best[i].class_index);
      result.push_back({index < labels_.size() ? labels_[index] : std::to_string(index),
                        best[i].class_index, best[i].probability});
    }
    return result;
  }

  std::vector<std::string> labels_;
  std::unique_ptr<lamina_session, release> handle_;
};

}  // namespace lamina

#endif
