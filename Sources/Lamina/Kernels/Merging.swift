/// Element-by-element work of layers that merge several inputs.
extension MatrixView {
  /// self = input, repeated where it is smaller
  func assign(_ input: MatrixView, _ broadcast: Broadcast) {
    forEach(broadcast) { elements[$0] = input.elements[$1] }
  }

  /// self += input
  func add(_ input: MatrixView, _ broadcast: Broadcast) {
    forEach(broadcast) { elements[$0] += input.elements[$1] }
  }

  /// self *= input
  func multiply(by input: MatrixView, _ broadcast: Broadcast) {
    forEach(broadcast) { elements[$0] *= input.elements[$1] }
  }

  /// self = max(self, input); not-a-number wins.
  func maximize(_ input: MatrixView, _ broadcast: Broadcast) {
    forEach(broadcast) { output, index in
      let (a, b) = (elements[output], input.elements[index])
      elements[output] = a > b || a.isNaN ? a : b
    }
  }

  /// self = gradient, summed over what was repeated: the transpose of `assign`.
  func assignSum(of gradient: MatrixView, _ broadcast: Broadcast) {
    if broadcast.input == broadcast.output { return assign(gradient) }
    fill(0)
    gradient.forEach(broadcast) { elements[$1] += gradient.elements[$0] }
  }

  /// With self the gradient of max(others, input): leaves that of `others` in
  /// self and gives that of the input to `inputGradient`, if there is one. Equal
  /// elements share it.
  func splitMaximum(
    of others: MatrixView, _ input: MatrixView, inputGradient: MatrixView?, _ broadcast: Broadcast
  ) {
    inputGradient?.fill(0)
    forEach(broadcast) { output, index in
      let (a, b) = (others.elements[output], input.elements[index])
      let gradient = elements[output]
      elements[output] = a > b ? gradient : a == b ? 0.5 * gradient : 0
      inputGradient?.elements[index] += b > a ? gradient : a == b ? 0.5 * gradient : 0
    }
  }

  /// self /= divisor
  func divide(by divisor: Float) {
    for index in 0..<count { elements[index] /= divisor }
  }

  /// Row i = the columns of row i of a wider matrix from `first` on.
  func assignColumns(of matrix: MatrixView, from first: Int) {
    assert(rows == matrix.rows && first >= 0 && first + columns <= matrix.columns)
    for row in 0..<rows {
      (elements + row * columns)
        .update(from: matrix.elements + row * matrix.columns + first, count: columns)
    }
  }

  /// The columns of row i from `first` on = row i of a narrower matrix.
  func assignColumns(_ matrix: MatrixView, at first: Int) {
    assert(rows == matrix.rows && first >= 0 && first + matrix.columns <= columns)
    for row in 0..<rows {
      (elements + row * columns + first)
        .update(from: matrix.elements + row * matrix.columns, count: matrix.columns)
    }
  }

  /// Calls `body` with the places of outputs, which are self's, and of the inputs
  /// that they meet.
  @inline(__always)
  private func forEach(_ broadcast: Broadcast, _ body: (_ output: Int, _ input: Int) -> Void) {
    broadcast.forEachRun(rows: rows) { output, input, count, step in
      for index in 0..<count { body(output &+ index, input &+ index &* step) }
    }
  }
}
