import Testing

@testable import Lamina

@Suite struct MultipleOutputsTests {
  private let names = ["loss", "kind_loss", "amount_loss", "kind_accuracy", "amount_mae"]

  @Test func valuesBearTheOutputsNames() throws {
    let model = try branchedModel()
    try model.compileBranches()
    #expect(model.inputNames == ["left", "right"] && model.outputNames == ["kind", "amount"])
    let data = try branchedData(30)
    let history = try model.fit(data, validation: data)
    #expect(history.epochs[0].values.map { $0.name } == names + names.map { "val_" + $0 })
    #expect(try model.evaluate(data).values.map { $0.name } == names)
    #expect(try model.trainOnBatch(data).values.map { $0.name } == names)
  }

  @Test func lossIsTheWeighedSumOfTheOutputs() throws {
    let model = try branchedModel()
    try model.compileBranches(amountWeight: 0.3)
    let data = try branchedData(50)
    for values in [try model.evaluate(data).values, try model.trainOnBatch(data).values] {
      let (kind, amount) = (try #require(values["kind_loss"]), try #require(values["amount_loss"]))
      expectClose(try #require(values["loss"]), kind + 0.3 * amount)
      #expect(kind > 0 && amount > 0)
    }
  }

  @Test func trainingLearnsBoth() throws {
    let model = try branchedModel()
    try model.compileBranches(amountWeight: 1)
    let history = try model.fit(branchedData(300), epochs: 30)
    #expect(history["kind_loss"][29] < history["kind_loss"][0] / 2)
    #expect(history["amount_loss"][29] < history["amount_loss"][0] * 0.8)
  }

  @Test func oneCompilationServesAllOutputs() throws {
    let input = Input([4])
    let hidden = Dense(3, name: "hidden")(input)
    let model = try Model(inputs: [input], outputs: [hidden, Dense(2, name: "end")(hidden)])
    try model.compile(optimizer: .sgd(), loss: .meanSquaredError(), metrics: [.mae])
    let values = try model.trainOnBatch(numbers(5, [4], targets: [3, 2])).values
    #expect(
      values.map { $0.name } == ["loss", "hidden_loss", "end_loss", "hidden_mae", "end_mae"])
  }

  @Test func outputsWithoutALossNeedNoTargets() throws {
    let kind = OutputTraining(loss: .sparseCategoricalCrossentropy(fromLogits: true))
    let data = try branchedData(20)
    let onlyKinds = try Dataset(inputs: data.inputs, targets: [data.targets[0]])
    let (model, other) = (try branchedModel(), try branchedModel())
    for model in [model, other] {
      try model.compile(optimizer: .adam(), outputs: ["kind": kind])
    }
    let history = try model.fit(data)
    let expected = try other.fit(onlyKinds)
    #expect(history.epochs[0].values == expected.epochs[0].values)
    #expect(history.epochs[0].values.map { $0.name } == ["loss", "kind_loss"])
    #expect(model.weightBits == other.weightBits)
  }

  @Test func outputsMayBeMeasuredWithoutALoss() throws {
    let model = try branchedModel()
    try model.compile(
      optimizer: .adam(),
      outputs: [
        "kind": OutputTraining(loss: .sparseCategoricalCrossentropy(fromLogits: true)),
        "amount": OutputTraining(loss: nil, metrics: [.mae]),
      ])
    let before = model.values(of: "amount/kernel")
    let values = try model.fit(branchedData(20)).epochs[0].values
    #expect(values["amount_mae"] != nil)
    expectClose(try #require(values["loss"]), try #require(values["kind_loss"]))
    #expect(model.values(of: "amount/kernel") == before)
  }

  @Test func namesThatAreNoOutputsAreErrors() throws {
    let model = try branchedModel()
    let training = OutputTraining(loss: .meanSquaredError())
    expectError(.invalidArgument, "branching: there is no output", "expected kind, amount") {
      try model.compile(optimizer: .sgd(), outputs: ["amount": training, "hidden": training])
    }
    for outputs in [[:], ["amount": OutputTraining(loss: nil, metrics: [.mae])]] {
      expectError(.invalidArgument, "branching: expected a loss for one output at least") {
        try model.compile(optimizer: .sgd(), outputs: outputs)
      }
    }
  }

  @Test func inputsAndTargetsMustBeAsManyAsTheModels() throws {
    let model = try branchedModel()
    try model.compileBranches()
    let data = try branchedData(10)
    expectError(.invalidArgument, "one: expected 2 targets", "got 1") {
      try model.fit(Dataset(name: "one", inputs: data.inputs, targets: [data.targets[0]]))
    }
    expectError(.invalidArgument, "branching: expected 2 inputs, got 1") {
      try model.fit(Dataset(name: "one", inputs: [data.inputs[0]], targets: data.targets))
    }
    expectError(.invalidArgument, "swapped: kind") {
      try model.fit(
        Dataset(name: "swapped", inputs: data.inputs, targets: data.targets.reversed()))
    }
    let wide = try Samples(.float32([Float](repeating: 0, count: 50)), shape: [5], count: 10)
    expectError(.invalidArgument, "branching: right: expected samples of shape [4]", "[5]") {
      try model.fit(Dataset(name: "wide", inputs: [data.inputs[0], wide], targets: data.targets))
    }
  }

  @Test func outputsOfOneLayerHaveNamesOfTheirOwn() throws {
    let (first, second) = (Input([2]), Input([2]))
    let shared = Dense(1, name: "shared")
    let model = try Model(inputs: [first, second], outputs: [shared(first), shared(second)])
    #expect(model.outputNames == ["shared", "shared_1"])
    #expect(model.inputNames == ["input_layer", "input_layer_1"])
  }
}
