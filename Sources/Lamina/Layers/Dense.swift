/// A layer in which each unit sees all inputs: `y = f(x W + b)`.
///
/// - Input: [features]; output: [units].
/// - Variables: `kernel` W [features, units], Glorot uniform; `bias` b [units],
///   zeros, unless `useBias` is false.
///
/// Source: keras/src/layers/core/dense.py
public final class Dense: Layer {
  public let units: Int
  public let activation: Activation
  public let useBias: Bool
  public let inputShape: Shape?
  public let name: String?
  public let className = "Dense"

  public init(
    _ units: Int, activation: Activation = .linear, useBias: Bool = true,
    inputShape: Shape? = nil, name: String? = nil
  ) {
    self.units = units
    self.activation = activation
    self.useBias = useBias
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for input: Shape) throws(LaminaError) -> Shape {
    guard units > 0 else {
      throw LaminaError(.invalidArgument, "units must be at least 1, got \(units)")
    }
    guard input.rank == 1 else {
      throw LaminaError(
        .invalidArgument, "expected an input of one axis (a Flatten before it?), got \(input)")
    }
    return [units]
  }

  public func variables(for input: Shape) -> [Variable] {
    let kernel = Variable(
      name: "kernel", shape: [input.dimensions[0], units], initializer: .glorotUniform)
    let bias = Variable(name: "bias", shape: [units], initializer: .zeros)
    return useBias ? [kernel, bias] : [kernel]
  }

  /// y = f(x W + b)
  public func forward(_ pass: LayerPass) {
    pass.output.assignProduct(pass.input, pass.variables[0])
    if useBias { pass.output.add(toEachRow: pass.variables[1]) }
    activation.apply(to: pass.output)
  }

  /// With d = dL/dy * f'(x W + b):
  /// dL/dW = transposed(x) d, dL/db = sum of d over the batch,
  /// dL/dx = d transposed(W)
  public func backward(_ pass: LayerPass) {
    let delta = pass.outputGradient
    activation.backpropagate(outputs: pass.output, gradient: delta)
    pass.variableGradients[0].assignProduct(transposed: pass.input, delta)
    if useBias { pass.variableGradients[1].assignColumnSums(of: delta) }
    pass.inputGradient?.assignProduct(delta, transposed: pass.variables[0])
  }

  public var inferenceForm: InferenceForm { .dense(activation: activation, hasBias: useBias) }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("units", .integer(units)),
      JSON.Member("activation", .string(activation.name)),
      JSON.Member("use_bias", .boolean(useBias)),
    ]
  }

  convenience init(configuration: LayerConfiguration) throws(LaminaError) {
    try configuration.require("kernel_initializer", "GlorotUniform", "glorot_uniform")
    try configuration.require("bias_initializer", "Zeros", "zeros")
    for key in [
      "kernel_regularizer", "bias_regularizer", "activity_regularizer", "kernel_constraint",
      "bias_constraint", "lora_rank", "quantization_config",
    ] {
      try configuration.require(key)
    }
    self.init(
      try configuration.integer("units"),
      activation: try Activation(named: configuration.string("activation", default: "linear")),
      useBias: try configuration.boolean("use_bias", default: true),
      name: configuration.name)
  }
}
