/// A layer in which each unit sees all inputs: `y = f(x W + b)`.
///
/// - Input: [features]; output: [units]. Of an input with more axes the last one
///   is transformed: [..., features] gives [..., units].
/// - Variables: `kernel` W [features, units]; `bias` b [units], unless `useBias`
///   is false.
///
/// Source: keras/src/layers/core/dense.py
public final class Dense: Layer {
  public let units: Int
  public let activation: ActivationFunction
  public let useBias: Bool
  public let kernelInitializer: any Initializer
  public let biasInitializer: any Initializer
  public let kernelRegularizer: (any Regularizer)?
  public let biasRegularizer: (any Regularizer)?
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Dense"

  public init(
    _ units: Int, activation: ActivationFunction = .linear, useBias: Bool = true,
    kernelInitializer: any Initializer = .glorotUniform,
    biasInitializer: any Initializer = .zeros, kernelRegularizer: (any Regularizer)? = nil,
    biasRegularizer: (any Regularizer)? = nil, inputShape: Shape? = nil, name: String? = nil
  ) {
    self.units = units
    self.activation = activation
    self.useBias = useBias
    self.kernelInitializer = kernelInitializer
    self.biasInitializer = biasInitializer
    self.kernelRegularizer = kernelRegularizer
    self.biasRegularizer = biasRegularizer
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    try activation.check()
    guard units > 0 else {
      throw LaminaError(.invalidArgument, "units must be at least 1, got \(units)")
    }
    guard inputs[0].rank >= 1 else {
      throw LaminaError(.invalidArgument, "expected an input of at least one axis, got []")
    }
    return Shape(inputs[0].dimensions.dropLast() + [units])
  }

  public func variables(for inputs: [Shape]) -> [Variable] {
    let features = inputs[0].dimensions.last ?? 0
    let kernel = Variable(
      name: "kernel", shape: [features, units], initializer: kernelInitializer,
      regularizer: kernelRegularizer)
    let bias = Variable(
      name: "bias", shape: [units], initializer: biasInitializer, regularizer: biasRegularizer)
    return useBias ? [kernel, bias] : [kernel]
  }

  public func stateCount(for inputs: [Shape]) -> Int {
    let vectors = inputs[0].dimensions.dropLast().reduce(1, *)
    return activation.stateCount(vectors * units)
  }

  /// y = f(x W + b). Zeros of x are skipped where many are zero and W is finite.
  public func forward(_ pass: LayerPass) {
    let (x, kernel) = (vectors(pass.input, pass.variables[0].rows), pass.variables[0])
    let bias = useBias ? pass.variables[1] : nil
    let y = vectors(pass.output, units)
    let appliesRelu = activation == .relu
    let isDone =
      x.isSparse(multipliedBy: units)
      && y.assignSparseProduct(x, checked: kernel, bias: bias, appliesRelu: appliesRelu)
    if !isDone { y.assignProduct(x, kernel, bias: bias, clipping: appliesRelu) }
    if !appliesRelu { activation.apply(to: y, state: pass.state) }
  }

  /// With d = dL/dy * f'(x W + b):
  /// dL/dW = transposed(x) d, dL/db = sum of d over the batch,
  /// dL/dx = d transposed(W)
  public func backward(_ pass: LayerPass) {
    let (x, kernel) = (vectors(pass.input, pass.variables[0].rows), pass.variables[0])
    let delta = vectors(pass.outputGradient, units)
    activation.backpropagate(
      outputs: vectors(pass.output, units), state: pass.state, gradient: delta)
    if let gradient = pass.variableGradients[0] { assign(gradient, x, delta) }
    if useBias { pass.variableGradients[1]?.assignColumnSums(of: delta) }
    if let inputGradient = pass.inputGradient {
      vectors(inputGradient, kernel.rows).assignProduct(delta, transposed: kernel)
    }
  }

  /// gradient = transposed(x) delta. Zeros of x are skipped where many are zero
  /// and delta is finite.
  private func assign(_ gradient: MatrixView, _ x: MatrixView, _ delta: MatrixView) {
    if x.isSparse(transposedAndMultipliedBy: units), delta.isFinite {
      gradient.assignSparseProduct(transposed: x, delta)
    } else {
      gradient.assignProduct(transposed: x, delta)
    }
  }

  /// A batch with a row for each vector along the last axis.
  private func vectors(_ batch: MatrixView, _ length: Int) -> MatrixView {
    batch.reshaped(columns: length)
  }

  public var inferenceForm: InferenceForm { .dense(activation) }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("units", .integer(units)),
      JSON.Member("activation", activation.json),
      JSON.Member("use_bias", .boolean(useBias)),
    ] + JSON.initializer("kernel_initializer", kernelInitializer, default: "GlorotUniform")
      + JSON.initializer("bias_initializer", biasInitializer, default: "Zeros")
      + JSON.regularizer("kernel_regularizer", kernelRegularizer)
      + JSON.regularizer("bias_regularizer", biasRegularizer)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    for key in [
      "activity_regularizer", "kernel_constraint", "bias_constraint", "lora_rank",
      "quantization_config",
    ] {
      try configuration.require(key)
    }
    self.init(
      try configuration.integer("units"),
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
