import CLaminaKernels
import CSystem

/// The activation functions whose derivative follows from their output, in
/// place: the gradient with respect to the outputs y becomes the one with respect
/// to the inputs.
extension MatrixView {
  /// x becomes max(x, 0).
  func applyRelu() {
    laminakernel_relu(elements, count)
  }

  /// g becomes 0 where y = 0.
  func backpropagateRelu(outputs y: MatrixView) {
    assert(count == y.count)
    laminakernel_relu_gradient(y.elements, elements, count)
  }

  /// x becomes slope x where it is negative.
  func applyLeakyRelu(slope: Float) {
    laminakernel_leaky_relu(elements, count, slope)
  }

  /// g becomes slope g where y is negative.
  func backpropagateLeakyRelu(outputs y: MatrixView, slope: Float) {
    assert(count == y.count)
    laminakernel_leaky_relu_gradient(y.elements, elements, count, slope)
  }

  /// x becomes min(max(x, 0), 6).
  func applyRelu6() {
    laminakernel_relu6(elements, count)
  }

  /// g becomes 0 where y = 0 or y = 6.
  func backpropagateRelu6(outputs y: MatrixView) {
    assert(count == y.count)
    laminakernel_ramp_gradient(y.elements, elements, count, 6, 1)
  }

  /// x becomes min(max(x + 3, 0), 6) / 6.
  func applyHardSigmoid() {
    laminakernel_hard_sigmoid(elements, count)
  }

  /// g becomes g / 6, and 0 where y = 0 or y = 1.
  func backpropagateHardSigmoid(outputs y: MatrixView) {
    assert(count == y.count)
    laminakernel_ramp_gradient(y.elements, elements, count, 1, 1 / 6)
  }

  /// x becomes scale x where it is positive, else scale alpha (exp(x) - 1).
  func applyElu(alpha: Float, scale: Float) {
    for index in 0..<count {
      let x = elements[index]
      elements[index] = scale * (x > 0 ? x : alpha * expm1f(x))
    }
  }

  /// g becomes scale g where y is positive, else (y + scale alpha) g.
  func backpropagateElu(outputs y: MatrixView, alpha: Float, scale: Float) {
    assert(count == y.count)
    for index in 0..<count {
      let output = y.elements[index]
      elements[index] *= output > 0 ? scale : output + scale * alpha
    }
  }

  /// x becomes 1 / (1 + exp(-x)).
  func applySigmoid() {
    for index in 0..<count { elements[index] = 1 / (1 + expf(-elements[index])) }
  }

  /// g becomes g y (1 - y).
  func backpropagateSigmoid(outputs y: MatrixView) {
    assert(count == y.count)
    for index in 0..<count { elements[index] *= y.elements[index] * (1 - y.elements[index]) }
  }

  /// x becomes tanh(x).
  func applyTanh() {
    for index in 0..<count { elements[index] = tanhf(elements[index]) }
  }

  /// g becomes g (1 - y^2).
  func backpropagateTanh(outputs y: MatrixView) {
    assert(count == y.count)
    for index in 0..<count { elements[index] *= 1 - y.elements[index] * y.elements[index] }
  }

  /// x becomes log(1 + exp(x)), as max(x, 0) + log(1 + exp(-|x|)).
  func applySoftplus() {
    for index in 0..<count {
      let x = elements[index]
      elements[index] = (x < 0 ? 0 : x) + log1pf(expf(-abs(x)))
    }
  }

  /// g becomes g (1 - exp(-y)).
  func backpropagateSoftplus(outputs y: MatrixView) {
    assert(count == y.count)
    for index in 0..<count { elements[index] *= -expm1f(-y.elements[index]) }
  }
}
