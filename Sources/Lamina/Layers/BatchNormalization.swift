/// Brings each channel, a place of the last axis, to mean 0 and variance 1, and
/// from there to where it is useful:
///
///     y = gamma (x - mean) / sqrt(variance + epsilon) + beta
///
/// While training, mean and variance (the biased one) are those of the batch,
/// over all axes but the last, and the moving ones follow them:
///
///     moving = moving momentum + batch (1 - momentum)
///
/// Afterwards, and where `trainable` is false, they are the moving ones.
///
/// - Input and output: [..., channels].
/// - Variables, [channels] each: `gamma`, ones, unless `scale` is false; `beta`,
///   zeros, unless `center` is false; `moving_mean`, zeros, and
///   `moving_variance`, ones, which no gradient changes.
///
/// Sources: Ioffe and Szegedy, "Batch normalization: accelerating deep network
/// training by reducing internal covariate shift", 2015;
/// keras/src/layers/normalization/batch_normalization.py
public final class BatchNormalization: Layer {
  /// The channels' axis, the last one: -1, or its number counted from the
  /// batch's, which is 0.
  public let axis: Int
  /// How much of the moving statistics a batch leaves, 0 to 1.
  public let momentum: Double
  /// Added to the variance, so that the division is possible.
  public let epsilon: Double
  /// Whether there is a beta.
  public let center: Bool
  /// Whether there is a gamma.
  public let scale: Bool
  public let betaInitializer: any Initializer
  public let gammaInitializer: any Initializer
  public let movingMeanInitializer: any Initializer
  public let movingVarianceInitializer: any Initializer
  public let betaRegularizer: (any Regularizer)?
  public let gammaRegularizer: (any Regularizer)?
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "BatchNormalization"

  public init(
    axis: Int = -1, momentum: Double = 0.99, epsilon: Double = 0.001, center: Bool = true,
    scale: Bool = true, betaInitializer: any Initializer = .zeros,
    gammaInitializer: any Initializer = .ones, movingMeanInitializer: any Initializer = .zeros,
    movingVarianceInitializer: any Initializer = .ones,
    betaRegularizer: (any Regularizer)? = nil, gammaRegularizer: (any Regularizer)? = nil,
    inputShape: Shape? = nil, name: String? = nil
  ) {
    self.axis = axis
    self.momentum = momentum
    self.epsilon = epsilon
    self.center = center
    self.scale = scale
    self.betaInitializer = betaInitializer
    self.gammaInitializer = gammaInitializer
    self.movingMeanInitializer = movingMeanInitializer
    self.movingVarianceInitializer = movingVarianceInitializer
    self.betaRegularizer = betaRegularizer
    self.gammaRegularizer = gammaRegularizer
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    _ = try inputs[0].elementCount()
    _ = try inputs[0].trailingCount(of: [axis])
    guard momentum >= 0, momentum <= 1 else {
      throw LaminaError(.invalidArgument, "momentum must be 0 to 1, got \(momentum)")
    }
    guard epsilon >= 0, epsilon < .infinity else {
      throw LaminaError(.invalidArgument, "epsilon must be at least 0, got \(epsilon)")
    }
    return inputs[0]
  }

  public func variables(for inputs: [Shape]) -> [Variable] {
    let shape = inputs[0].suffix(1)
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
    variables.append(
      Variable(
        name: "moving_mean", shape: shape, initializer: movingMeanInitializer, isTrainable: false))
    variables.append(
      Variable(
        name: "moving_variance", shape: shape, initializer: movingVarianceInitializer,
        isTrainable: false))
    return variables
  }

  /// The batch's mean and 1 / sqrt(variance + epsilon) of each channel, in the
  /// first row.
  public func stateCount(for inputs: [Shape]) -> Int { 2 * channels(inputs[0]) }

  public func workspaceCount(for inputs: [Shape]) -> Int { 5 * channels(inputs[0]) }

  /// y = (x - mean) gamma / sqrt(variance + epsilon) + beta
  public func forward(_ pass: LayerPass) {
    let channels = channels(pass.inputShape)
    let input = pass.input.reshaped(columns: channels)
    let means = piece(.means, of: pass)
    let inverses = piece(.inverses, of: pass)
    if usesBatch(pass) {
      // The second piece is the variances until they have been used.
      input.columnMoments(means: means, variances: inverses, workers: pass.workers)
      move(pass.variables[pass.variables.count - 2], towards: means)
      move(pass.variables[pass.variables.count - 1], towards: inverses)
      invertRoots(inverses, of: inverses)
      pass.state.piece(0, length: channels).assign(means)
      pass.state.piece(1, length: channels).assign(inverses)
    } else {
      useMovingStatistics(pass)
    }
    let scales = piece(.scales, of: pass)
    let shifts = piece(.shifts, of: pass)
    assignScales(scales, inverses, pass.variables)
    assignShifts(shifts, pass.variables)
    pass.output.reshaped(columns: channels)
      .assignNormalized(
        input, means: means, scales: scales, shifts: shifts, workers: pass.workers)
  }

  public var inferenceForm: InferenceForm { .normalization(self) }

  /// What a trained network computes with: y = (x - means) scales + shifts
  func assignInferenceFactors(
    _ variables: [MatrixView], means: MatrixView, scales: MatrixView, shifts: MatrixView
  ) {
    means.assign(variables[variables.count - 2])
    invertRoots(scales, of: variables[variables.count - 1])
    assignScales(scales, scales, variables)
    assignShifts(shifts, variables)
  }

