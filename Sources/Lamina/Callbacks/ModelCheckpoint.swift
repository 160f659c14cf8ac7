/// Saves the model while it is trained, as whole weights files.
///
/// ```swift
/// ModelCheckpoint(path: "best.safetensors", saveBestOnly: true)
/// ModelCheckpoint(path: "{epoch:02d}-{val_loss:.2f}.safetensors")
/// ```
/// The path's folder must exist. Names in braces are the epoch and the batch,
/// from 1 on, and the values of the epoch so far; they are written as for
/// Python's `str.format`: `{epoch}`, `{epoch:03d}`, `{val_loss:.2f}`.
///
/// The best value stays from one `fit` to the next.
///
/// Source: keras/src/callbacks/model_checkpoint.py
public final class ModelCheckpoint: Callback {
  public let path: String
  /// The figure's name in an epoch's result, for `saveBestOnly`.
  public var monitor: String { comparison.name }
  public var mode: MonitorMode { comparison.mode }
  /// Whether to save only where the figure is better than at the last save.
  public let saveBestOnly: Bool
  public var saveFrequency: SaveFrequency { counter.frequency }
  /// Whether the files hold the optimizer's state, too.
  public let includingOptimizer: Bool
  /// The best value so far.
  public private(set) var best: Double?

  private var comparison: Monitor
  private var counter: SaveCounter
  private var template: CheckpointPath?

  /// - Parameter initialValueThreshold: with `saveBestOnly`, the value that the
  ///   first save must be better than.
  public init(
    path: String, monitor: String = "val_loss", saveBestOnly: Bool = false,
    mode: MonitorMode = .auto, saveFrequency: SaveFrequency = .epoch,
    initialValueThreshold: Double? = nil, includingOptimizer: Bool = false
  ) {
    self.path = path
    self.saveBestOnly = saveBestOnly
    self.includingOptimizer = includingOptimizer
    comparison = Monitor(monitor, mode: mode)
    counter = SaveCounter(saveFrequency)
    best = initialValueThreshold
  }

  /// Takes a value in.
  ///
  /// - Returns: whether to save.
  func observe(_ value: Double) -> Bool {
    guard comparison.isImprovement(value, over: best) else { return false }
    best = value
    return true
  }

  /// - Returns: whether to save after this batch.
  func countBatch() -> Bool { counter.countBatch() }

  public func trainingBegan(_ training: Training) throws(LaminaError) {
    do throws(LaminaError) {
      template = try CheckpointPath(path)
      if let constant = template?.constant { try Model.checkSavable(at: constant) }
    } catch {
      throw error.at("ModelCheckpoint")
    }
    try saveFrequency.check("ModelCheckpoint")
    if saveBestOnly { try comparison.resolve(training, callback: "ModelCheckpoint") }
  }

  public func batchEnded(_ training: Training) throws(LaminaError) {
    guard countBatch() else { return }
    let result = EpochResult(epoch: training.progress.epoch, values: training.progress.values)
    try save(result, batch: training.progress.batch - 1, training)
  }

  public func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {
    guard saveFrequency == .epoch else { return }
    try save(result, batch: nil, training)
  }

  private func save(
    _ result: EpochResult, batch: Int?, _ training: Training
  ) throws(LaminaError) {
    if saveBestOnly {
      guard observe(try comparison.value(in: result, callback: "ModelCheckpoint")) else { return }
    }
    do throws(LaminaError) {
      guard
        let path = try template?.path(epoch: result.epoch, batch: batch, values: result.values)
      else { return }
      try training.model.save(path, includingOptimizer: includingOptimizer)
    } catch {
      throw error.at("ModelCheckpoint")
    }
  }

  public var state: CallbackState {
    CallbackState(
      of: "ModelCheckpoint",
      [
        JSON.Member("best", .exactly(best)),
        JSON.Member("batches_since_save", .integer(counter.batchCount)),
      ])
  }

  public func restore(_ state: CallbackState) throws(LaminaError) {
    let values = try state.values(of: "ModelCheckpoint")
    best = try values.exactNumber("best")
    counter.batchCount = try values.count("batches_since_save")
  }
}
