import CSystem

/// The activation functions x s(x) with a gate s that goes from 0 to 1, in place,
/// and their derivatives, which need the inputs x.
///
/// Where the gate is closed, its product with x is 0 however large x is.
extension MatrixView {
  /// x becomes x P(x), P the standard normal distribution function.
  func applyGelu() {
    for index in 0..<count {
      let x = elements[index]
      elements[index] = product(normalProbability(below: x), x)
    }
  }

  /// g becomes g (P(x) + x p(x)), p the standard normal density.
  func backpropagateGelu(inputs x: MatrixView) {
    assert(count == x.count)
    for index in 0..<count {
      let x = x.elements[index]
      let density = 0.398_942_28 * expf(-0.5 * x * x)
      elements[index] *= normalProbability(below: x) + product(density, x)
    }
  }

  /// x becomes x s(2 u(x)), s the sigmoid, u(x) = sqrt(2 / pi) (x + 0.044715 x^3);
  /// s(2 u) is (1 + tanh(u)) / 2, and keeps its digits where that is near 0.
  func applyApproximateGelu() {
    for index in 0..<count {
      let x = elements[index]
      elements[index] = product(Gate(2 * approximateGeluArgument(x)).value, x)
    }
  }

  /// g becomes g (s(2 u) + x 2 u'(x) s'(2 u)).
  func backpropagateApproximateGelu(inputs x: MatrixView) {
    assert(count == x.count)
    for index in 0..<count {
      let x = x.elements[index]
      let gate = Gate(2 * approximateGeluArgument(x))
      let slope: Float = 0.797_884_56 * (1 + 3 * 0.044_715 * x * x)
      elements[index] *= gate.value + product(gate.slope, 2 * slope * x)
    }
  }

  /// x becomes x s(x), s the sigmoid.
  func applySilu() {
    for index in 0..<count {
      let x = elements[index]
      elements[index] = product(Gate(x).value, x)
    }
  }

  /// g becomes g (s(x) + x s'(x)).
  func backpropagateSilu(inputs x: MatrixView) {
    assert(count == x.count)
    for index in 0..<count {
      let x = x.elements[index]
      let gate = Gate(x)
      elements[index] *= gate.value + product(gate.slope, x)
    }
  }
}

/// The sigmoid of a number and its derivative there.
private struct Gate {
  let value: Float
  let slope: Float

  init(_ x: Float) {
    let power = expf(-abs(x))
    let divisor = 1 + power
    value = (x < 0 ? power : 1) / divisor
    slope = power / (divisor * divisor)
  }
}

/// The complementary error function keeps the digits of small probabilities.
private func normalProbability(below x: Float) -> Float { 0.5 * erfcf(-0.707_106_78 * x) }

private func approximateGeluArgument(_ x: Float) -> Float {
  0.797_884_56 * (x + 0.044_715 * x * x * x)
}

/// factor x, and 0 where the factor is, even if x is infinite.
private func product(_ factor: Float, _ x: Float) -> Float { factor == 0 ? 0 : factor * x }
