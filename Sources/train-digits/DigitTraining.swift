import Lamina

/// Trains the network and measures it.
struct DigitTraining {
  var seed: UInt64
  var epochs: Int
  var threadCount: Int

  /// - Returns: the trained network, whose record says what it was trained on and how good it is.
  func model(
    trainedOn pictures: TrainingPictures, callbacks: [any Callback] = []
  ) throws(LaminaError) -> Sequential {
    let model = try Sequential(DigitNetwork.layers(), name: "digits", seed: seed)
    model.threadCount = threadCount
    let epochSteps = pictures.epochSteps(batchSize: DigitNetwork.batchSize)
    try model.compile(
      optimizer: DigitNetwork.optimizer(stepCount: epochs * epochSteps),
      loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])
    try model.fit(
      pictures.training, batchSize: DigitNetwork.batchSize, epochs: epochs,
      stepsPerEpoch: epochSteps, validation: pictures.validation,
      callbacks: [TestAtTheEnd(pictures)] + callbacks)
    try model.fitTemperature(on: pictures.validation)
    return model
  }
}
