import Testing

@testable import Lamina

/// Every layer's backward pass beside central differences of its own forward pass,
/// on the points of the fixtures.
@Suite struct LayerGradientTests {
  private static let tolerance = 1e-2

  @Test(arguments: LayerRegistry.classNames)
  func gradientsAreTheSlopes(className: String) throws {
    let cases = try Self.cases(of: className)
    #expect(!cases.isEmpty)
    var known: Set<String> = [], checked: Set<String> = []
    for some in cases {
      for (gradient, comparison) in try Self.comparisons(of: some) {
        #expect(
          comparison.error <= Self.tolerance, "\(className), \(some.name): gradient of \(gradient)")
        known.insert(gradient)
        if comparison.checked > 0 { checked.insert(gradient) }
      }
    }
    #expect(known.contains("input 0"))
    #expect(checked == known, "\(className): smooth in no case")
  }

  /// The points of the fixtures that Lamina computes, or a class's own.
  private static func cases(of className: String) throws -> [LayerCase] {
    if let own = own[className] { return [try own()] }
    let refused = LayerParityTests.refused[className] ?? []
    return try KerasFixture("layers", className).cases
      .filter { !refused.contains($0.name) }
      .map(LayerCase.init)
  }

  /// Layers that draw and so have no fixture. All passes of a case draw the same.
  private static let own: [String: @Sendable () throws -> LayerCase] = [
    "Dropout": {
      var generator = SeededGenerator(seed: 3)
      return LayerCase(
        name: "rate 0.4", layer: Dropout(0.4), isTraining: true, shapes: [[9]],
        inputs: [matrix(5, 9, from: &generator)],
        upstream: matrix(5, 9, from: &generator).toArray())
    }
  ]

  /// All gradients of one backward pass, by what they are taken of.
  private static func comparisons(
    of some: LayerCase
  ) throws -> [(gradient: String, comparison: SlopeComparison)] {
    let trial = try some.trial()
    let pass = some.pass(of: trial)
    let upstream = matrix(pass.output.rows, pass.output.columns) { some.upstream[$0] }
    some.layer.forward(pass)
    pass.outputGradient.assign(upstream)
    some.layer.backward(pass)
    func comparison(_ gradient: MatrixView, at point: MatrixView) -> SlopeComparison {
      SlopeComparison(gradient, at: point) {
        some.layer.forward(pass)
        return weightedSum(pass.output, upstream)
      }
    }
    var results: [(gradient: String, comparison: SlopeComparison)] = []
    for (index, gradient) in pass.inputGradients.enumerated() {
      let gradient = try #require(gradient)
      results.append(("input \(index)", comparison(gradient, at: pass.inputs[index])))
    }
    for (index, variable) in some.layer.variables(for: some.shapes).enumerated() {
      guard let gradient = pass.variableGradients[index] else { continue }
      results.append((variable.name, comparison(gradient, at: pass.variables[index])))
    }
    #expect(trial.isFramed, "\(some.name)")
    return results
  }
}
