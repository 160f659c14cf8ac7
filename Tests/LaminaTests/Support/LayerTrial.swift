import Testing

@testable import Lamina

/// A layer of one or more inputs with memory for one batch's pass through it. All
/// memory that the pass writes holds not-a-numbers first.
struct LayerTrial {
  let layer: any Layer
  let pass: LayerPass

  /// - Parameters:
  ///   - inputs: a batch for each input, a row for each sample.
  ///   - shapes: of a sample of each input; nil for rows as they are.
  ///   - variables: their values by name; others are drawn by their initializers.
  init(
    _ layer: any Layer, _ inputs: [MatrixView], shapes: [Shape]? = nil,
    variables: [String: [Float]] = [:], isTraining: Bool = true,
    wantsInputGradients: Bool = true, seed: UInt64 = 1, step: UInt32 = 0
  ) throws {
    let shapes = shapes ?? inputs.map { [$0.columns] }
    let output = try layer.outputShape(for: shapes)
    let columns = try #require(output.checkedElementCount)
    let rows = try #require(inputs.first).rows
    let declared = layer.variables(for: shapes)
    let values = try declared.map { try LayerTrial.values(of: $0, variables[$0.name]) }
    func fresh(_ rows: Int, _ columns: Int) -> MatrixView { matrix(rows, columns) { _ in .nan } }
    self.layer = layer
    pass = LayerPass(
      inputs: inputs, output: fresh(rows, columns), inputShapes: shapes, outputShape: output,
      variables: values, state: fresh(rows, isTraining ? layer.stateCount(for: shapes) : 0),
      workspace: fresh(1, layer.workspaceCount(for: shapes)),
      inputGradients: inputs.map { wantsInputGradients ? fresh($0.rows, $0.columns) : nil },
      outputGradient: fresh(rows, columns),
      variableGradients: zip(declared, values).map { variable, values in
        variable.isTrainable ? fresh(values.rows, values.columns) : nil
      },
      isTraining: isTraining, random: RandomStream(seed: seed, purpose: .dropout, step: step))
  }

  init(
    _ layer: any Layer, _ input: MatrixView, shape: Shape? = nil,
    variables: [String: [Float]] = [:], isTraining: Bool = true, seed: UInt64 = 1,
    step: UInt32 = 0
  ) throws {
    try self.init(
      layer, [input], shapes: shape.map { [$0] }, variables: variables, isTraining: isTraining,
      seed: seed, step: step)
  }

  private static func values(of variable: Variable, _ given: [Float]?) throws -> MatrixView {
    let count = try #require(variable.shape.checkedElementCount)
    let columns = variable.shape.dimensions.last ?? 1
    let values = matrix(count / columns, columns)
    variable.initializer.fill(
      values, shape: variable.shape, seed: InitializerSeed(seed: 1, variable: 0))
    if let given { values.assign(given) }
    return values
  }

  @discardableResult
  func forward() -> [Float] {
    layer.forward(pass)
    return pass.output.toArray()
  }

  /// The gradients of the sum of output times upstream.
  func backward(_ upstream: MatrixView) {
    pass.outputGradient.assign(upstream)
    layer.backward(pass)
  }

  /// Compares all gradients with slopes.
  ///
  /// - Parameter upstream: what the outputs are multiplied by and summed.
  func expectGradients(
    _ upstream: MatrixView, step: Float = 1e-2, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    forward()
    backward(upstream)
    let objective = {
      forward()
      return weightedSum(pass.output, upstream)
    }
    for (index, gradient) in pass.inputGradients.enumerated() {
      expectGradient(
        try #require(gradient), at: pass.inputs[index], step: step, "input \(index)",
        sourceLocation: sourceLocation, objective)
    }
    for (index, gradient) in pass.variableGradients.enumerated() {
      guard let gradient else { continue }
      expectGradient(
        gradient, at: pass.variables[index], step: step, "variable \(index)",
        sourceLocation: sourceLocation, objective)
    }
    #expect(isFramed, sourceLocation: sourceLocation)
  }

  var isFramed: Bool {
    (pass.inputs + pass.variables + [pass.output, pass.state, pass.workspace, pass.outputGradient]
      + (pass.inputGradients + pass.variableGradients).compactMap { $0 })
      .allSatisfy(LaminaTests.isFramed)
  }
}

/// Makes a layer of what another one's configuration says, as text and back.
func reread<Kind: Layer>(
  _ layer: Kind, _ make: (Configuration) throws -> Kind
) throws -> Kind {
  let text = JSON.object(layer.configuration).text
  let again = try make(Configuration(JSON(parsing: text)))
  #expect(JSON.object(again.configuration).text == text)
  return again
}

/// The settings that a text gives.
func configuration(_ text: String) throws -> Configuration {
  Configuration(try JSON(parsing: text))
}
