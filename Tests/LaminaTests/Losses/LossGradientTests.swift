import Testing

@testable import Lamina

@Suite struct LossGradientTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let loss: any Loss
    let predictions: Numbers
    let targets: Numbers
    var testDescription: String { loss.className + JSON.object(loss.configuration).text }
  }

  enum Numbers { case normal, distribution, classes, zeroOrOne, signs }

  static let cases = [
    Case(loss: .meanSquaredError(), predictions: .normal, targets: .normal),
    Case(loss: .meanAbsoluteError(), predictions: .normal, targets: .normal),
    Case(loss: .huber(), predictions: .normal, targets: .normal),
    Case(loss: .huber(delta: 0.25), predictions: .normal, targets: .normal),
    Case(loss: .hinge(), predictions: .normal, targets: .signs),
    Case(loss: .hinge(), predictions: .normal, targets: .zeroOrOne),
    Case(loss: .klDivergence(), predictions: .distribution, targets: .distribution),
    Case(
      loss: .binaryCrossentropy(fromLogits: true), predictions: .normal, targets: .zeroOrOne),
    Case(
      loss: .binaryCrossentropy(labelSmoothing: 0.2), predictions: .distribution,
      targets: .distribution),
    Case(
      loss: .categoricalCrossentropy(fromLogits: true, labelSmoothing: 0.1),
      predictions: .normal, targets: .normal),
    Case(
      loss: .categoricalCrossentropy(), predictions: .distribution, targets: .distribution),
    Case(
      loss: .sparseCategoricalCrossentropy(fromLogits: true), predictions: .normal,
      targets: .classes),
    Case(
      loss: .sparseCategoricalCrossentropy(), predictions: .distribution, targets: .classes),
  ]

  @Test func everyKnownLossIsChecked() {
    #expect(LossRegistry.classNames == Set(Self.cases.map(\.loss.className)).sorted())
  }

  @Test(arguments: cases, [true, false])
  func gradientIsTheSlopeOfTheReducedLoss(_ some: Case, isWeighted: Bool) {
    var generator = SeededGenerator(seed: 4)
    let predictions = numbers(some.predictions, &generator)
    let targets = numbers(some.targets, &generator)
    moveFromKinks(predictions, targets, some.loss)
    let weights = isWeighted ? matrix([[1], [0.5], [2], [0], [1], [3]]) : nil
    let losses = matrix(6, 1), gradient = matrix(6, 5) { _ in .nan }
    func value(_ gradient: MatrixView?) -> Double {
      let rows = LossRows(
        predictions: predictions, targets: targets, losses: losses, gradient: gradient)
      some.loss.evaluate(rows)
      return some.loss.reduction.reduce(rows, weights: weights)
    }
    _ = value(gradient)
    #expect([predictions, targets, losses, gradient].allSatisfy(isFramed))
    expectGradient(gradient, at: predictions, step: 3e-3, "predictions") { value(nil) }
  }

  private func numbers(_ kind: Numbers, _ generator: inout SeededGenerator) -> MatrixView {
    if kind == .classes { return matrix([[0], [4], [2], [2], [1], [3]]) }
    let result = matrix(6, 5, from: &generator)
    for row in 0..<6 {
      var sum: Float = 0
      for column in 0..<5 {
        switch kind {
        // Away from where probabilities are clipped, not normalised.
        case .distribution: result[row, column] = 0.1 + abs(result[row, column]) / 4
        case .zeroOrOne: result[row, column] = result[row, column] > 0 ? 1 : 0
        case .signs: result[row, column] = result[row, column] > 0 ? 1 : -1
        case .normal, .classes: break
        }
        sum += result[row, column]
      }
      guard kind == .distribution, row > 2 else { continue }
      for column in 0..<5 { result[row, column] /= sum }
    }
    return result
  }

  /// Where a difference lies by a point without a slope, the prediction is moved.
  private func moveFromKinks(_ predictions: MatrixView, _ targets: MatrixView, _ loss: any Loss) {
    guard predictions.columns == targets.columns else { return }
    for row in 0..<predictions.rows {
      for column in 0..<predictions.columns {
        let target = targets[row, column]
        let signed = 2 * target - 1
        let kinks: [Float] =
          switch loss {
          case is MeanAbsoluteError: [target]
          case is Hinge: [1, -1, signed]
          default: []
          }
        for kink in kinks where abs(predictions[row, column] - kink) < 0.01 {
          predictions[row, column] = kink + 0.02
        }
      }
    }
  }
}
