/// What a compiled model needs beyond its weights: how to train, and how far
/// the training is.
final class TrainingState {
  let optimizer: any Optimizer
  let loss: any Loss
  let metrics: [any Metric]

  /// Steps and epochs done in all, over all calls of `fit`.
  var step = 0
  var epoch = 0

  /// The optimizer's numbers, laid out as the parameters are; made by the
  /// first `fit`.
  private var slotStorage: [FloatStorage] = []

  init(optimizer: any Optimizer, loss: any Loss, metrics: [any Metric]) {
    self.optimizer = optimizer
    self.loss = loss
    self.metrics = metrics
  }

  /// The optimizer's slots for a network of this size, zero when new.
  func slots(parameterCount: Int) throws(LaminaError) -> [MatrixView] {
    if slotStorage.isEmpty {
      for _ in optimizer.slotNames {
        slotStorage.append(try FloatStorage(count: parameterCount, for: "the optimizer"))
      }
    }
    return slotStorage.map { $0.row }
  }
}
