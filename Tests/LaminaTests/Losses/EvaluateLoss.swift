import Testing

@testable import Lamina

/// The losses of rows, and their gradients; with and without gradients the losses
/// must be the same.
func evaluate(
  _ loss: any Loss, _ predictions: [[Float]], _ targets: [[Float]],
  sourceLocation: SourceLocation = #_sourceLocation
) -> (losses: [Float], gradient: [Float]) {
  let predictions = matrix(predictions), targets = matrix(targets)
  func losses(_ gradient: MatrixView?) -> [Float] {
    let losses = matrix(predictions.rows, 1) { _ in -1 }
    loss.evaluate(
      LossRows(predictions: predictions, targets: targets, losses: losses, gradient: gradient))
    #expect(isFramed(losses), sourceLocation: sourceLocation)
    return losses.toArray()
  }
  let gradient = matrix(predictions.rows, predictions.columns) { _ in -1 }
  let result = losses(gradient)
  expectClose(losses(nil), result, "without a gradient", sourceLocation: sourceLocation)
  #expect(isFramed(gradient), sourceLocation: sourceLocation)
  return (result, gradient.toArray())
}
