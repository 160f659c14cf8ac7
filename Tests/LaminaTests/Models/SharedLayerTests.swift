import Testing

@testable import Lamina

@Suite struct SharedLayerTests {
  @Test func callsUseTheSameWeights() throws {
    let input = Input([2])
    let shared = Dense(2, useBias: false, name: "shared")
    let model = try Model(inputs: [input], outputs: [shared(shared(shared(input)))])
    #expect(model.variableNames == ["shared/kernel"] && model.parameterCount == 4)
    #expect(model.layers.count == 2)
    try model.setValues(of: "shared/kernel", to: Tensor(shape: [2, 2], elements: [2, 0, 1, 1]))
    let output = try model.predict(Tensor(shape: [1, 2], elements: [1, 1]))
    // [1, 1] becomes [3, 1], [7, 1], [15, 1].
    #expect(output.elements == [15, 1])
  }

  @Test func callsMayHaveInputsOfSeveralShapes() throws {
    let (vector, rows) = (Input([3]), Input([5, 3]))
    let shared = Dense(2)
    let model = try Model(inputs: [vector, rows], outputs: [shared(vector), shared(rows)])
    #expect(model.outputShapes == [[2], [5, 2]])
    let vectors = try Tensor(shape: [1, 3], elements: [1, 2, 3])
    let repeated = try Tensor(
      shape: [1, 5, 3], elements: (0..<5).flatMap { _ in [1, 2, 3] as [Float] })
    let outputs = try model.predict([vectors, repeated])
    for row in 0..<5 {
      expectClose(Array(outputs[1].elements[2 * row..<2 * row + 2]), outputs[0].elements)
    }
  }

  @Test func callsThatWouldNeedOtherWeightsAreErrors() {
    let (short, long) = (Input([2]), Input([3]))
    let shared = Dense(4, name: "shared")
    expectError(.invalidArgument, "shared: kernel has shape [2, 4]", "[3, 4]") {
      _ = try Model(inputs: [short, long], outputs: [shared(short), shared(long)])
    }
  }

  @Test func dropoutDrawsItsOwnMaskAtEachCall() throws {
    let input = Input([200])
    let dropout = Dropout(0.5)
    let model = try Model(inputs: [input], outputs: [dropout(input), dropout(input)])
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError())
    let trial = try ModelTrial(model, numbers(1, [200], targets: [200, 200]))
    trial.loss()
    let masks = trial.outputs.map { $0.map { $0 == 0 } }
    #expect(masks[0] != masks[1])
    #expect(masks[0].count { $0 } > 50 && masks[1].count { $0 } > 50)
  }

  @Test func statisticsOfSharedNormalizationMoveAtEachCall() throws {
    let (first, second) = (Input([1]), Input([1]))
    let shared = BatchNormalization(momentum: 0.5, name: "normal")
    let model = try Model(inputs: [first, second], outputs: [shared(first), shared(second)])
    try model.compile(optimizer: .sgd(learningRate: 0), loss: .meanSquaredError())
    let inputs = try [[1, 3], [10, 14]].map { try Samples(.float32($0), shape: [1], count: 2) }
    try model.trainOnBatch(Dataset(inputs: inputs, targets: inputs))
    // Means 2 and 12: 0 becomes 1, then 6.5.
    #expect(model.values(of: "normal/moving_mean")?.elements == [6.5])
  }

  @Test func trainingMovesTheOneKernel() throws {
    let model = try branchedModel()
    try model.compileBranches(optimizer: .sgd(learningRate: 0.1))
    let data = try branchedData(20)
    let trial = try ModelTrial(model, data)
    trial.loss()
    trial.trainer.backward(rows: 20)
    let gradient = try trial.gradient(of: "shared/kernel")
    let before = try #require(model.values(of: "shared/kernel")).elements
    try model.trainOnBatch(data)
    let after = try #require(model.values(of: "shared/kernel")).elements
    expectClose(after, zip(before, gradient).map { $0 - 0.1 * $1 })
  }
}
