/// The losses that a configuration can name.
enum LossRegistry {
  private static let known =
    "BinaryCrossentropy, CategoricalCrossentropy, Hinge, Huber, KLDivergence, MeanAbsoluteError, "
    + "MeanSquaredError, SparseCategoricalCrossentropy"

  /// - Parameter json: what Keras writes, `{"class_name": ..., "config": {...}}`, or
  ///   a name that Keras accepts, such as "mse".
  /// - Throws: `.unsupported` where Lamina lacks the loss or a setting; `.format`
  static func make(_ json: JSON) throws(LaminaError) -> any Loss {
    if json["config"]?["reduction"] == .null {
      throw LaminaError(
        .unsupported, "\"reduction\" is null; a loss that is trained with must be one number")
    }
    let described = try DescribedObject(json)
    guard let loss = try find(described) else {
      throw LaminaError(.unsupported, "unknown loss \"\(described.className)\"; known: \(known)")
    }
    return loss
  }

  /// The loss; nil where there is none of that name.
  static func find(_ described: DescribedObject) throws(LaminaError) -> (any Loss)? {
    let configuration = described.configuration
    switch described.className {
    case "BinaryCrossentropy", "binary_crossentropy", "bce", "BCE":
      return try BinaryCrossentropy(configuration: configuration)
    case "CategoricalCrossentropy", "categorical_crossentropy":
      return try CategoricalCrossentropy(configuration: configuration)
    case "Hinge", "hinge":
      return try Hinge(configuration: configuration)
    case "Huber", "huber":
      return try Huber(configuration: configuration)
    case "KLDivergence", "kl_divergence", "kld", "KLD":
      return try KLDivergence(configuration: configuration)
    case "MeanAbsoluteError", "mean_absolute_error", "mae", "MAE":
      return try MeanAbsoluteError(configuration: configuration)
    case "MeanSquaredError", "mean_squared_error", "mse", "MSE":
      return try MeanSquaredError(configuration: configuration)
    case "SparseCategoricalCrossentropy", "sparse_categorical_crossentropy":
      return try SparseCategoricalCrossentropy(configuration: configuration)
    default:
      return nil
    }
  }
}

extension Configuration {
  /// - Throws: `.unsupported` where classes lie along another axis than the last.
  func requireLastAxis() throws(LaminaError) {
    let axis = try integer("axis", default: -1)
    guard axis == -1 else {
      throw LaminaError(.unsupported, "\"axis\" is \(axis); known: -1")
    }
  }
}
