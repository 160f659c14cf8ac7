import Testing

@testable import Lamina

@Suite struct ModelTests {
  @Test func initialWeightsAreGlorotAndZero() throws {
    let model = try Sequential(seed: 2) {
      Dense(30, inputShape: [50])
      Dense(50)
    }
    let limit = (6 / Float(80)).squareRoot()
    let kernels = try ["dense/kernel", "dense_1/kernel"].map {
      try #require(model.values(of: $0)).elements
    }
    for kernel in kernels {
      #expect(kernel.allSatisfy { abs($0) <= limit })
      #expect(abs(kernel.reduce(0, +) / 1500) < 0.05 * limit * 3)
    }
    #expect(kernels[0] != kernels[1])
    #expect(model.values(of: "dense/bias")?.elements == [Float](repeating: 0, count: 30))
  }

  @Test func valuesAreFoundByNameAndReplaced() throws {
    let model = try smallModel()
    #expect(
      model.variableNames == ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"])
    #expect(model.values(of: "dense/kernel")?.shape == [4, 8])
    #expect(model.values(of: "dense_9/kernel") == nil)
    let before = model.values(of: "dense/kernel")
    let bias = try Tensor(shape: [3], elements: [1, 2, 3])
    try model.setValues(of: "dense_1/bias", to: bias)
    #expect(model.values(of: "dense_1/bias") == bias)
    #expect(model.values(of: "dense/kernel") == before)
  }

  @Test func replacedValuesMustFit() throws {
    let model = try smallModel()
    let three = try Tensor(shape: [3], elements: [1, 2, 3])
    expectError(.invalidArgument, "dense/bias has shape [8], got [3]") {
      try model.setValues(of: "dense/bias", to: three)
    }
    expectError(.invalidArgument, "sequential has no variable \"bias\"") {
      try model.setValues(of: "bias", to: three)
    }
    expectError(.invalidArgument, "not built") {
      try Sequential { Dense(3) }.setValues(of: "dense/bias", to: three)
    }
  }

  @Test func biaslessLayersHaveNoBias() throws {
    let model = try Sequential { Dense(3, useBias: false, inputShape: [2]) }
    #expect(model.variableNames == ["dense/kernel"])
    try model.setValues(
      of: "dense/kernel", to: Tensor(shape: [2, 3], elements: [1, 2, 3, 4, 5, 6]))
    let outputs = try model.predict(Tensor(shape: [1, 2], elements: [1, 10]))
    #expect(outputs.elements == [41, 52, 63])
  }
}
