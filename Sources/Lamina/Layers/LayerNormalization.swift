/// Brings each sample, or each of its places, to mean 0 and variance 1 over the
/// last axes, and from there to where it is useful:
///
///     y = gamma (x - mean) / sqrt(variance + epsilon) + beta
///
/// with the biased variance. Training and inference are the same.
///
/// - Input and output: any shape.
/// - Variables, of the shape of the normalized axes: `gamma`, ones, unless `scale`
///   is false; `beta`, zeros, unless `center` is false.
///
/// Sources: Ba, Kiros and Hinton, "Layer normalization", 2016;
/// keras/src/layers/normalization/layer_normalization.py
public final class LayerNormalization: Layer {
  /// The axes to normalize over, the last one or several last ones: -1 is the
  /// last, 1 the first of a sample.
  public let axes: [Int]
  /// Added to the variance, so that the division is possible.
  public let epsilon: Double
  /// Whether there is a beta.
  public let center: Bool
  /// Whether there is a gamma.
  public let scale: Bool
  public let betaInitializer: any Initializer
  public let gammaInitializer: any Initializer
  public let betaRegularizer: (any Regularizer)?
  public let gammaRegularizer: (any Regularizer)?
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "LayerNormalization"

  public init(
    axes: [Int] = [-1], epsilon: Double = 0.001, center: Bool = true, scale: Bool = true,
    betaInitializer: any Initializer = .zeros, gammaInitializer: any Initializer = .ones,
    betaRegularizer: (any Regularizer)? = nil, gammaRegularizer: (any Regularizer)? = nil,
    inputShape: Shape? = nil, name: String? = nil
  ) {
    self.axes = axes
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
    self.betaInitializer = betaInitializer
    self.gammaInitializer = gammaInitializer
    self.betaRegularizer = betaRegularizer
    self.gammaRegularizer = gammaRegularizer
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    _ = try inputs[0].elementCount()
    guard try inputs[0].trailingCount(of: axes) > 0 else {
      throw LaminaError(.invalidArgument, "expected at least one axis to normalize over")
    }
    guard epsilon >= 0, epsilon < .infinity else {
      throw LaminaError(.invalidArgument, "epsilon must be at least 0, got \(epsilon)")
    }
    return inputs[0]
  }

  public func variables(for inputs: [Shape]) -> [Variable] {
    let shape = inputs[0].suffix(axes.count)
    var variables: [Variable] = []
    if scale {
      variables.append(
        Variable(
          name: "gamma", shape: shape, initializer: gammaInitializer,
          regularizer: gammaRegularizer))
    }
    if center {
      variables.append(
        Variable(
          name: "beta", shape: shape, initializer: betaInitializer, regularizer: betaRegularizer))
    }
    return variables
  }

  /// y = (x - mean) / sqrt(variance + epsilon) gamma + beta
  public func forward(_ pass: LayerPass) {
    let length = pass.inputShape.innerCount(axes.count)
    pass.output.reshaped(columns: length)
      .assignRowsNormalized(
        pass.input.reshaped(columns: length), gamma: scale ? pass.variables[0] : nil,
        beta: center ? pass.variables[scale ? 1 : 0] : nil, epsilon: Float(epsilon))
  }

  /// With z = (x - mean) r, r = 1 / sqrt(variance + epsilon), g = dL/dy gamma, and
  /// means over the normalized axes: dL/dgamma = sum of dL/dy z, dL/dbeta = sum of
  /// dL/dy, dL/dx = r (g - mean of g - z mean of (g z))
  public func backward(_ pass: LayerPass) {
    let length = pass.inputShape.innerCount(axes.count)
    pass.outputGradient.reshaped(columns: length)
      .backpropagateRowsNormalized(
        inputs: pass.input.reshaped(columns: length), gamma: scale ? pass.variables[0] : nil,
        inputGradient: pass.inputGradient, gammaGradient: scale ? pass.variableGradients[0] : nil,
        betaGradient: center ? pass.variableGradients[scale ? 1 : 0] : nil,
        epsilon: Float(epsilon))
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("axis", .axes(axes)),
      JSON.Member("epsilon", .number(epsilon)),
      JSON.Member("center", .boolean(center)),
      JSON.Member("scale", .boolean(scale)),
      JSON.Member("beta_initializer", .described(betaInitializer)),
      JSON.Member("gamma_initializer", .described(gammaInitializer)),
    ] + JSON.regularizer("beta_regularizer", betaRegularizer)
      + JSON.regularizer("gamma_regularizer", gammaRegularizer)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    try configuration.require("beta_constraint")
    try configuration.require("gamma_constraint")
    try configuration.refuse("rms_scaling")
    self.init(
      axes: configuration["axis"] == nil ? [-1] : try configuration.axes("axis"),
      epsilon: try configuration.number("epsilon", default: 0.001),
      center: try configuration.boolean("center", default: true),
      scale: try configuration.boolean("scale", default: true),
      betaInitializer: try configuration.initializer("beta_initializer", default: .zeros),
      gammaInitializer: try configuration.initializer("gamma_initializer", default: .ones),
      betaRegularizer: try configuration.regularizer("beta_regularizer"),
      gammaRegularizer: try configuration.regularizer("gamma_regularizer"),
      name: configuration.name)
  }
}
