import Testing

@testable import Lamina

/// Every layer beside Keras's: a class is found by its fixture, so that a new
/// layer needs nothing here.
@Suite(.kerasParity("layers")) struct LayerParityTests {
  @Test(arguments: try KerasFixture.classNames(of: "layers"))
  func outputsAndGradientsAreKerass(className: String) throws {
    let cases = try KerasFixture("layers", className).cases
    #expect(!cases.isEmpty)
    for golden in cases {
      if Self.refused[className]?.contains(golden.name) == true {
        expectError(.unsupported) { try LayerComparison(golden).run() }
        continue
      }
      let comparison = try LayerComparison(golden)
      #expect(comparison.layer.className == className)
      try comparison.run()
    }
  }

  /// What Keras can and Lamina refuses.
  private static let refused = [
    "LayerNormalization": ["image, axis 1", "image, axes 1 and 3", "image, axes 3 and 1"]
  ]

  /// Layers that draw even with equal bounds have no numbers to compare.
  private static let drawing = ["Dropout"]

  @Test func everyKnownLayerHasAFixture() throws {
    let compared = try KerasFixture.classNames(of: "layers")
    #expect(LayerRegistry.classNames == (compared + Self.drawing).sorted())
  }
}

/// One layer on one batch, forward and backward.
private struct LayerComparison {
  let golden: KerasFixture.Case
  let layer: any Layer
  private let isTraining: Bool
  private let shapes: [Shape]
  private let inputs: [MatrixView]

  init(_ golden: KerasFixture.Case) throws {
    let description = try #require(golden.json["layer"])
    let configuration = Configuration(try #require(description["config"]))
    self.golden = golden
    layer = try LayerRegistry.make(
      className: try #require(description["class_name"]?.stringValue),
      configuration: configuration)
    layer.trainable = try configuration.boolean("trainable", default: true)
    isTraining = golden.json["training"] == .boolean(true)
    let inputs = golden.numbered("input")
    shapes = inputs.map { Shape(Array($0.shape.dropFirst())) }
    self.inputs = inputs.map { tensor in
      let numbers = tensor.floats
      return matrix(tensor.shape[0], numbers.count / tensor.shape[0]) { numbers[$0] }
    }
    if let samples = golden.tensors["adapted_to"] {
      let normalization = try #require(layer as? Normalization)
      try normalization.adapt(Tensor(shape: Shape(samples.shape), elements: samples.floats))
    }
  }

  /// What Keras was given, beside `input_0` and so on.
  private func isGiven(_ name: String) -> Bool {
    name.hasPrefix("input_") && !name.hasPrefix("input_gradient")
      || name.hasPrefix("variable/") && golden.tensors["adapted_to"] == nil
      || name == "upstream" || name == "adapted_to"
  }

  func run() throws {
    // As a prediction computes it: without memory for a backward pass.
    if !isTraining {
      golden.expect("output", try trial(isTraining: false).forward())
    }
    let results = try trained()
    for name in golden.names where !isGiven(name) {
      guard let values = results[name] else {
        Issue.record("\(golden.testDescription): Lamina has no \(name)")
        continue
      }
      golden.expect(name, values)
    }
  }

  private func trial(isTraining: Bool) throws -> LayerTrial {
    var variables: [String: [Float]] = [:]
    for name in golden.suffixes(of: "variable/") where isGiven("variable/" + name) {
      variables[name] = try golden.tensor("variable/" + name).floats
    }
    return try LayerTrial(
      layer, inputs, shapes: shapes, variables: variables, isTraining: isTraining)
  }

  /// All that Lamina computes, by the fixture's names.
  private func trained() throws -> [String: [Float]] {
    let trial = try trial(isTraining: true)
    var pass = trial.pass
    pass.isTraining = isTraining
    if !layer.trainable { pass.variableGradients = pass.variableGradients.map { _ in nil } }
    let declared = layer.variables(for: shapes)
    #expect(declared.map(\.name) == golden.suffixes(of: "variable/"), "\(golden.name)")

    var results: [String: [Float]] = [:]
    var penalty = 0.0
    for (variable, values) in zip(declared, pass.variables) {
      results["variable/" + variable.name] = values.toArray()
      penalty += variable.regularizer?.loss(of: values) ?? 0
    }
    results["penalty"] = [Float(penalty)]
    layer.forward(pass)
    results["output"] = pass.output.toArray()
    pass.outputGradient.assign(try golden.tensor("upstream").floats)
    layer.backward(pass)
    for (index, gradient) in pass.inputGradients.enumerated() {
      results["input_gradient_\(index)"] = try #require(gradient).toArray()
    }
    for (index, variable) in declared.enumerated() {
      results["gradient/" + variable.name] = pass.variableGradients[index]?.toArray()
      results["updated/" + variable.name] = pass.variables[index].toArray()
    }
    #expect(trial.isFramed, "\(golden.name)")
    return results
  }
}
