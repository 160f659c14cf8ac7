import Testing

@testable import Lamina

@Suite struct InferenceOfGraphsTests {
  private func tensors(_ data: Dataset) throws -> [Tensor] {
    try data.inputs.map { samples in
      let values = (0..<samples.elements.count).map { samples.value(0, $0) }
      return try Tensor(shape: Shape([samples.count] + samples.shape.dimensions), elements: values)
    }
  }

  /// Compares predictions with a training's forward pass, without dropout.
  private func expectTrainingsOutputs(
    _ model: Model, _ data: Dataset, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try model.shakeWeights()
    let trial = try ModelTrial(model, data)
    trial.loss()
    let predictions = try model.predict(tensors(data))
    #expect(predictions.count == trial.outputs.count, sourceLocation: sourceLocation)
    for (prediction, output) in zip(predictions, trial.outputs) {
      expectClose(prediction.elements, output, sourceLocation: sourceLocation)
    }
  }

  @Test func branchesArePredictedAsTheyAreTrained() throws {
    let model = try branchedModel()
    try model.compileBranches()
    try expectTrainingsOutputs(model, branchedData(7))
  }

  @Test func outputsMayBeInputsAndLieOnTheWay() throws {
    let input = Input([4])
    let hidden = Dense(4, activation: .tanh)(input)
    let same = Dropout(0)(Flatten()(hidden))
    let sum = Add()(same, hidden, input)
    let outputs = [input, hidden, sum, hidden, Dropout(0)(input), same, Flatten()(sum)]
    let model = try Model(inputs: [input], outputs: outputs)
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
    let data = try numbers(6, [4], targets: [4, 4, 4, 4, 4, 4, 4])
    try expectTrainingsOutputs(model, data)
    let predictions = try model.predict(tensors(data)).map { $0.elements }
    #expect(predictions[0] == data.rows.flatMap { $0 })
    #expect(predictions[4] == predictions[0])
    #expect(predictions[3] == predictions[1] && predictions[5] == predictions[1])
    #expect(predictions[6] == predictions[2])
  }

  @Test func convolutionsAndMergesArePredictedAsTheyAreTrained() throws {
    let input = Input([6, 6, 2])
    let features = Conv2D(3, kernelSize: 3, padding: .same, activation: .relu)(input)
    let pooled = MaxPooling2D()(Maximum()(features, Conv2D(3, kernelSize: 1)(input)))
    let merged = Concatenate()(pooled, LayerNormalization()(pooled))
    let model = try Model(
      inputs: [input],
      outputs: [Dense(2, activation: .softmax)(Flatten()(merged)), GlobalMaxPooling2D()(pooled)])
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
    try expectTrainingsOutputs(model, numbers(5, [6, 6, 2], targets: [2, 3]))
  }

  @Test func dropoutAndNormalizationAreAsAfterTraining() throws {
    let input = Input([3])
    let normalization = BatchNormalization(epsilon: 0, name: "normal")
    let model = try Model(
      inputs: [input], outputs: [Dropout(0.5)(normalization(Dropout(0.5)(input)))])
    try model.setValues(of: "normal/moving_mean", to: Tensor(shape: [3], elements: [1, 2, 3]))
    try model.setValues(of: "normal/moving_variance", to: Tensor(shape: [3], elements: [4, 1, 16]))
    let output = try model.predict(Tensor(shape: [1, 3], elements: [3, 3, 3]))
    expectClose(output.elements, [1, 1, 0])
  }

  @Test func batchesInPiecesEqualTheWhole() throws {
    let model = try branchedModel()
    let samples = try tensors(branchedData(23))
    let whole = try Session(model, maximumBatch: 23).predict(samples)
    for maximumBatch in [2, 5, 22] {
      let pieces = try Session(model, maximumBatch: maximumBatch).predict(samples)
      for (piece, whole) in zip(pieces, whole) { expectClose(piece.elements, whole.elements) }
    }
  }

  @Test func tensorsMustBeAsManyAsTheInputs() throws {
    let model = try branchedModel()
    let samples = try tensors(branchedData(3))
    expectError(.invalidArgument, "branching: expected 2 inputs, got 1") {
      _ = try model.predict([samples[0]])
    }
    expectError(.invalidArgument, "expected a batch of samples of shape [4], got [2, 4]") {
      _ = try model.predict([
        samples[0], Tensor(shape: [2, 4], elements: [1, 2, 3, 4, 5, 6, 7, 8]),
      ])
    }
    expectError(.invalidArgument, "expected 2 inputs, got 1") {
      _ = try model.predict(samples[0])
    }
    let outputs = try model.predict([
      Tensor(shape: [0, 4], elements: []), Tensor(shape: [0, 4], elements: []),
    ])
    #expect(outputs.map { $0.shape } == [[0, 3], [0, 1]])
  }

  @Test func predictingBranchesAllocatesNothing() throws {
    try AllocationCounter.run("InferenceOfGraphsTests/predictingBranchesAllocatesNothing") {
      let session = try Session(branchedModel(), maximumBatch: 16)
      let (left, right) = (matrix(40, 4) { Float($0) }, matrix(40, 4) { Float($0) / 3 })
      let samples: [SampleView] = [left, right].map { .float32(UnsafePointer($0.elements)) }
      let outputs = [matrix(40, 3), matrix(40, 1)]
      var counts: [Int] = []
      counts.reserveCapacity(10)
      for _ in 0..<4 {
        session.predict(samples, into: outputs)
        counts.append(AllocationCounter.current)
      }
      #expect(counts[0] > 0)
      #expect(counts[3] - counts[0] == 0)
    }
  }

  @Test func predictingPicturesAllocatesNothing() throws {
    try AllocationCounter.run("InferenceOfGraphsTests/predictingPicturesAllocatesNothing") {
      let session = try Session(convolutionalModel(), maximumBatch: 16)
      let bytes = (0..<40 * 64).map { UInt8(truncatingIfNeeded: $0 * 31) }
      let pictures = matrix(40, 64) { Float($0 % 7) }
      let outputs = matrix(40, 3)
      var counts: [Int] = []
      counts.reserveCapacity(10)
      bytes.withUnsafeBufferPointer { bytes in
        guard let bytes = bytes.baseAddress else { return }
        for _ in 0..<4 {
          session.predict(.float32(UnsafePointer(pictures.elements)), into: outputs)
          session.predict(.uint8(bytes), into: outputs)
          counts.append(AllocationCounter.current)
        }
      }
      #expect(counts[0] > 0)
      #expect(counts[3] - counts[0] == 0)
    }
  }
}
