extension DepthwiseConv2D {
  public var configuration: [JSON.Member] {
    [
      JSON.Member("depth_multiplier", .integer(depthMultiplier)),
      JSON.Member("kernel_size", kernelSize.json),
      JSON.Member("strides", strides.json),
      JSON.Member("padding", .string(padding.name)),
      JSON.Member("data_format", .string("channels_last")),
      JSON.Member("dilation_rate", dilation.json),
      JSON.Member("activation", activation.json),
      JSON.Member("use_bias", .boolean(useBias)),
      JSON.Member(
        "depthwise_initializer",
        .described(depthwiseInitializer.className, depthwiseInitializer.configuration)),
      JSON.Member(
        "bias_initializer", .described(biasInitializer.className, biasInitializer.configuration)),
      JSON.Member(
        "depthwise_regularizer",
        depthwiseRegularizer.map { .described($0.className, $0.configuration) } ?? .null),
      JSON.Member(
        "bias_regularizer",
        biasRegularizer.map { .described($0.className, $0.configuration) } ?? .null),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("data_format", "channels_last")
    for key in ["activity_regularizer", "depthwise_constraint", "bias_constraint"] {
      try configuration.require(key)
    }
    self.init(
      kernelSize: try configuration.size("kernel_size"),
      strides: try configuration.size("strides", default: 1),
      padding: try configuration.padding(),
      depthMultiplier: try configuration.integer("depth_multiplier", default: 1),
      dilation: try configuration.size("dilation_rate", default: 1),
      activation: try configuration.activation("activation"),
      useBias: try configuration.boolean("use_bias", default: true),
      depthwiseInitializer: try configuration.initializer(
        "depthwise_initializer", default: .glorotUniform),
      biasInitializer: try configuration.initializer("bias_initializer", default: .zeros),
      depthwiseRegularizer: try configuration.regularizer("depthwise_regularizer"),
      biasRegularizer: try configuration.regularizer("bias_regularizer"),
      name: configuration.name)
  }
}
