import Testing

@testable import Lamina

@Suite struct LossRegistryTests {
  @Test(arguments: [
    ("bce", "binary_crossentropy"), ("BCE", "binary_crossentropy"),
    ("binary_crossentropy", "binary_crossentropy"),
    ("BinaryCrossentropy", "binary_crossentropy"),
    ("categorical_crossentropy", "categorical_crossentropy"),
    ("CategoricalCrossentropy", "categorical_crossentropy"),
    ("hinge", "hinge"), ("Hinge", "hinge"), ("huber", "huber_loss"), ("Huber", "huber_loss"),
    ("kld", "kl_divergence"), ("KLD", "kl_divergence"), ("kl_divergence", "kl_divergence"),
    ("KLDivergence", "kl_divergence"), ("mae", "mean_absolute_error"),
    ("MAE", "mean_absolute_error"), ("mean_absolute_error", "mean_absolute_error"),
    ("MeanAbsoluteError", "mean_absolute_error"), ("mse", "mean_squared_error"),
    ("MSE", "mean_squared_error"), ("mean_squared_error", "mean_squared_error"),
    ("MeanSquaredError", "mean_squared_error"),
    ("sparse_categorical_crossentropy", "sparse_categorical_crossentropy"),
    ("SparseCategoricalCrossentropy", "sparse_categorical_crossentropy"),
  ])
  func kerassNamesStandForTheDefaults(_ identifier: String, name: String) throws {
    let loss = try LossRegistry.make(.string(identifier))
    #expect(loss.name == name)
    #expect(loss.reduction == .sumOverBatchSize)
  }

  @Test(arguments: [
    (
      "BinaryCrossentropy",
      #"{"reduction":"sum","from_logits":true,"label_smoothing":0.1,"axis":-1}"#
    ),
    (
      "CategoricalCrossentropy",
      #"{"reduction":"sum_over_batch_size","from_logits":false,"label_smoothing":0.0,"axis":-1}"#
    ),
    ("Hinge", #"{"reduction":"sum"}"#),
    ("Huber", #"{"reduction":"sum_over_batch_size","delta":0.5}"#),
    ("KLDivergence", #"{"reduction":"mean_with_sample_weight"}"#),
    ("MeanAbsoluteError", #"{"reduction":"sum"}"#),
    ("MeanSquaredError", #"{"reduction":"sum_over_batch_size"}"#),
    ("SparseCategoricalCrossentropy", #"{"reduction":"sum","from_logits":true}"#),
    ("SparseCategoricalCrossentropy", #"{"from_logits":false}"#),
  ])
  func configurationIsReadAsItIsWritten(_ className: String, configuration: String) throws {
    let text = #"{"class_name":"\#(className)","config":\#(configuration)}"#
    let loss = try LossRegistry.make(JSON(parsing: text))
    #expect(JSON.described(loss.className, loss.configuration).text == text)
  }

  @Test(arguments: [
    (#""log_cosh""#, "unknown loss \"log_cosh\"; known: BinaryCrossentropy, "),
    (#"{"class_name":"Dice"}"#, "unknown loss \"Dice\""),
    (#"{"class_name":"Hinge","config":{"reduction":null}}"#, "\"reduction\" is null"),
    (#"{"class_name":"Hinge","config":{"reduction":"none"}}"#, "\"reduction\" is \"none\""),
    (#"{"class_name":"BinaryCrossentropy","config":{"axis":1}}"#, "\"axis\" is 1; known: -1"),
    (
      #"{"class_name":"SparseCategoricalCrossentropy","config":{"ignore_class":-1}}"#,
      "\"ignore_class\" is -1"
    ),
  ])
  func whatLaminaLacksIsUnsupported(_ text: String, message: String) {
    expectError(.unsupported, message) { _ = try LossRegistry.make(JSON(parsing: text)) }
  }

  @Test(arguments: [
    ("1", "got 1"), ("{}", "got {}"),
    (#"{"class_name":"Huber","config":{"delta":"1"}}"#, "\"delta\" should be a number"),
    (
      #"{"class_name":"BinaryCrossentropy","config":{"from_logits":1}}"#,
      "\"from_logits\" should be true or false"
    ),
  ])
  func damagedDescriptionsAreErrors(_ text: String, message: String) {
    expectError(.format, message) { _ = try LossRegistry.make(JSON(parsing: text)) }
  }
}
