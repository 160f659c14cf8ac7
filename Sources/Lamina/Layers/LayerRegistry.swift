/// The layers that a configuration can name.
enum LayerRegistry {
  static func make(
    className: String, configuration: Configuration
  ) throws(LaminaError) -> any Layer {
    switch className {
    case "Dense": return try Dense(configuration: configuration)
    case "Dropout": return try Dropout(configuration: configuration)
    case "Flatten": return try Flatten(configuration: configuration)
    case "Activation": return try Activation(configuration: configuration)
    case "Conv2D": return try Conv2D(configuration: configuration)
    case "DepthwiseConv2D": return try DepthwiseConv2D(configuration: configuration)
    case "MaxPooling2D": return try MaxPooling2D(configuration: configuration)
    case "AveragePooling2D": return try AveragePooling2D(configuration: configuration)
    case "GlobalMaxPooling2D": return try GlobalMaxPooling2D(configuration: configuration)
    case "GlobalAveragePooling2D": return try GlobalAveragePooling2D(configuration: configuration)
    case "ZeroPadding2D": return try ZeroPadding2D(configuration: configuration)
    case "Reshape": return try Reshape(configuration: configuration)
    case "BatchNormalization": return try BatchNormalization(configuration: configuration)
    case "LayerNormalization": return try LayerNormalization(configuration: configuration)
    case "Add": return Add(configuration: configuration)
    case "Multiply": return Multiply(configuration: configuration)
    case "Average": return Average(configuration: configuration)
    case "Maximum": return Maximum(configuration: configuration)
    case "Concatenate": return try Concatenate(configuration: configuration)
    case "Rescaling": return try Rescaling(configuration: configuration)
    case "Normalization": return try Normalization(configuration: configuration)
    case "RandomTranslation": return try RandomTranslation(configuration: configuration)
    case "RandomRotation": return try RandomRotation(configuration: configuration)
    case "RandomZoom": return try RandomZoom(configuration: configuration)
    default:
      throw LaminaError(
        .unsupported,
        """
        unknown layer class "\(className)"; known: Dense, Dropout, Flatten, Activation, \
        Conv2D, DepthwiseConv2D, MaxPooling2D, AveragePooling2D, GlobalMaxPooling2D, \
        GlobalAveragePooling2D, ZeroPadding2D, Reshape, BatchNormalization, LayerNormalization, \
        Add, Multiply, Average, Maximum, Concatenate, Rescaling, Normalization, \
        RandomTranslation, RandomRotation, RandomZoom
        """)
    }
  }
}
