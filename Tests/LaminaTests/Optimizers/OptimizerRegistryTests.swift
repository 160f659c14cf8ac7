import Testing

@testable import Lamina

@Suite struct OptimizerRegistryTests {
  private func make(_ text: String) throws -> any Optimizer {
    try OptimizerRegistry.make(JSON(parsing: text))
  }

  private func text(_ optimizer: any Optimizer) -> String {
    JSON.described(optimizer.className, optimizer.configuration).text
  }

  @Test func namesGiveTheDefaults() throws {
    let optimizers: [(String, any Optimizer)] = [
      ("sgd", .sgd()), ("adam", .adam()), ("adamw", .adamW()), ("nadam", .nadam()),
      ("rmsprop", .rmsprop()), ("adagrad", .adagrad()), ("SGD", .sgd()), ("Adam", .adam()),
      ("AdamW", .adamW()), ("Nadam", .nadam()), ("RMSprop", .rmsprop()), ("Adagrad", .adagrad()),
    ]
    for (name, expected) in optimizers {
      #expect(try text(make("\"\(name)\"")) == text(expected))
      #expect(try text(make("{\"class_name\":\"\(name)\",\"config\":{}}")) == text(expected))
    }
  }

  @Test func configurationsComeBack() throws {
    let decay = WeightDecay(0.25, excluding: ["bias", "beta"])
    let schedules: [LearningRate] = [
      .schedule(.exponentialDecay(0.5, decaySteps: 3, decayRate: 0.9, staircase: true)),
      .schedule(
        .cosineDecay(0.5, decaySteps: 3, alpha: 0.1, warmUpTarget: 0.75, warmUpSteps: 4)),
      .schedule(.piecewiseConstantDecay(boundaries: [1, 5], values: [0.5, 0.25, 0.125])),
    ]
    let optimizers: [any Optimizer] = [
      .sgd(
        learningRate: 0.3, momentum: 0.7, nesterov: true, weightDecay: decay,
        clipping: .value(0.5)),
      .adam(
        learningRate: schedules[0], beta1: 0.5, beta2: 0.6, epsilon: 0.25, weightDecay: decay,
        clipping: .norm(0.5)),
      .adamW(
        learningRate: schedules[1], weightDecay: decay, beta1: 0.5, beta2: 0.6, epsilon: 0.25,
        clipping: .globalNorm(0.5)),
      .nadam(
        learningRate: schedules[2], beta1: 0.5, beta2: 0.6, epsilon: 0.25, weightDecay: decay,
        clipping: .norm(0.5)),
      .rmsprop(
        learningRate: 0.3, rho: 0.5, momentum: 0.6, epsilon: 0.25, centered: true,
        weightDecay: decay, clipping: .norm(0.5)),
      .adagrad(
        learningRate: 0.3, initialAccumulatorValue: 0.5, epsilon: 0.25, weightDecay: decay,
        clipping: .norm(0.5)),
    ]
    for optimizer in optimizers {
      let again = try make(text(optimizer))
      #expect(text(again) == text(optimizer))
      #expect(again.weightDecay == decay)
      #expect(again.clipping == optimizer.clipping)
      #expect(again.slots == optimizer.slots)
      for step in [0, 2, 6] {
        #expect(
          again.learningRate.value(atStep: step) == optimizer.learningRate.value(atStep: step))
      }
    }
  }

  @Test func kerassOwnSettingsAreRead() throws {
    let sgd = try make(
      #"""
      {"module": "keras.optimizers", "class_name": "SGD", "config": {"name": "sgd",
      "learning_rate": 0.009999999776482582, "weight_decay": null, "clipnorm": null,
      "global_clipnorm": null, "clipvalue": 0.5, "use_ema": false, "ema_momentum": 0.99,
      "ema_overwrite_frequency": null, "loss_scale_factor": null,
      "gradient_accumulation_steps": null, "momentum": 0.5, "nesterov": true},
      "registered_name": null}
      """#)
    #expect(text(sgd) == text(.sgd(momentum: 0.5, nesterov: true, clipping: .value(0.5))))
  }

  @Test func whatIsMissingIsRefusedByName() {
    for (setting, name) in [
      (#""amsgrad":true"#, "amsgrad"), (#""use_ema":true"#, "use_ema"),
      (#""loss_scale_factor":2.0"#, "loss_scale_factor"),
      (#""gradient_accumulation_steps":4"#, "gradient_accumulation_steps"),
    ] {
      for className in ["Adagrad", "Adam", "AdamW", "Nadam", "RMSprop", "SGD"] {
        expectError(.unsupported, "optimizer: ", name) {
          _ = try make("{\"class_name\":\"\(className)\",\"config\":{\(setting)}}")
        }
      }
    }
  }

  @Test func unknownClassesAreRefused() {
    expectError(.unsupported, "\"Lion\"", "Adagrad, Adam, AdamW, Nadam, RMSprop, SGD") {
      _ = try make(#"{"class_name":"Lion","config":{}}"#)
    }
    expectError(.format, "optimizer: expected a name, or class_name and config, got 3") {
      _ = try make("3")
    }
  }

  @Test func wrongSettingsAreRefused() {
    for (config, kind, fragment) in [
      (#"{"learning_rate":"fast"}"#, LaminaError.Kind.format, "a number or a schedule"),
      (#"{"learning_rate":{"class_name":"Up","config":{}}}"#, .unsupported, "learning_rate"),
      (#"{"clipnorm":1,"clipvalue":1}"#, .invalidArgument, "got 2"),
      (#"{"clipnorm":"small"}"#, .format, "clipnorm"),
      (#"{"weight_decay":true}"#, .format, "weight_decay"),
      (#"{"exclude_from_weight_decay":"bias"}"#, .format, "a list of strings"),
      (#"{"exclude_from_weight_decay":["bias",1]}"#, .format, "a list of strings"),
      (#"{"momentum":2}"#, .invalidArgument, "momentum must be 0 to 1, got 2.0"),
    ] {
      expectError(kind, fragment) { _ = try make("{\"class_name\":\"SGD\",\"config\":\(config)}") }
    }
  }
}
