import Testing

@testable import Lamina

@Suite struct MetricRegistryTests {
  @Test(arguments: [
    ("accuracy", "accuracy"), ("acc", "accuracy"), ("Accuracy", "accuracy"),
    ("binary_accuracy", "BinaryAccuracy"), ("BinaryAccuracy", "BinaryAccuracy"),
    ("categorical_accuracy", "CategoricalAccuracy"),
    ("sparse_categorical_accuracy", "SparseCategoricalAccuracy"),
    ("top_k_categorical_accuracy", "TopKCategoricalAccuracy"),
    ("sparse_top_k_categorical_accuracy", "SparseTopKCategoricalAccuracy"),
    ("precision", "Precision"), ("recall", "Recall"), ("Recall", "Recall"),
    ("mse", "MeanSquaredError"), ("MAE", "MeanAbsoluteError"),
    ("mean_squared_error", "MeanSquaredError"), ("bce", "BinaryCrossentropy"),
    ("hinge", "Hinge"), ("kl_divergence", "KLDivergence"),
    ("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy"),
  ])
  func anIdentifierIsTheName(_ identifier: String, className: String) throws {
    let metric = try MetricRegistry.make(.string(identifier))
    #expect(metric.name == identifier)
    #expect(metric.className == className)
  }

  @Test(arguments: [
    ("accuracy", "{}", "accuracy"),
    ("BinaryAccuracy", #"{"threshold":0.25}"#, "binary_accuracy"),
    ("CategoricalAccuracy", "{}", "categorical_accuracy"),
    ("SparseCategoricalAccuracy", "{}", "sparse_categorical_accuracy"),
    ("TopKCategoricalAccuracy", #"{"k":3}"#, "top_k_categorical_accuracy"),
    ("SparseTopKCategoricalAccuracy", #"{"k":3}"#, "sparse_top_k_categorical_accuracy"),
    ("Precision", #"{"thresholds":0.25,"top_k":null,"class_id":1}"#, "precision"),
    ("Recall", #"{"thresholds":null,"top_k":2,"class_id":null}"#, "recall"),
    ("F1Score", #"{"average":"macro","threshold":null}"#, "f1_score"),
    ("F1Score", #"{"average":"weighted","threshold":0.5}"#, "f1_score"),
    ("MeanSquaredError", "{}", "mean_squared_error"),
    ("Huber", #"{"delta":0.5}"#, "huber_loss"),
    ("SparseCategoricalCrossentropy", #"{"from_logits":true}"#, "sparse_categorical_crossentropy"),
  ])
  func configurationIsReadAsItIsWritten(
    _ className: String, configuration: String, name: String
  ) throws {
    let text = #"{"class_name":"\#(className)","config":\#(configuration)}"#
    let metric = try MetricRegistry.make(JSON(parsing: text))
    #expect(JSON.described(metric.className, metric.configuration).text == text)
    #expect(metric.name == name)
  }

  @Test(arguments: [
    "accuracy", "BinaryAccuracy", "CategoricalAccuracy", "SparseCategoricalAccuracy",
    "TopKCategoricalAccuracy", "SparseTopKCategoricalAccuracy", "Precision", "Recall", "Hinge",
  ])
  func namesCanBeChosen(_ className: String) throws {
    let text = #"{"class_name":"\#(className)","config":{"name":"quality"}}"#
    #expect(try MetricRegistry.make(JSON(parsing: text)).name == "quality")
  }

  @Test(arguments: [
    (#""auc""#, "unknown metric \"auc\"; known: accuracy, BinaryAccuracy, "),
    (#"{"class_name":"Accuracy","config":{}}"#, "compares numbers for equality"),
    (#""f1_score""#, "\"average\" is null"),
    (#"{"class_name":"F1Score","config":{"average":null}}"#, "known: micro, macro, weighted"),
    (#"{"class_name":"Recall","config":{"thresholds":[0.1,0.2]}}"#, "\"thresholds\" has 2 numbers"),
    (
      #"{"class_name":"SparseTopKCategoricalAccuracy","config":{"from_sorted_ids":true}}"#,
      "\"from_sorted_ids\" is true"
    ),
  ])
  func whatLaminaLacksIsUnsupported(_ text: String, message: String) {
    expectError(.unsupported, message) { _ = try MetricRegistry.make(JSON(parsing: text)) }
  }

  @Test func oneThresholdMayBeAList() throws {
    let text = #"{"class_name":"Recall","config":{"thresholds":[0.25]}}"#
    let metric = try MetricRegistry.make(JSON(parsing: text)) as? Recall
    #expect(metric?.threshold == 0.25)
  }
}
