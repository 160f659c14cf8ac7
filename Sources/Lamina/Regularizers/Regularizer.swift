/// What a variable's size adds to the loss.
public protocol Regularizer: AnyObject, Sendable {
  /// Keras's class name, such as "L2".
  var className: String { get }

  /// What the constructor was given, by Keras's names.
  var configuration: [JSON.Member] { get }

  /// What these values add to the loss.
  func loss(of values: MatrixView) -> Double

  /// Adds the loss's gradient with respect to the values to theirs.
  func addGradient(of values: MatrixView, to gradient: MatrixView)
}
