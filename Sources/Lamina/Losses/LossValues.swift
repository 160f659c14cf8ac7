/// Losses of arrays, without a model or a training.
extension Loss {
  /// The loss of predictions as one number, as the loss's reduction has it.
  ///
  /// - Parameters:
  ///   - targets: what the predictions should be; the first axis counts the
  ///     samples, here and in the predictions.
  ///   - sampleWeights: one a sample, or one for each single loss; nil where all
  ///     weigh 1.
  /// - Throws: `.invalidArgument` where the loss cannot compare the two, or the
  ///   weights are not so many; `.outOfMemory`
  public func value(
    targets: Tensor, predictions: Tensor, sampleWeights: [Float]? = nil
  ) throws(LaminaError) -> Double {
    let evaluated = try EvaluatedLoss(
      self, targets: Samples(targets), predictions: Samples(predictions),
      wantsGradient: false)
    return try evaluated.reduced(weights: sampleWeights)
  }

  /// The single losses: one for each row along the predictions' last axis.
  ///
  /// - Throws: as `value` does
  public func values(targets: Tensor, predictions: Tensor) throws(LaminaError) -> [Float] {
    try EvaluatedLoss(
      self, targets: Samples(targets), predictions: Samples(predictions),
      wantsGradient: false
    ).losses
  }
}

/// The losses of some samples, and the memory that they are computed in.
struct EvaluatedLoss {
  private let loss: any Loss
  private let rows: LossRows
  private let sampleCount: Int
  private let storage: FloatStorage

  init(
    _ loss: any Loss, targets: Samples, predictions: Samples, wantsGradient: Bool
  ) throws(LaminaError) {
    guard targets.count == predictions.count else {
      throw LaminaError(
        .invalidArgument,
        "\(loss.name): \(predictions.count) predictions, \(targets.count) targets")
    }
    try loss.check(targets: targets, outputShape: predictions.shape)
    let columns = predictions.shape.columnCount
    let count = predictions.elements.count
    let rowCount = columns > 0 ? count / columns : 0
    let targetColumns = rowCount > 0 ? targets.elements.count / rowCount : 1
    let gradientColumns = wantsGradient ? columns : 0
    // A column each for losses and weights.
    let storage = try FloatStorage(
      rows: rowCount, columns: [columns, targetColumns, 2, gradientColumns], for: "losses")
    let targetStart = count, lossStart = targetStart + targets.elements.count
    let rows = LossRows(
      predictions: storage.matrix(at: 0, rows: rowCount, columns: columns),
      targets: storage.matrix(at: targetStart, rows: rowCount, columns: targetColumns),
      losses: storage.matrix(at: lossStart, rows: rowCount, columns: 1),
      gradient: wantsGradient
        ? storage.matrix(at: lossStart + 2 * rowCount, rows: rowCount, columns: columns) : nil)
    predictions.copy(into: rows.predictions)
    targets.copy(into: rows.targets)
    loss.evaluate(rows)
    self.loss = loss
    self.rows = rows
    self.sampleCount = predictions.count
    self.storage = storage
  }

  /// The single losses.
  var losses: [Float] { withExtendedLifetime(storage) { rows.losses.toArray() } }

  /// The gradient of the single losses, or of the one number after `reduced`.
  var gradient: [Float] { withExtendedLifetime(storage) { rows.gradient?.toArray() ?? [] } }

  /// The losses as one number; the gradient becomes that number's.
  func reduced(weights: [Float]?) throws(LaminaError) -> Double {
    guard let weights else { return reduced(weightColumn: nil) }
    guard weights.count == sampleCount || weights.count == rows.losses.rows else {
      throw LaminaError(
        .invalidArgument,
        "\(loss.name): expected \(sampleCount) sample weights, got \(weights.count)")
    }
    let column = storage.matrix(
      at: rows.predictions.count + rows.targets.count + rows.losses.count,
      rows: weights.count, columns: 1)
    column.assign(weights)
    return reduced(weightColumn: column)
  }

  private func reduced(weightColumn: MatrixView?) -> Double {
    withExtendedLifetime(storage) {
      loss.reduction.reduce(rows, weights: weightColumn)
    }
  }
}

extension Samples {
  /// Copies all numbers, which the matrix must have room for.
  fileprivate func copy(into matrix: MatrixView) {
    withView { matrix.assign($0, from: 0, divisor: 1) }
  }
}
