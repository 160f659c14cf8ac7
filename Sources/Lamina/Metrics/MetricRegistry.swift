/// The metrics that a configuration can name.
enum MetricRegistry {
  private static let known =
    "accuracy, BinaryAccuracy, CategoricalAccuracy, F1Score, Precision, Recall, "
    + "SparseCategoricalAccuracy, SparseTopKCategoricalAccuracy, TopKCategoricalAccuracy, "
    + "and the losses"

  /// - Parameter json: what Keras writes, `{"class_name": ..., "config": {...}}`, or
  ///   a name that Keras accepts, such as "acc", which the metric is then called.
  /// - Throws: `.unsupported` where Lamina lacks the metric or a setting; `.format`
  static func make(_ json: JSON) throws(LaminaError) -> any Metric {
    let described = try DescribedObject(json)
    let configuration = described.configuration
    let name = json.stringValue ?? configuration.name
    switch described.className {
    case "accuracy", "acc":
      return Accuracy(name: name ?? "accuracy")
    case "Accuracy", "Acc", "ACC", "ACCURACY":
      guard let name = json.stringValue else {
        throw LaminaError(
          .unsupported,
          "Keras's class Accuracy compares numbers for equality; \"accuracy\" is what Lamina has")
      }
      return Accuracy(name: name)
    case "BinaryAccuracy", "binary_accuracy":
      return try BinaryAccuracy(configuration: configuration, name: name)
    case "CategoricalAccuracy", "categorical_accuracy":
      return CategoricalAccuracy(name: name ?? "categorical_accuracy")
    case "F1Score", "f1_score":
      return try F1Score(configuration: configuration, name: name)
    case "Precision", "precision":
      return try Precision(configuration: configuration, name: name)
    case "Recall", "recall":
      return try Recall(configuration: configuration, name: name)
    case "SparseCategoricalAccuracy", "sparse_categorical_accuracy":
      return SparseCategoricalAccuracy(name: name ?? "sparse_categorical_accuracy")
    case "SparseTopKCategoricalAccuracy", "sparse_top_k_categorical_accuracy":
      return try SparseTopKCategoricalAccuracy(configuration: configuration, name: name)
    case "TopKCategoricalAccuracy", "top_k_categorical_accuracy":
      return try TopKCategoricalAccuracy(configuration: configuration, name: name)
    default:
      guard let loss = try LossRegistry.find(described) else {
        throw LaminaError(
          .unsupported, "unknown metric \"\(described.className)\"; known: \(known)")
      }
      return LossMetric(loss, name: name)
    }
  }
}
