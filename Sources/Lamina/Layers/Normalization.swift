/// Brings features to mean 0 and variance 1 by statistics that are known before
/// the training: `y = (x - mean) / max(sqrt(variance), 1e-7)`.
///
/// The statistics are given, or `adapt` finds them in samples. They belong to the
/// places of the last axes that `axes` names and are the same for all others.
///
/// - Input and output: any shape.
/// - Variables, where the statistics are not given: `mean` and `variance`, of the
///   shape of the axes, and `count`, a number that is 0, as Keras has it. No
///   training changes them. Without `adapt` they are 0 and 1.
///
/// Source: keras/src/layers/preprocessing/normalization.py
public final class Normalization: Layer {
  /// The axes with statistics of their own, several last ones, the last one, or
  /// none: -1 is the last, 1 the first of a sample.
  public let axes: [Int]
  /// One number, or one for each place of the last axis; nil where `adapt` finds
  /// it.
  public let mean: [Float]?
  /// As `mean`.
  public let variance: [Float]?
  /// Whether the way back is taken: `y = x max(sqrt(variance), 1e-7) + mean`.
  public let invert: Bool
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Normalization"

  /// What `adapt` has found; nil before.
  public private(set) var statistics: FeatureStatistics?

  /// Statistics that `adapt` will find.
  public init(
    axes: [Int] = [-1], invert: Bool = false, inputShape: Shape? = nil, name: String? = nil
  ) {
    self.axes = axes
    self.mean = nil
    self.variance = nil
    self.invert = invert
    self.inputShape = inputShape
    self.name = name
  }

  /// Statistics that are known: one number, or one for each place of the last axis.
  public init(
    mean: [Float], variance: [Float], axes: [Int] = [-1], invert: Bool = false,
    inputShape: Shape? = nil, name: String? = nil
  ) {
    self.axes = axes
    self.mean = mean
    self.variance = variance
    self.invert = invert
    self.inputShape = inputShape
    self.name = name
  }

  /// Takes mean and variance from samples, in place of earlier ones. Must come
  /// before the model is built, which reads them once; `Model.adapt` is for later.
  ///
  /// - Throws: `.invalidArgument` where there are no samples, the axes are not
  ///   theirs, or the statistics were given.
  public func adapt(_ samples: Samples) throws(LaminaError) {
    try adapt(samples, divisor: 1)
  }

  /// The same; the tensor's first axis counts the samples.
  public func adapt(_ samples: Tensor) throws(LaminaError) {
    try adapt(try Samples(samples), divisor: 1)
  }

  /// The same with the first input of a data set, after its preprocessing.
  public func adapt(_ data: Dataset) throws(LaminaError) {
    guard let samples = data.inputs.first else { return }
    var divisor: Float = 1
    if case .uint8 = samples.elements { divisor = data.divisor }
    try adapt(samples, divisor: divisor)
  }

