import CSystem

/// How surprised a classifier is by the right classes, given as integers:
/// `-log p[label]`, where p is the softmax of the logits, or the probabilities
/// themselves, normalised and clipped to [1e-7, 1 - 1e-7].
///
/// Source: keras/src/losses/losses.py and sparse_categorical_crossentropy in
/// keras/src/backend/jax/nn.py
public final class SparseCategoricalCrossentropy: Loss {
  /// Whether the model gives logits, not probabilities.
  public let fromLogits: Bool
  public let name = "sparse_categorical_crossentropy"

  private static let epsilon: Float = 1e-7

  public init(fromLogits: Bool = false) {
    self.fromLogits = fromLogits
  }

  public var configuration: [JSON.Member] { [JSON.Member("from_logits", .boolean(fromLogits))] }

  public func check(labels: [Int32], outputShape: Shape) throws(LaminaError) {
    guard outputShape.rank == 1 else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected one score a class, the output has shape \(outputShape)")
    }
    let classes = outputShape.dimensions[0]
    for (index, label) in labels.enumerated() where label < 0 || label >= classes {
      throw LaminaError(
        .invalidArgument,
        "\(name): sample \(index) has label \(label), expected 0 to \(classes - 1)")
    }
  }

  public func sum(
    predictions: MatrixView, labels: Span<Int32>, gradient: MatrixView?
  ) -> Double {
    var sum = 0.0
    for row in 0..<predictions.rows {
      let label = Int(labels[row])
      let scores = predictions.rows(row..<row + 1)
      let gradient = gradient?.rows(row..<row + 1)
      let loss =
        fromLogits
        ? lossFromLogits(scores, label: label, gradient: gradient, batch: predictions.rows)
        : lossFromProbabilities(scores, label: label, gradient: gradient, batch: predictions.rows)
      sum += Double(loss)
    }
    return sum
  }

  /// L = log(sum over k of exp z_k) - z_label; dL/dz_j = softmax(z)_j - [j = label]
  private func lossFromLogits(
    _ logits: MatrixView, label: Int, gradient: MatrixView?, batch: Int
  ) -> Float {
    let largest = logits[0, logits.indexOfLargest(inRow: 0)]
    var total: Float = 0
    for column in 0..<logits.columns {
      let power = expf(logits[0, column] - largest)
      gradient?[0, column] = power
      total += power
    }
    if let gradient {
      let scale = 1 / (total * Float(batch))
      for column in 0..<logits.columns { gradient[0, column] *= scale }
      gradient[0, label] -= 1 / Float(batch)
    }
    return logf(total) + largest - logits[0, label]
  }

  /// L = -log clip(p_label / sum of p); where it is clipped the gradient is 0.
  private func lossFromProbabilities(
    _ probabilities: MatrixView, label: Int, gradient: MatrixView?, batch: Int
  ) -> Float {
    let epsilon = SparseCategoricalCrossentropy.epsilon
    var total: Float = 0
    for column in 0..<probabilities.columns { total += probabilities[0, column] }
    let probability = probabilities[0, label] / total
    let isClipped = probability < epsilon || probability > 1 - epsilon
    if isClipped {
      gradient?.fill(0)
    } else if let gradient {
      let slope = 1 / Float(batch)
      for column in 0..<probabilities.columns { gradient[0, column] = slope / total }
      gradient[0, label] -= slope / probabilities[0, label]
    }
    return -logf(min(max(probability, epsilon), 1 - epsilon))
  }
}

extension Loss where Self == SparseCategoricalCrossentropy {
  public static func sparseCategoricalCrossentropy(
    fromLogits: Bool = false
  ) -> SparseCategoricalCrossentropy {
    SparseCategoricalCrossentropy(fromLogits: fromLogits)
  }
}
