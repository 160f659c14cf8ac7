/// Ends a training after a batch whose loss is not a number, or infinite.
///
/// Without it such a loss is an error that `fit` throws. The batch changes no
/// weights; its epoch still gets a result, in which the loss is not finite.
///
/// Source: keras/src/callbacks/terminate_on_nan.py
public final class TerminateOnNaN: Callback {
  public init() {}

  public var handlesNaN: Bool { true }

  /// - Parameter loss: the epoch's loss so far; nil where there is none.
  static func isLost(_ loss: Double?) -> Bool {
    if let loss { !loss.isFinite } else { false }
  }

  public func batchEnded(_ training: Training) throws(LaminaError) {
    if TerminateOnNaN.isLost(training.progress["loss"]) { training.stop() }
  }
}
