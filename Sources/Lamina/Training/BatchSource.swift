/// Gives a training its batches.
protocol BatchSource: AnyObject {
  /// How many batches an epoch has; nil where only its end will tell.
  var batchCount: Int? { get }

  /// - Parameter epoch: counted over all trainings of the model.
  func beginEpoch(_ epoch: Int)

  /// Where the source is, for a training that is broken off and goes on.
  var place: BatchPosition { get }

  /// Goes to such a place instead of beginning an epoch, or between two.
  ///
  /// - Throws: what reading the data throws, and `.invalidArgument` where there
  ///   is no such place.
  func restore(_ place: BatchPosition) throws(LaminaError)

  /// Goes to the next batch; gives its number of samples, nil at the epoch's end.
  ///
  /// - Throws: what reading the data throws, and `.invalidArgument` where
  ///   a batch does not fit the model.
  func advance() throws(LaminaError) -> Int?

  /// Copies the batch's samples to the network's inputs, and what they should
  /// give.
  func load(into inputs: [MatrixView], _ targets: TargetBatch)
}

extension Dataset {
  /// Copies some samples, what they should give and what they weigh.
  func load(
    _ indices: ArraySlice<Int32>, into inputs: [MatrixView], _ batch: TargetBatch,
    classWeights: ClassWeights?
  ) {
    for (samples, input) in zip(self.inputs, inputs) {
      samples.gather(indices, into: input, divisor: divisor)
    }
    for (index, part) in batch.parts.enumerated() {
      targets[part.target].gather(
        indices, into: batch.targets(of: index, rows: indices.count))
    }
    guard let weights = batch.weights(from: 0, rows: indices.count) else { return }
    if let sampleWeights {
      for (row, index) in indices.enumerated() { weights[row, 0] = sampleWeights[Int(index)] }
    } else if let classWeights {
      let labels = batch.targets(of: 0, rows: indices.count)
      for row in 0..<indices.count { weights[row, 0] = classWeights.weight(ofRow: row, in: labels) }
    } else {
      weights.fill(1)
    }
  }
}

/// How much the samples of each class count in the loss; 1 for those that are
/// not listed.
///
/// Source: class_weight_to_sample_weights in
/// keras/src/trainers/data_adapters/data_adapter_utils.py
struct ClassWeights {
  let weights: [Int: Float]

  /// - Parameter targets: classes, or one column a class.
  func weight(ofRow row: Int, in targets: MatrixView) -> Float {
    let label =
      targets.columns > 1
      ? targets.indexOfLargest(inRow: row)
      : Int(exactly: targets[row, 0].rounded(.toNearestOrEven)) ?? 0
    return weights[label] ?? 1
  }
}
