import CLaminaKernels
import CSystem

/// The function at the end of a layer, applied in place, and its derivative,
/// written in terms of the function's own output.
///
/// Source: keras/src/activations/activations.py
public enum Activation: Equatable, Sendable {
  /// f(x) = x
  case linear
  /// f(x) = max(x, 0)
  case relu
  /// f(x) = 1 / (1 + exp(-x))
  case sigmoid
  /// f(x) = tanh(x)
  case tanh
  /// f(x)_j = exp(x_j) / sum over k of exp(x_k), over each sample
  case softmax

  static let all: [Activation] = [.linear, .relu, .sigmoid, .tanh, .softmax]

  /// Keras's name.
  public var name: String {
    switch self {
    case .linear: "linear"
    case .relu: "relu"
    case .sigmoid: "sigmoid"
    case .tanh: "tanh"
    case .softmax: "softmax"
    }
  }

  /// - Throws: `.unsupported`, naming what there is.
  init(named name: String) throws(LaminaError) {
    for activation in Activation.all where activation.name == name {
      self = activation
      return
    }
    var known = ""
    for activation in Activation.all { known += (known.isEmpty ? "" : ", ") + activation.name }
    throw LaminaError(.unsupported, "unknown activation \"\(name)\"; known: \(known)")
  }

  /// x becomes f(x).
  func apply(to x: MatrixView) {
    switch self {
    case .linear: break
    case .relu: laminakernel_relu(x.elements, x.count)
    case .sigmoid: for i in 0..<x.count { x.elements[i] = 1 / (1 + expf(-x.elements[i])) }
    case .tanh: for i in 0..<x.count { x.elements[i] = tanhf(x.elements[i]) }
    case .softmax: x.applySoftmax()
    }
  }

  /// The gradient with respect to f(x) becomes the one with respect to x.
  func backpropagate(outputs y: MatrixView, gradient: MatrixView) {
    switch self {
    case .linear: break
    case .relu: laminakernel_relu_gradient(y.elements, gradient.elements, y.count)
    case .sigmoid:
      for i in 0..<y.count { gradient.elements[i] *= y.elements[i] * (1 - y.elements[i]) }
    case .tanh:
      for i in 0..<y.count { gradient.elements[i] *= 1 - y.elements[i] * y.elements[i] }
    case .softmax: softmaxBackpropagate(outputs: y, gradient: gradient)
    }
  }

  /// dL/dx_j = y_j (g_j - sum over k of g_k y_k)
  private func softmaxBackpropagate(outputs y: MatrixView, gradient: MatrixView) {
    for row in 0..<y.rows {
      var sum: Float = 0
      for column in 0..<y.columns { sum += gradient[row, column] * y[row, column] }
      for column in 0..<y.columns {
        gradient[row, column] = y[row, column] * (gradient[row, column] - sum)
      }
    }
  }
}

extension MatrixView {
  /// Each row x becomes exp(x - max x) / sum of exp(x - max x).
  public func applySoftmax() {
    guard columns > 0 else { return }
    for row in 0..<rows {
      let largest = self[row, indexOfLargest(inRow: row)]
      var sum: Float = 0
      for column in 0..<columns {
        let power = expf(self[row, column] - largest)
        self[row, column] = power
        sum += power
      }
      for column in 0..<columns { self[row, column] /= sum }
    }
  }
}
