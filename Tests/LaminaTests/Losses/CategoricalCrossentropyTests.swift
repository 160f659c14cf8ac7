import Testing

@testable import Lamina

@Suite struct CategoricalCrossentropyTests {
  @Test func oneHotTargetsGiveWhatClassesGive() {
    let logits: [[Float]] = [[1, -2, 0.5], [0, 3, 3]]
    let oneHot: [[Float]] = [[0, 0, 1], [0, 1, 0]]
    for fromLogits in [true, false] {
      let predictions = fromLogits ? logits : logits.map { $0.map { abs($0) + 0.1 } }
      let rows = evaluate(.categoricalCrossentropy(fromLogits: fromLogits), predictions, oneHot)
      let classes = evaluate(
        .sparseCategoricalCrossentropy(fromLogits: fromLogits), predictions, [[2], [1]])
      expectClose(rows.losses, classes.losses)
      expectClose(rows.gradient, classes.gradient)
    }
  }

  @Test func hugeLogitsAreSafe() {
    let (losses, gradient) = evaluate(
      .categoricalCrossentropy(fromLogits: true), [[1e30, -1e30], [1000, 999]], [[0, 1], [1, 0]])
    expectClose(losses, [2e30, 0.313262])
    expectClose(gradient, [1, -1, -0.268941, 0.268941])
  }

  @Test func probabilitiesAreNormalised() {
    let (losses, _) = evaluate(.categoricalCrossentropy(), [[2, 6]], [[1, 0]])
    expectClose(losses, [1.386294])
  }

  @Test func smoothingSharesOutAmongTheClasses() {
    let predictions: [[Float]] = [[1, 2, 3, 4]]
    let smoothed = evaluate(
      .categoricalCrossentropy(fromLogits: true, labelSmoothing: 0.4), predictions, [[0, 1, 0, 0]])
    let plain = evaluate(
      .categoricalCrossentropy(fromLogits: true), predictions, [[0.1, 0.7, 0.1, 0.1]])
    expectClose(smoothed.losses, plain.losses)
    expectClose(smoothed.gradient, plain.gradient)
  }
}
