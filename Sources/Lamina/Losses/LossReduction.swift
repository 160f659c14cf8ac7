/// How the losses of a batch become one number; each is multiplied by its
/// sample's weight first.
///
/// Keras's "mean" is `sumOverBatchSize` by another name.
///
/// Source: reduce_weighted_values in keras/src/losses/loss.py
public enum Reduction: String, Sendable {
  /// Their sum, divided by how many there are, whatever they weigh.
  case sumOverBatchSize = "sum_over_batch_size"
  case sum
  /// Their sum, divided by the sum of the weights; 0 where that is 0.
  case meanWithSampleWeight = "mean_with_sample_weight"
}

extension Reduction {
  /// One number of a batch's losses. The gradient, whose rows are those of the
  /// single losses, becomes the number's.
  ///
  /// - Parameter weights: one column with a weight for each loss, or for each so
  ///   many that follow each other, as those of a sample do; nil where all weigh 1.
  func reduce(_ rows: LossRows, weights: MatrixView?) -> Double {
    let divisor = divisor(of: rows.losses, weights: weights)
    let factor = divisor == 0 ? 0 : 1 / divisor
    rows.gradient?.scaleRows(by: weights, times: Float(factor))
    guard divisor != 0 else { return 0 }
    let sum = if let weights { rows.losses.sum(weights: weights) } else { rows.losses.sum() }
    return sum / divisor
  }

  private func divisor(of losses: MatrixView, weights: MatrixView?) -> Double {
    switch self {
    case .sum: 1
    case .sumOverBatchSize: Double(losses.rows)
    case .meanWithSampleWeight: weights?.sum() ?? Double(losses.rows)
    }
  }
}

extension Configuration {
  /// - Throws: `.unsupported` where there is no such reduction.
  func reduction() throws(LaminaError) -> Reduction {
    let name = try string("reduction", default: Reduction.sumOverBatchSize.rawValue)
    if name == "mean" { return .sumOverBatchSize }
    guard let reduction = Reduction(rawValue: name) else {
      throw LaminaError(
        .unsupported,
        "\"reduction\" is \"\(name)\"; known: sum_over_batch_size, mean, sum, "
          + "mean_with_sample_weight")
    }
    return reduction
  }
}

extension JSON.Member {
  static func reduction(_ reduction: Reduction) -> JSON.Member {
    JSON.Member("reduction", .string(reduction.rawValue))
  }
}
