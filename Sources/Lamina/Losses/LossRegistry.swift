/// The losses that a configuration can name.
enum LossRegistry {
  private struct Entry: Sendable {
    let className: String
    /// What else Keras accepts.
    let identifiers: [String]
    let make: @Sendable (Configuration) throws(LaminaError) -> any Loss

    init(
      _ className: String, _ identifiers: [String],
      _ make: @escaping @Sendable (Configuration) throws(LaminaError) -> any Loss
    ) {
      self.className = className
      self.identifiers = identifiers
      self.make = make
    }
  }

  private static let entries: [Entry] = [
    Entry(
      "BinaryCrossentropy", ["binary_crossentropy", "bce", "BCE"],
      BinaryCrossentropy.init(configuration:)),
    Entry(
      "CategoricalCrossentropy", ["categorical_crossentropy"],
      CategoricalCrossentropy.init(configuration:)),
    Entry("Hinge", ["hinge"], Hinge.init(configuration:)),
    Entry("Huber", ["huber"], Huber.init(configuration:)),
    Entry("KLDivergence", ["kl_divergence", "kld", "KLD"], KLDivergence.init(configuration:)),
    Entry(
      "MeanAbsoluteError", ["mean_absolute_error", "mae", "MAE"],
      MeanAbsoluteError.init(configuration:)),
    Entry(
      "MeanSquaredError", ["mean_squared_error", "mse", "MSE"],
      MeanSquaredError.init(configuration:)),
    Entry(
      "SparseCategoricalCrossentropy", ["sparse_categorical_crossentropy"],
      SparseCategoricalCrossentropy.init(configuration:)),
  ]

  /// The names of the classes that are known, sorted.
  static var classNames: [String] { entries.map { $0.className } }

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
      throw LaminaError(
        .unsupported,
        "unknown loss \"\(described.className)\"; known: \(classNames.joined(separator: ", "))")
    }
    return loss
  }

  /// The loss; nil where there is none of that name.
  static func find(_ described: DescribedObject) throws(LaminaError) -> (any Loss)? {
    for entry in entries
    where entry.className == described.className
      || entry.identifiers.contains(described.className)
    {
      return try entry.make(described.configuration)
    }
    return nil
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
