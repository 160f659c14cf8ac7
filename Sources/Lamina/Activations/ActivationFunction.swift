/// The function at the end of a layer, applied in place, and its derivative,
/// written in terms of the function's own output where it follows from that.
///
/// Where a function has a corner, the derivative there is that of the flat side,
/// and of the positive side for `leakyRelu` and `elu`.
///
/// Source: keras/src/activations/activations.py
public enum ActivationFunction: Equatable, Sendable {
  /// f(x) = x
  case linear
  /// f(x) = max(x, 0)
  case relu
  /// f(x) = x where x >= 0, else negativeSlope x. The slope is at least 0; Keras's
  /// name stands for 0.2.
  case leakyRelu(negativeSlope: Float)
  /// f(x) = min(max(x, 0), 6)
  case relu6
  /// f(x) = x where x > 0, else alpha (exp(x) - 1). Alpha is at least 0; Keras's
  /// name stands for 1.
  case elu(alpha: Float)
  /// f(x) = scale x where x > 0, else scale alpha (exp(x) - 1), with the scale and
  /// the alpha that keep mean 0 and variance 1 (Klambauer et al.,
  /// "Self-normalizing neural networks", 2017).
  case selu
  /// f(x) = x P(x), P the standard normal distribution function (Hendrycks and
  /// Gimpel, "Gaussian error linear units", 2016). Approximate:
  /// f(x) = x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) / 2. Keras's name
  /// stands for the exact form.
  case gelu(approximate: Bool)
  /// f(x) = x / (1 + exp(-x)), also called swish
  case silu
  /// f(x) = 1 / (1 + exp(-x))
  case sigmoid
  /// f(x) = min(max(x + 3, 0), 6) / 6
  case hardSigmoid
  /// f(x) = tanh(x)
  case tanh
  /// f(x) = log(1 + exp(x))
  case softplus
  /// f(x)_j = exp(x_j) / sum over k of exp(x_k), over each row
  case softmax
  /// f(x)_j = x_j - log(sum over k of exp(x_k)), over each row
  case logSoftmax

  /// With Keras's slope, 0.2.
  public static var leakyRelu: ActivationFunction { .leakyRelu(negativeSlope: 0.2) }
  /// With Keras's alpha, 1.
  public static var elu: ActivationFunction { .elu(alpha: 1) }
  /// The exact form.
  public static var gelu: ActivationFunction { .gelu(approximate: false) }

  /// How many numbers of state `apply` leaves for `backpropagate`, where f has
  /// `count` outputs a sample: a copy of x, where f'(x) does not follow from f(x).
  func stateCount(_ count: Int) -> Int { keepsInput ? count : 0 }

  private var keepsInput: Bool {
    switch self {
    case .gelu, .silu: true
    default: false
    }
  }

  /// Whether a number of the result depends on the others of its row.
  var looksAtRows: Bool { self == .softmax || self == .logSoftmax }

  /// x becomes f(x).
  ///
  /// - Parameters:
  ///   - x: softmax and log softmax are taken over its columns.
  ///   - state: as many numbers as `stateCount` says, or none in inference.
  func apply(to x: MatrixView, state: MatrixView) {
    if keepsInput && state.count > 0 { state.assign(x) }
    switch self {
    case .linear: break
    case .relu: x.applyRelu()
    case .leakyRelu(let slope): x.applyLeakyRelu(slope: slope)
    case .relu6: x.applyRelu6()
    case .elu(let alpha): x.applyElu(alpha: alpha, scale: 1)
    case .selu: x.applyElu(alpha: Selu.alpha, scale: Selu.scale)
    case .gelu(approximate: false): x.applyGelu()
    case .gelu(approximate: true): x.applyApproximateGelu()
    case .silu: x.applySilu()
    case .sigmoid: x.applySigmoid()
    case .hardSigmoid: x.applyHardSigmoid()
    case .tanh: x.applyTanh()
    case .softplus: x.applySoftplus()
    case .softmax: x.applySoftmax()
    case .logSoftmax: x.applyLogSoftmax()
    }
  }

  /// The gradient with respect to f(x) becomes the one with respect to x.
  ///
  /// - Parameter state: what `apply` left, or x itself where it was kept.
  func backpropagate(outputs y: MatrixView, state: MatrixView, gradient: MatrixView) {
    switch self {
    case .linear: break
    case .relu: gradient.backpropagateRelu(outputs: y)
    case .leakyRelu(let slope): gradient.backpropagateLeakyRelu(outputs: y, slope: slope)
    case .relu6: gradient.backpropagateRelu6(outputs: y)
    case .elu(let alpha): gradient.backpropagateElu(outputs: y, alpha: alpha, scale: 1)
    case .selu: gradient.backpropagateElu(outputs: y, alpha: Selu.alpha, scale: Selu.scale)
    case .gelu(approximate: false): gradient.backpropagateGelu(inputs: state)
    case .gelu(approximate: true): gradient.backpropagateApproximateGelu(inputs: state)
    case .silu: gradient.backpropagateSilu(inputs: state)
    case .sigmoid: gradient.backpropagateSigmoid(outputs: y)
    case .hardSigmoid: gradient.backpropagateHardSigmoid(outputs: y)
    case .tanh: gradient.backpropagateTanh(outputs: y)
    case .softplus: gradient.backpropagateSoftplus(outputs: y)
    case .softmax: gradient.backpropagateSoftmax(outputs: y)
    case .logSoftmax: gradient.backpropagateLogSoftmax(outputs: y)
    }
  }
}

private enum Selu {
  static let alpha: Float = 1.673_263_242_354_377_284_8
  static let scale: Float = 1.050_700_987_355_480_493_4
}
