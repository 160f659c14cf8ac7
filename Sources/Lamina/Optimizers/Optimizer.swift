/// How gradients change parameters.
public protocol Optimizer: AnyObject, Sendable {
  /// Keras's name, such as "adam".
  var name: String { get }

  /// What the constructor was given, by Keras's names.
  var configuration: [JSON.Member] { get }

  var learningRate: Double { get }

  /// The names of the numbers that it keeps for each parameter.
  var slotNames: [String] { get }

  /// Changes all parameters in one loop.
  ///
  /// - Parameters:
  ///   - slots: one for each name, zero before the first step.
  ///   - step: 1 for the first.
  func update(
    _ parameters: MatrixView, gradients: MatrixView, slots: [MatrixView], step: Int,
    learningRate: Double)
}
