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
  static let refused = [
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
  private let some: LayerCase
  var layer: any Layer { some.layer }

  init(_ golden: KerasFixture.Case) throws {
    self.golden = golden
    some = try LayerCase(golden)
  }

  /// What Keras was given, beside `input_0` and so on.
  private func isGiven(_ name: String) -> Bool {
    name.hasPrefix("input_") && !name.hasPrefix("input_gradient")
      || name.hasPrefix("variable/") && golden.tensors["adapted_to"] == nil
      || name == "upstream" || name == "adapted_to"
  }

  func run() throws {
    // As a prediction computes it: without memory for a backward pass.
    if !some.isTraining {
      golden.expect("output", try some.trial(isTraining: false).forward())
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

  /// All that Lamina computes, by the fixture's names.
  private func trained() throws -> [String: [Float]] {
    let trial = try some.trial()
    let pass = some.pass(of: trial)
    let declared = layer.variables(for: some.shapes)
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
    pass.outputGradient.assign(some.upstream)
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
