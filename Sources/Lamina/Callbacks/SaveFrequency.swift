/// When a callback saves.
public enum SaveFrequency: Equatable, Sendable {
  /// After each epoch.
  case epoch
  /// After so many batches, counted over the epochs.
  case batches(Int)

  /// - Throws: `.invalidArgument` where it is no number of batches from 1 on.
  func check(_ callback: String) throws(LaminaError) {
    guard case .batches(let count) = self, count < 1 else { return }
    throw LaminaError(
      .invalidArgument, "\(callback): expected to save each 1 or more batches, got \(count)")
  }
}

/// Counts the batches since something was saved.
struct SaveCounter {
  let frequency: SaveFrequency
  var batchCount = 0

  init(_ frequency: SaveFrequency) {
    self.frequency = frequency
  }

  /// Counts a batch.
  ///
  /// - Returns: whether to save after it.
  mutating func countBatch() -> Bool {
    guard case .batches(let limit) = frequency else { return false }
    batchCount += 1
    guard batchCount >= limit else { return false }
    batchCount = 0
    return true
  }
}
