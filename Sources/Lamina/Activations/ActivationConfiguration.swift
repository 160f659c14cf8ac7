/// How activation functions are named and written.
///
/// Keras's names stand for its default settings. For others, which Keras writes
/// in ways of its own (a layer, a registered function), Lamina has a form that
/// Keras lacks: `{"class_name": "gelu", "config": {"approximate": true}}`.
extension ActivationFunction {
  /// Each function, with Keras's settings where it has any.
  static let all: [ActivationFunction] = [
    .linear, .relu, .leakyRelu, .relu6, .elu, .selu, .gelu, .silu, .sigmoid, .hardSigmoid, .tanh,
    .softplus, .softmax, .logSoftmax,
  ]

  /// Keras's name.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .relu: "relu"
    case .leakyRelu: "leaky_relu"
    case .relu6: "relu6"
    case .elu: "elu"
    case .selu: "selu"
    case .gelu: "gelu"
    case .silu: "silu"
    case .sigmoid: "sigmoid"
    case .hardSigmoid: "hard_sigmoid"
    case .tanh: "tanh"
    case .softplus: "softplus"
    case .softmax: "softmax"
    case .logSoftmax: "log_softmax"
    }
  }

  /// What a configuration holds: the name, with the settings where they are not
  /// those that the name stands for.
  public var json: JSON {
    ActivationFunction.all.contains(self) ? .string(name) : .described(name, settings)
  }

  private var settings: [JSON.Member] {
    switch self {
    case .leakyRelu(let slope): [JSON.Member("negative_slope", .number(of: slope))]
    case .elu(let alpha): [JSON.Member("alpha", .number(of: alpha))]
    case .gelu(let approximate): [JSON.Member("approximate", .boolean(approximate))]
    default: []
    }
  }

  /// - Parameter json: a name, or `{"class_name": name, "config": settings}`.
  /// - Throws: `.unsupported`, naming what there is; `.format` or
  ///   `.invalidArgument` where a setting is wrong.
  init(_ json: JSON) throws(LaminaError) {
    let described = try DescribedObject(json)
    let function = try ActivationFunction(named: described.className)
    try function.refuseOtherSettings(json["config"])
    self = try function.with(described.configuration)
    try check()
  }

  /// - Throws: `.unsupported`, naming what there is.
  init(named name: String) throws(LaminaError) {
    let name = name == "swish" ? "silu" : name
    for activation in ActivationFunction.all where activation.name == name {
      self = activation
      return
    }
    var known = ""
    for activation in ActivationFunction.all {
      known += (known.isEmpty ? "" : ", ") + activation.name
    }
    throw LaminaError(.unsupported, "unknown activation \"\(name)\"; known: \(known)")
  }

  /// - Throws: `.unsupported` where a setting is none of the function's.
  private func refuseOtherSettings(_ json: JSON?) throws(LaminaError) {
    guard case .object(let members) = json else { return }
    for member in members where !settings.contains(where: { $0.key == member.key }) {
      throw LaminaError(
        .unsupported, "activation \"\(name)\" has no setting \"\(member.key)\" here")
    }
  }

  /// The same function with these settings.
  private func with(_ settings: Configuration) throws(LaminaError) -> ActivationFunction {
    switch self {
    case .leakyRelu(let slope):
      let value = try settings.number("negative_slope", default: Double(slope))
      return .leakyRelu(negativeSlope: Float(value))
    case .elu(let alpha):
      return .elu(alpha: Float(try settings.number("alpha", default: Double(alpha))))
    case .gelu(let approximate):
      return .gelu(approximate: try settings.boolean("approximate", default: approximate))
    default:
      return self
    }
  }

  /// - Throws: `.invalidArgument` where a setting is out of range: the derivative
  ///   would not follow from the output.
  func check() throws(LaminaError) {
    switch self {
    case .leakyRelu(let slope) where !(slope >= 0 && slope.isFinite):
      throw LaminaError(
        .invalidArgument, "negative_slope must be at least 0 and finite, got \(slope)")
    case .elu(let alpha) where !(alpha >= 0 && alpha.isFinite):
      throw LaminaError(.invalidArgument, "alpha must be at least 0 and finite, got \(alpha)")
    default: break
    }
  }
}

extension Configuration {
  /// The activation under a key; linear where it is absent or null.
  func activation(_ key: String) throws(LaminaError) -> ActivationFunction {
    guard let json = self[key] else { return .linear }
    do { return try ActivationFunction(json) } catch { throw error.at("\"\(key)\"") }
  }
}