  private func adapt(_ samples: Samples, divisor: Float) throws(LaminaError) {
    guard mean == nil else {
      throw LaminaError(.invalidArgument, "adapt: mean and variance were given")
    }
    guard samples.count > 0 else {
      throw LaminaError(.invalidArgument, "adapt: expected at least one sample")
    }
    _ = try samples.shape.elementCount()
    let shape = samples.shape.suffix(try samples.shape.trailingCount(of: axes))
    let found = FeatureStatistics(of: samples, shape: shape, divisor: divisor)
    guard (found.mean + found.variance).allSatisfy({ $0.isFinite }) else {
      throw LaminaError(
        .invalidArgument, "adapt: expected finite samples, their mean or variance is not")
    }
    statistics = found
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    let input = inputs[0]
    _ = try input.elementCount()
    let shape = input.suffix(try input.trailingCount(of: axes))
    if let statistics, statistics.shape != shape {
      throw LaminaError(
        .invalidArgument,
        "was adapted to features of shape \(statistics.shape), the input has \(shape)")
    }
    guard let mean, let variance else { return input }
    let counts = axes.isEmpty ? [1] : [1, input.dimensions.last ?? 1]
    guard mean.count == variance.count, counts.contains(mean.count) else {
      throw LaminaError(
        .invalidArgument,
        "mean has \(mean.count) and variance \(variance.count) numbers; expected "
          + (axes.isEmpty ? "one" : "one, or one for each place of the last axis of \(input)"))
    }
    guard mean.allSatisfy({ $0.isFinite }), variance.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
      throw LaminaError(
        .invalidArgument, "a variance is negative, or float32 cannot hold a mean or a variance")
    }
    return input
  }

  public func variables(for inputs: [Shape]) -> [Variable] {
    guard mean == nil else { return [] }
    let shape = inputs[0].suffix(axes.count)
    let mean: any Initializer = statistics.map { FixedValues($0.mean) } ?? .zeros
    let variance: any Initializer = statistics.map { FixedValues($0.variance) } ?? .ones
    return [
      Variable(name: "mean", shape: shape, initializer: mean, isTrainable: false),
      Variable(name: "variance", shape: shape, initializer: variance, isTrainable: false),
      Variable(name: "count", shape: [], initializer: .zeros, isTrainable: false),
    ]
  }

  public func workspaceCount(for inputs: [Shape]) -> Int {
    3 * inputs[0].innerCount(axes.count)
  }

  /// y = (x - mean) / max(sqrt(variance), 1e-7)
  public func forward(_ pass: LayerPass) {
    let features = pass.inputShape.innerCount(axes.count)
    let means = pass.workspace.piece(0, length: features)
    let scales = pass.workspace.piece(1, length: features)
    let shifts = pass.workspace.piece(2, length: features)
    assignMeans(means, pass)
    assignScales(scales, pass)
    shifts.fill(0)
    if invert {
      shifts.assign(means)
      means.fill(0)
    }
    pass.output.reshaped(columns: features)
      .assignNormalized(
        pass.input.reshaped(columns: features), means: means, scales: scales, shifts: shifts)
  }

  /// dL/dx = dL/dy / max(sqrt(variance), 1e-7)
  public func backward(_ pass: LayerPass) {
    guard let inputGradient = pass.inputGradient else { return }
    let features = pass.inputShape.innerCount(axes.count)
    let zeros = pass.workspace.piece(0, length: features)
    let scales = pass.workspace.piece(1, length: features)
    zeros.fill(0)
    assignScales(scales, pass)
    inputGradient.reshaped(columns: features)
      .assignNormalized(
        pass.outputGradient.reshaped(columns: features), means: zeros, scales: scales, shifts: zeros
      )
  }

  private func assignMeans(_ means: MatrixView, _ pass: LayerPass) {
    guard let mean else { return means.assign(pass.variables[0].reshaped(columns: means.count)) }
    for feature in 0..<means.count { means[0, feature] = mean[feature % mean.count] }
  }

  /// What a distance from the mean is multiplied by.
  private func assignScales(_ scales: MatrixView, _ pass: LayerPass) {
    for feature in 0..<scales.count {
      let deviation = max(standardDeviation(feature, pass), Normalization.smallestDeviation)
      scales[0, feature] = invert ? deviation : 1 / deviation
    }
  }

  private func standardDeviation(_ feature: Int, _ pass: LayerPass) -> Float {
    guard let variance else {
      let variances = pass.variables[1]
      return variances.reshaped(columns: variances.count)[0, feature].squareRoot()
    }
    return variance[feature % variance.count].squareRoot()
  }

  /// Keras's backend.epsilon()
  private static let smallestDeviation: Float = 1e-7

  public var configuration: [JSON.Member] {
    [
      JSON.Member("axis", .axes(axes)),
      JSON.Member("invert", .boolean(invert)),
      JSON.Member("mean", mean.map { .numbers($0) } ?? .null),
      JSON.Member("variance", variance.map { .numbers($0) } ?? .null),
    ]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    let axes = configuration["axis"] == nil ? [-1] : try configuration.axes("axis")
    let invert = try configuration.boolean("invert", default: false)
    guard configuration["mean"] != nil || configuration["variance"] != nil else {
      self.init(axes: axes, invert: invert, name: configuration.name)
      return
    }
    self.init(
      mean: try configuration.floats("mean"), variance: try configuration.floats("variance"),
      axes: axes, invert: invert, name: configuration.name)
  }
}
