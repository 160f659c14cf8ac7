import Foundation
import Testing

@testable import Lamina

/// Every function, with Keras's settings and with others.
private let functions =
  ActivationFunction.all + [
    .leakyRelu(negativeSlope: 0.3), .leakyRelu(negativeSlope: 0), .elu(alpha: 0.5),
    .elu(alpha: 0), .gelu(approximate: true),
  ]

@Suite struct ActivationFunctionTests {
  /// y, and what `apply` keeps of x.
  private func apply(
    _ function: ActivationFunction, to x: MatrixView, isTraining: Bool = true
  ) -> (y: MatrixView, state: MatrixView) {
    let y = matrix(x.rows, x.columns)
    y.assign(x)
    let state = matrix(x.rows, isTraining ? function.stateCount(x.columns) : 0) { _ in .nan }
    function.apply(to: y, state: state)
    #expect(isFramed(y) && isFramed(state), "\(function)")
    return (y, state)
  }

  private func apply(_ function: ActivationFunction, _ values: [Float]) -> [Float] {
    apply(function, to: matrix(values)).y.toArray()
  }

  /// f'(x), where f acts on single numbers.
  private func derivative(_ function: ActivationFunction, _ values: [Float]) -> [Float] {
    let (y, state) = apply(function, to: matrix(values))
    let gradient = matrix(1, values.count) { _ in 1 }
    function.backpropagate(outputs: y, state: state, gradient: gradient)
    #expect(isFramed(y) && isFramed(state) && isFramed(gradient), "\(function)")
    return gradient.toArray()
  }

  @Test(arguments: functions)
  func derivativeIsTheSlope(function: ActivationFunction) {
    var generator = SeededGenerator(seed: 3)
    // Away from the corners at 0, -3 and 3, and no further out than where the
    // differences can be measured; above 6 relu6 is flat.
    let values = generator.normals(7 * 9).map { (value: Float) -> Float in
      let x = max(-2.5, min(2.5, 1.5 * value))
      return abs(x) < 0.05 ? x + 0.1 : x
    }
    let x = matrix(7, 9) { values[$0] }
    let upstream = matrix(7, 9, from: &generator)
    let (y, state) = apply(function, to: x)
    let gradient = matrix(7, 9)
    gradient.assign(upstream)
    function.backpropagate(outputs: y, state: state, gradient: gradient)
    expectGradient(gradient, at: x, "\(function)") {
      weightedSum(apply(function, to: x).y, upstream)
    }
  }

