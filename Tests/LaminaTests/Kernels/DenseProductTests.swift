import Testing

@testable import Lamina

@Suite struct DenseProductTests {
  private static let widths = [1, 2, 3, 9, 10, 15, 16, 17, 31, 33, 48, 64, 127, 128, 129, 144, 300]

  private func linear(_ kernel: MatrixView, _ bias: MatrixView?) -> InferenceWeights.Linear {
    InferenceWeights.Linear(
      kernel: kernel, bias: bias, packed: matrix(0, 0), isFinite: kernel.isFinite)
  }

  /// relu(x kernel + bias) in double.
  private func reference(
    _ x: MatrixView, _ kernel: MatrixView, _ bias: MatrixView?, relu: Bool
  ) -> [Float] {
    (0..<x.rows * kernel.columns).map { index in
      let (row, column) = (index / kernel.columns, index % kernel.columns)
      var sum = Double(bias?[0, column] ?? 0)
      for k in 0..<x.columns { sum += Double(x[row, k]) * Double(kernel[k, column]) }
      return Float(relu ? max(sum, 0) : sum)
    }
  }

  @Test(arguments: widths)
  func productsEqualTheReference(columns: Int) {
    var generator = SeededGenerator(seed: 9)
    for features in [1, 2, 3, 7, 16, 33, 100] {
      let kernel = matrix(features, columns, from: &generator)
      let someBias = matrix(1, columns, from: &generator)
      for rows in [1, 2, 5] {
        // Of the second batch most are zero.
        for x in [
          matrix(rows, features, from: &generator),
          matrix(rows, features) { $0 % 5 == 2 ? Float($0) / 10 : 0 },
        ] {
          for bias in [nil, someBias] {
            for activation in [ActivationFunction.linear, .relu] {
              let y = matrix(rows, columns) { _ in .nan }
              y.assignDense(x, linear(kernel, bias), activation: activation)
              expectClose(
                y.toArray(), reference(x, kernel, bias, relu: activation == .relu),
                absolute: 2e-5, relative: 2e-5, "\(rows)x\(features)x\(columns)")
              #expect(isFramed(y))
            }
          }
        }
      }
    }
  }

  @Test(arguments: [1, 10, 64, 200])
  func infinitiesAndNotANumbersAreKept(columns: Int) {
    let kernel = matrix(40, columns) { $0 == 3 * columns ? .infinity : 1 }
    let x = matrix(1, 40) { _ in 0 }
    let y = matrix(1, columns)
    y.assignDense(x, linear(kernel, nil), activation: .relu)
    #expect(y[0, 0].isNaN)
    #expect(y.toArray().dropFirst().allSatisfy { $0 == 0 })
    x[0, 5] = .nan
    y.assignDense(x, linear(kernel, nil), activation: .linear)
    #expect(y.toArray().allSatisfy { $0.isNaN })
  }
}