  /// With n numbers in a channel, r = 1 / sqrt(variance + epsilon) and g = dL/dy:
  /// dL/dbeta = sum of g, dL/dgamma = r sum of g (x - mean), and, by the batch's
  /// statistics,
  /// dL/dx = gamma r (g - sum of g / n - (x - mean) r^2 sum of g (x - mean) / n);
  /// by the moving ones, dL/dx = gamma r g.
  public func backward(_ pass: LayerPass) {
    let channels = channels(pass.inputShape)
    let input = pass.input.reshaped(columns: channels)
    let gradient = pass.outputGradient.reshaped(columns: channels)
    let means = piece(.means, of: pass)
    let inverses = piece(.inverses, of: pass)
    let sums = piece(.shifts, of: pass)
    let products = piece(.products, of: pass)
    if usesBatch(pass) {
      means.assign(pass.state.piece(0, length: channels))
      inverses.assign(pass.state.piece(1, length: channels))
    } else {
      useMovingStatistics(pass)
    }
    gradient.columnSums(
      inputs: input, means: means, sums: sums, products: products, workers: pass.workers)
    if scale {
      pass.variableGradients[0]?.assignElementwiseProduct(products, inverses)
    }
    if center { pass.variableGradients[scale ? 1 : 0]?.assign(sums) }
    guard let inputGradient = pass.inputGradient else { return }
    for channel in 0..<channels {
      let share = usesBatch(pass) ? 1 / Float(input.rows) : 0
      sums[0, channel] *= share
      products[0, channel] *= share * inverses[0, channel] * inverses[0, channel]
    }
    let scales = piece(.scales, of: pass)
    assignScales(scales, inverses, pass.variables)
    inputGradient.reshaped(columns: channels)
      .assignNormalizationGradient(
        gradient, inputs: input, means: means, scales: scales, gradientMeans: sums,
        slopes: products, workers: pass.workers)
  }

  /// What the pieces of the workspace, a number for each channel, hold.
  private enum Piece: Int {
    case means, inverses, scales, shifts, products
  }

  private func piece(_ piece: Piece, of pass: LayerPass) -> MatrixView {
    pass.workspace.piece(piece.rawValue, length: channels(pass.inputShape))
  }

  private func channels(_ input: Shape) -> Int { input.dimensions.last ?? 0 }

  private func usesBatch(_ pass: LayerPass) -> Bool { pass.isTraining && trainable }

  private func useMovingStatistics(_ pass: LayerPass) {
    let count = pass.variables.count
    piece(.means, of: pass).assign(pass.variables[count - 2])
    invertRoots(piece(.inverses, of: pass), of: pass.variables[count - 1])
  }

  /// gamma / sqrt(variance + epsilon)
  private func assignScales(
    _ scales: MatrixView, _ inverses: MatrixView, _ variables: [MatrixView]
  ) {
    for channel in 0..<scales.count {
      scales[0, channel] = inverses[0, channel] * (scale ? variables[0][0, channel] : 1)
    }
  }

  private func assignShifts(_ shifts: MatrixView, _ variables: [MatrixView]) {
    if center { shifts.assign(variables[scale ? 1 : 0]) } else { shifts.fill(0) }
  }

  private func invertRoots(_ result: MatrixView, of variances: MatrixView) {
    for channel in 0..<result.count {
      result[0, channel] = 1 / (variances[0, channel] + Float(epsilon)).squareRoot()
    }
  }

  /// moving = moving momentum + batch (1 - momentum)
  private func move(_ moving: MatrixView, towards batch: MatrixView) {
    let (kept, taken) = (Float(momentum), Float(1 - momentum))
    for channel in 0..<moving.count {
      moving[0, channel] = moving[0, channel] * kept + batch[0, channel] * taken
    }
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("axis", .integer(axis)),
      JSON.Member("momentum", .number(momentum)),
      JSON.Member("epsilon", .number(epsilon)),
      JSON.Member("center", .boolean(center)),
      JSON.Member("scale", .boolean(scale)),
      JSON.Member("beta_initializer", .described(betaInitializer)),
      JSON.Member("gamma_initializer", .described(gammaInitializer)),
      JSON.Member("moving_mean_initializer", .described(movingMeanInitializer)),
      JSON.Member("moving_variance_initializer", .described(movingVarianceInitializer)),
    ] + JSON.regularizer("beta_regularizer", betaRegularizer)
      + JSON.regularizer("gamma_regularizer", gammaRegularizer)
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    for key in ["beta_constraint", "gamma_constraint", "renorm_clipping"] {
      try configuration.require(key)
    }
    try configuration.refuse("renorm")
    try configuration.refuse("synchronized")
    self.init(
      axis: try configuration.integer("axis", default: -1),
      momentum: try configuration.number("momentum", default: 0.99),
      epsilon: try configuration.number("epsilon", default: 0.001),
      center: try configuration.boolean("center", default: true),
      scale: try configuration.boolean("scale", default: true),
      betaInitializer: try configuration.initializer("beta_initializer", default: .zeros),
      gammaInitializer: try configuration.initializer("gamma_initializer", default: .ones),
      movingMeanInitializer: try configuration.initializer(
        "moving_mean_initializer", default: .zeros),
      movingVarianceInitializer: try configuration.initializer(
        "moving_variance_initializer", default: .ones),
      betaRegularizer: try configuration.regularizer("beta_regularizer"),
      gammaRegularizer: try configuration.regularizer("gamma_regularizer"),
      name: configuration.name)
  }
}