  @Test(arguments: functions)
  func inferenceKeepsNothingAndGivesTheSame(function: ActivationFunction) {
    var generator = SeededGenerator(seed: 4)
    let x = matrix(3, 5, from: &generator)
    #expect(
      apply(function, to: x, isTraining: false).y.toArray() == apply(function, to: x).y.toArray())
  }

  @Test(arguments: oddSizes)
  func allSizesAreComputedWhole(count: Int) {
    var generator = SeededGenerator(seed: 5)
    let values = generator.normals(count).map { 3 * $0 }
    for function in functions where function != .softmax && function != .logSoftmax {
      #expect(
        apply(function, values) == values.flatMap { apply(function, [$0]) }, "\(function)")
      #expect(
        derivative(function, values) == values.flatMap { derivative(function, [$0]) },
        "\(function)")
    }
  }

  @Test func valuesAreTheFormulas() {
    let x: [Float] = [-2, -0.5, 0, 0.5, 2]
    expectClose(apply(.leakyRelu, x), [-0.4, -0.1, 0, 0.5, 2])
    expectClose(apply(.leakyRelu(negativeSlope: 0.3), x), [-0.6, -0.15, 0, 0.5, 2])
    expectClose(apply(.relu6, [-1, 0, 3, 6, 7]), [0, 0, 3, 6, 6])
    expectClose(apply(.elu, x), [-0.864_664_7, -0.393_469_3, 0, 0.5, 2])
    expectClose(apply(.elu(alpha: 0.5), x), [-0.432_332_4, -0.196_734_7, 0, 0.5, 2])
    expectClose(apply(.selu, x), [-1.520_166_9, -0.691_758_2, 0, 0.525_350_5, 2.101_402])
    expectClose(apply(.gelu, x), [-0.045_500_26, -0.154_268_77, 0, 0.345_731_23, 1.954_499_7])
    expectClose(
      apply(.gelu(approximate: true), x),
      [-0.045_402_3, -0.154_285_99, 0, 0.345_714_01, 1.954_597_7])
    expectClose(apply(.silu, x), [-0.238_405_84, -0.188_770_33, 0, 0.311_229_67, 1.761_594_2])
    expectClose(apply(.hardSigmoid, [-4, -3, -1.5, 0, 3, 4]), [0, 0, 0.25, 0.5, 1, 1])
    expectClose(apply(.softplus, x), [0.126_928, 0.474_076_98, 0.693_147_2, 0.974_077, 2.126_928])
    expectClose(apply(.logSoftmax, [1, 2, 3]), [-2.407_606, -1.407_606, -0.407_606])
  }

  @Test func cornersHaveTheSlopeOfTheFlatSide() {
    #expect(derivative(.relu, [-0.0, 0]) == [0, 0])
    #expect(derivative(.relu6, [0, 6]) == [0, 0])
    #expect(derivative(.hardSigmoid, [-3, 3]) == [0, 0])
    #expect(derivative(.leakyRelu, [-0.0, 0]) == [1, 1])
    #expect(derivative(.elu(alpha: 0.5), [-0.0, 0]) == [0.5, 0.5])
  }

  /// A slope of 0 makes zeros of negative numbers, which still count as negative.
  @Test func slopeZeroIsRelu() {
    #expect(apply(.leakyRelu(negativeSlope: 0), [-2, 3]) == [0, 3])
    #expect(derivative(.leakyRelu(negativeSlope: 0), [-2, 3]) == [0, 1])
    #expect(derivative(.elu(alpha: 0), [-2, 3]) == [0, 1])
  }

  @Test func extremeScoresSaturate() {
    let extreme: [Float] = [-.infinity, -1000, 0, 1000, .infinity]
    let rectified: [Float] = [0, 0, 0, 1000, .infinity]
    #expect(apply(.sigmoid, extreme) == [0, 0, 0.5, 1, 1])
    #expect(apply(.tanh, extreme) == [-1, -1, 0, 1, 1])
    #expect(apply(.relu, extreme) == rectified)
    #expect(apply(.linear, extreme) == extreme)
    #expect(apply(.leakyRelu, extreme) == [-.infinity, -200, 0, 1000, .infinity])
    #expect(apply(.relu6, extreme) == [0, 0, 0, 6, 6])
    #expect(apply(.elu, extreme) == [-1, -1, 0, 1000, .infinity])
    #expect(apply(.gelu, extreme) == rectified)
    #expect(apply(.gelu(approximate: true), extreme) == rectified)
    #expect(apply(.silu, extreme) == rectified)
    #expect(apply(.hardSigmoid, extreme) == [0, 0, 0.5, 1, 1])
    #expect(apply(.softplus, extreme) == [0, 0, 0.693_147_2, 1000, .infinity])
    #expect(apply(.softmax, [1000, -1000, 1000]) == [0.5, 0, 0.5])
    #expect(apply(.softmax, [-.infinity, 0]) == [0, 1])
    #expect(apply(.logSoftmax, [1000, -1000]) == [0, -2000])
    #expect(apply(.logSoftmax, [-.infinity, 0]) == [-.infinity, 0])
  }

  @Test func derivativesSaturateToo() {
    let extreme: [Float] = [-.infinity, -1e30, -1000, 1000, 1e30, .infinity]
    let step: [Float] = [0, 0, 0, 1, 1, 1]
    for function: ActivationFunction in [
      .relu, .elu, .gelu, .gelu(approximate: true), .silu, .softplus,
    ] {
      #expect(derivative(function, extreme) == step, "\(function)")
    }
    for function: ActivationFunction in [.sigmoid, .tanh, .relu6, .hardSigmoid] {
      #expect(derivative(function, extreme) == [0, 0, 0, 0, 0, 0], "\(function)")
    }
  }

  /// What is left of a small output is no rounding error of a larger number.
  @Test func tailsKeepTheirDigits() {
    func relativeError(
      _ function: ActivationFunction, _ range: ClosedRange<Float>, _ reference: (Double) -> Double
    ) -> Double {
      let values = (0...100).map {
        range.lowerBound + Float($0) / 100 * (range.upperBound - range.lowerBound)
      }
      return zip(values, apply(function, values)).map { x, y in
        let expected = reference(Double(x))
        return abs(Double(y) - expected) / abs(expected)
      }.max() ?? .infinity
    }
    #expect(relativeError(.gelu, -10 ... -1) { 0.5 * $0 * erfc(-$0 / 2.0.squareRoot()) } < 2e-5)
    #expect(relativeError(.silu, -80 ... -1) { $0 / (1 + exp(-$0)) } < 1e-6)
    #expect(relativeError(.softplus, -80 ... -1) { log1p(exp($0)) } < 1e-6)
    #expect(relativeError(.elu, -1e-3 ... -1e-6) { expm1($0) } < 1e-6)
    #expect(
      relativeError(.gelu(approximate: true), -8 ... -1) {
        $0 / (1 + exp(-2 * (2 / Double.pi).squareRoot() * ($0 + 0.044715 * $0 * $0 * $0)))
      } < 2e-5)
  }

  @Test(arguments: functions)
  func notANumberStaysVisible(function: ActivationFunction) {
    #expect(apply(function, [.nan]).allSatisfy { $0.isNaN })
  }

  @Test func softmaxRowsAreProbabilities() {
    var generator = SeededGenerator(seed: 1)
    let view = matrix(9, 13, from: &generator)
    let before = view.toArray()
    view.applySoftmax()
    for row in 0..<9 {
      let probabilities = (0..<13).map { view[row, $0] }
      #expect(probabilities.allSatisfy { $0 > 0 && $0 < 1 })
      expectClose([probabilities.reduce(0, +)], [1])
      // Ratios of probabilities are powers of differences of scores.
      let scores = Array(before[row * 13..<(row + 1) * 13])
      #expect(scores.indices.max { scores[$0] < scores[$1] } == view.indexOfLargest(inRow: row))
    }
  }

  @Test func softmaxOfNoColumnsIsNothing() {
    for function: ActivationFunction in [.softmax, .logSoftmax] {
      #expect(apply(function, to: matrix(3, 0)).y.count == 0)
      #expect(apply(function, to: matrix(0, 3)).y.count == 0)
    }
  }
}
