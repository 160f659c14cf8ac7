/// How gradients change parameters.
///
/// An optimizer holds configuration only; what it remembers for each parameter
/// is in slots, which belong to the training. A step first clips the gradients,
/// then decays the parameters, then calls `update` (see `ParameterUpdate`).
///
/// Source: keras/src/optimizers/base_optimizer.py
public protocol Optimizer: AnyObject, Sendable {
  /// Keras's class name, such as "Adam".
  var className: String { get }

  /// Keras's name, such as "adam".
  var name: String { get }

  /// What the constructor was given, by Keras's names.
  var configuration: [JSON.Member] { get }

  /// How far a step goes; single precision, as in Keras.
  var learningRate: LearningRate { get }

  /// What is taken from the parameters before each step.
  var weightDecay: WeightDecay? { get }

  /// How large gradients are made smaller.
  var clipping: GradientClipping? { get }

  /// The numbers that it keeps for each parameter.
  var slots: [OptimizerSlot] { get }

  /// - Throws: `.invalidArgument` where a setting is out of range, `.unsupported`
  ///   where it is none that Lamina has.
  func check() throws(LaminaError)

  /// Changes parameters in one loop. Allocates nothing.
  func update(_ step: OptimizerStep)
}

extension Optimizer {
  public func check() throws(LaminaError) { try checkSharedSettings() }

  /// - Throws: `.invalidArgument` where a setting is not 0 to 1.
  func checkFraction(_ name: StaticString, _ value: Double) throws(LaminaError) {
    guard value >= 0, value <= 1 else {
      throw LaminaError(.invalidArgument, "\(name) must be 0 to 1, got \(value)")
    }
  }

  /// - Throws: `.invalidArgument` where a setting is not a number from 0 on.
  func checkNotNegative(_ name: StaticString, _ value: Double) throws(LaminaError) {
    guard value >= 0, value.isFinite else {
      throw LaminaError(.invalidArgument, "\(name) must be at least 0, got \(value)")
    }
  }

  /// What Adam and its kin share.
  func checkMoments(beta1: Double, beta2: Double, epsilon: Double) throws(LaminaError) {
    try checkFraction("beta_1", beta1)
    try checkFraction("beta_2", beta2)
    try checkNotNegative("epsilon", epsilon)
  }

  func checkSharedSettings() throws(LaminaError) {
    try learningRate.check()
    try weightDecay?.check()
  }
}

/// A number that an optimizer keeps for each parameter.
public struct OptimizerSlot: Equatable, Sendable {
  /// Keras's name, such as "momentum".
  public var name: String
  public var initialValue: Float

  public init(_ name: String, initialValue: Float = 0) {
    self.name = name
    self.initialValue = initialValue
  }
}

/// What an optimizer works on: parameters that lie one after the other.
public struct OptimizerStep {
  public var parameters: MatrixView
  public var gradients: MatrixView
  /// One for each of the optimizer's slots, each as large as the parameters.
  public var slots: [MatrixView]
  /// 1 for the first.
  public var number: Int
  public var learningRate: Float
}
