/// The layers that a configuration can name.
enum LayerRegistry {
  private struct Entry: Sendable {
    let className: String
    let make: @Sendable (Configuration) throws(LaminaError) -> any Layer

    init(
      _ className: String,
      _ make: @escaping @Sendable (Configuration) throws(LaminaError) -> any Layer
    ) {
      self.className = className
      self.make = make
    }
  }

  private static let entries: [Entry] = [
    Entry("Activation", Activation.init(configuration:)),
    Entry("Add", Add.init(configuration:)),
    Entry("Average", Average.init(configuration:)),
    Entry("AveragePooling2D", AveragePooling2D.init(configuration:)),
    Entry("BatchNormalization", BatchNormalization.init(configuration:)),
    Entry("Concatenate", Concatenate.init(configuration:)),
    Entry("Conv2D", Conv2D.init(configuration:)),
    Entry("Dense", Dense.init(configuration:)),
    Entry("DepthwiseConv2D", DepthwiseConv2D.init(configuration:)),
    Entry("Dropout", Dropout.init(configuration:)),
    Entry("Flatten", Flatten.init(configuration:)),
    Entry("GlobalAveragePooling2D", GlobalAveragePooling2D.init(configuration:)),
    Entry("GlobalMaxPooling2D", GlobalMaxPooling2D.init(configuration:)),
    Entry("LayerNormalization", LayerNormalization.init(configuration:)),
    Entry("MaxPooling2D", MaxPooling2D.init(configuration:)),
    Entry("Maximum", Maximum.init(configuration:)),
    Entry("Multiply", Multiply.init(configuration:)),
    Entry("Normalization", Normalization.init(configuration:)),
    Entry("RandomRotation", RandomRotation.init(configuration:)),
    Entry("RandomTranslation", RandomTranslation.init(configuration:)),
    Entry("RandomZoom", RandomZoom.init(configuration:)),
    Entry("Rescaling", Rescaling.init(configuration:)),
    Entry("Reshape", Reshape.init(configuration:)),
    Entry("ZeroPadding2D", ZeroPadding2D.init(configuration:)),
  ]

  /// The names of the classes that are known, sorted.
  static var classNames: [String] { entries.map { $0.className } }

  /// - Throws: `.unsupported` where Lamina lacks the layer or a setting; what
  ///   the layer's own reading throws.
  static func make(
    className: String, configuration: Configuration
  ) throws(LaminaError) -> any Layer {
    for entry in entries where entry.className == className {
      return try entry.make(configuration)
    }
    throw LaminaError(
      .unsupported,
      "unknown layer class \"\(className)\"; known: \(classNames.joined(separator: ", "))")
  }
}
