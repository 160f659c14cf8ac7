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
    case .relu: x.applyRelu()
    case .sigmoid: x.applySigmoid()
    case .tanh: x.applyTanh()
    case .softmax: x.applySoftmax()
    }
  }

  /// The gradient with respect to f(x) becomes the one with respect to x.
  func backpropagate(outputs y: MatrixView, gradient: MatrixView) {
    switch self {
    case .linear: break
    case .relu: gradient.backpropagateRelu(outputs: y)
    case .sigmoid: gradient.backpropagateSigmoid(outputs: y)
    case .tanh: gradient.backpropagateTanh(outputs: y)
    case .softmax: gradient.backpropagateSoftmax(outputs: y)
    }
  }
}
