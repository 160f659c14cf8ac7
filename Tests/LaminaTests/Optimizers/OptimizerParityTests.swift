import Testing

@testable import Lamina

@Suite(.kerasParity("optimizers")) struct OptimizerParityTests {
  private static let names = ["Adagrad", "Adam", "AdamW", "Nadam", "RMSprop", "SGD"]

  @Test(arguments: names) func stepsAreKerass(name: String) throws {
    var compared = 0
    for golden in try KerasFixture("optimizers", name).cases {
      let json = try description(of: golden)
      guard !isUnsupported(json) else {
        expectError(.unsupported) { _ = try OptimizerRegistry.make(json) }
        continue
      }
      let optimizer = try OptimizerRegistry.make(json)
      #expect(optimizer.className == name)
      try expectKerassSteps(optimizer, golden)
      compared += 1
    }
    #expect(compared >= 12)
  }

  @Test func everyFixtureIsTested() throws {
    #expect(try KerasFixture.classNames(of: "optimizers") == Self.names)
  }

  /// What Keras wrote of the optimizer, with the names that were excluded from
  /// weight decay, which Keras does not write.
  private func description(of golden: KerasFixture.Case) throws -> JSON {
    let serialized = try #require(golden.json["optimizer"])
    let excluded = try #require(golden.json["excluded"])
    let className = try #require(serialized["class_name"]?.stringValue)
    guard case .object(let settings)? = serialized["config"] else { return serialized }
    return .described(
      className, settings + [JSON.Member("exclude_from_weight_decay", excluded)])
  }

  /// Whether it has amsgrad, or excludes by a regular expression.
  private func isUnsupported(_ json: JSON) -> Bool {
    let excluded = json["config"]?["exclude_from_weight_decay"]?.arrayValue ?? []
    return json["config"]?["amsgrad"] == .boolean(true)
      || excluded.contains { $0.stringValue?.contains(".") ?? false }
  }

  private func expectKerassSteps(_ optimizer: any Optimizer, _ golden: KerasFixture.Case) throws {
    let kernel = try golden.tensor("start/kernel").floats
    let bias = try golden.tensor("start/bias").floats
    let kernelGradients = try golden.tensor("gradients/kernel").floats
    let biasGradients = try golden.tensor("gradients/bias").floats
    let training = OptimizerSteps(optimizer, ["kernel": kernel, "bias": bias])
    let stepCount = biasGradients.count / bias.count
    #expect(stepCount >= 25)
    var (kernels, biases): ([Float], [Float]) = ([], [])
    for step in 0..<stepCount {
      let values = training.step(
        Array(kernelGradients[step * kernel.count..<(step + 1) * kernel.count])
          + biasGradients[step * bias.count..<(step + 1) * bias.count])
      kernels += values[..<kernel.count]
      biases += values[kernel.count...]
    }
    golden.expect("steps/kernel", kernels)
    golden.expect("steps/bias", biases)
  }
}
