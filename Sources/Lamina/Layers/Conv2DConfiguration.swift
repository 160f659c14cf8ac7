extension Conv2D {
  public var configuration: [JSON.Member] {
    [
      JSON.Member("filters", .integer(filters)),
      JSON.Member("kernel_size", kernelSize.json),
      JSON.Member("strides", strides.json),
      JSON.Member("padding", .string(padding.name)),
      JSON.Member("data_format", .string("channels_last")),
      JSON.Member("dilation_rate", dilation.json),
      JSON.Member("groups", .integer(1)),
      JSON.Member("activation", activation.json),
      JSON.Member("use_bias", .boolean(useBias)),
      JSON.Member(
        "kernel_initializer",
        .described(kernelInitializer.className, kernelInitializer.configuration)),
      JSON.Member(
        "bias_initializer", .described(biasInitializer.className, biasInitializer.configuration)),
      JSON.Member(
        "kernel_regularizer",
        kernelRegularizer.map { .described($0.className, $0.configuration) } ?? .null),
      JSON.Member(
        "bias_regularizer",
        biasRegularizer.map { .described($0.className, $0.configuration) } ?? .null),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("data_format", "channels_last")
    try configuration.requireOneGroup()
    for key in [
      "activity_regularizer", "kernel_constraint", "bias_constraint", "lora_rank",
      "quantization_config",
    ] {
      try configuration.require(key)
    }
    self.init(
      try configuration.integer("filters"),
      kernelSize: try configuration.size("kernel_size"),
      strides: try configuration.size("strides", default: 1),
      padding: try configuration.padding(),
      dilation: try configuration.size("dilation_rate", default: 1),
      activation: try configuration.activation("activation"),
      useBias: try configuration.boolean("use_bias", default: true),
      kernelInitializer: try configuration.initializer(
        "kernel_initializer", default: .glorotUniform),
      biasInitializer: try configuration.initializer("bias_initializer", default: .zeros),
      kernelRegularizer: try configuration.regularizer("kernel_regularizer"),
      biasRegularizer: try configuration.regularizer("bias_regularizer"),
      name: configuration.name)
  }
}

extension Configuration {
  fileprivate func requireOneGroup() throws(LaminaError) {
    let groups = try integer("groups", default: 1)
    guard groups == 1 else {
      throw LaminaError(.unsupported, "\"groups\" is \(groups); known: 1")
    }
  }
}
