import Lamina

/// Trains the network in two parts: long, on all kinds of pictures, which random layers turn, zoom
/// and move; then shortly without these layers, since they blur what they touch, and pictures
/// that are to be read are not blurred so.
struct DigitTraining {
  static let batchSize = 128
  static let augmentedEpochs = 40
  static let plainEpochs = 2

  var seed: UInt64
  /// Of the first part.
  var epochs = DigitTraining.augmentedEpochs
  var threadCount: Int

  /// - Returns: the trained network, whose record says what it was trained on and how good it is.
  func model(
    trainedOn pictures: TrainingPictures, callbacks: [any Callback] = []
  ) throws(LaminaError) -> Sequential {
    let layers = DigitNetwork.layers()
    let augmented = try Sequential(
      [DigitNetwork.input()] + DigitNetwork.augmentation() + layers, name: "augmented", seed: seed)
    let steps = pictures.epochSteps(batchSize: Self.batchSize)
    try fit(
      augmented, pictures.training, pictures, epochs: epochs, epochSteps: steps,
      optimizer: Self.optimizer(stepCount: epochs * steps), callbacks)

    let model = try Sequential([DigitNetwork.input()] + layers, name: "digits", seed: seed)
    try model.copyWeights(from: augmented)
    model.trainingRecord = augmented.trainingRecord
    let plainSteps = (pictures.unbent.count + Self.batchSize - 1) / Self.batchSize
    try fit(
      model, pictures.unbent, pictures, epochs: Self.plainEpochs, epochSteps: plainSteps,
      optimizer: Self.plainOptimizer(stepCount: Self.plainEpochs * plainSteps),
      [TestAtTheEnd(pictures)] + callbacks)
    try model.fitTemperature(on: pictures.validation)
    return model
  }

  private func fit(
    _ model: Sequential, _ training: Dataset, _ pictures: TrainingPictures, epochs: Int,
    epochSteps: Int, optimizer: AdamW, _ callbacks: [any Callback]
  ) throws(LaminaError) {
    model.threadCount = threadCount
    try model.compile(
      optimizer: optimizer, loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
    try model.fit(
      training, batchSize: Self.batchSize, epochs: epochs, stepsPerEpoch: epochSteps,
      validation: pictures.validation, callbacks: callbacks)
  }

  /// What a normalization has is not made smaller.
  private static let decay = WeightDecay(0.05, excluding: ["gamma", "beta", "bias"])

  /// Steps that rise to 0.003 in the first 300, and then fall to almost nothing along a cosine.
  private static func optimizer(stepCount: Int) -> AdamW {
    let peak = 0.003
    let rise = min(300, stepCount / 4)
    return .adamW(
      learningRate: .schedule(
        .cosineDecay(
          peak / 20, decaySteps: max(1, stepCount - rise), alpha: 0.001, warmUpTarget: peak,
          warmUpSteps: rise)),
      weightDecay: decay)
  }

  /// Small steps that fall to nothing.
  private static func plainOptimizer(stepCount: Int) -> AdamW {
    .adamW(
      learningRate: .schedule(.cosineDecay(0.0002, decaySteps: max(1, stepCount))),
      weightDecay: decay)
  }
}
