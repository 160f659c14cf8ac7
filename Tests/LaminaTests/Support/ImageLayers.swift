import Testing

@testable import Lamina

/// A layer's pass over a batch of images, with memory of its own; what the layer
/// must write is not a number before.
struct ImageLayerHarness {
  let layer: any Layer
  let pass: LayerPass

  /// - Parameters:
  ///   - shape: of an image.
  ///   - images: the batch's numbers; nil for normally distributed ones.
  ///   - variables: nil for normally distributed numbers.
  ///   - isInference: whether the pass has no room for a state.
  init(
    _ layer: any Layer, _ shape: Shape, rows: Int = 2, images: [Float]? = nil,
    variables: [[Float]]? = nil, wantsInputGradient: Bool = true, isInference: Bool = false
  ) throws {
    var generator = SeededGenerator(seed: 11)
    let count = try #require(shape.checkedElementCount)
    let output = try layer.outputShape(for: [shape])
    let outputCount = try #require(output.checkedElementCount)
    let values = images ?? generator.normals(rows * count)
    try #require(values.count == rows * count)
    let input = matrix(rows, count) { values[$0] }
    let declared = layer.variables(for: [shape])
    let views = try declared.enumerated().map { index, variable in
      let count = try #require(variable.shape.checkedElementCount)
      let columns = variable.shape.dimensions.last ?? 1
      let values = variables?[index] ?? generator.normals(count)
      try #require(values.count == count)
      return matrix(count / columns, columns) { values[$0] }
    }
    self.layer = layer
    pass = LayerPass(
      inputs: [input], output: matrix(rows, outputCount) { _ in .nan }, inputShapes: [shape],
      outputShape: output, variables: views,
      state: matrix(rows, isInference ? 0 : layer.stateCount(for: [shape])) { _ in .nan },
      workspace: matrix(1, layer.workspaceCount(for: [shape])) { _ in .nan },
      inputGradients: [wantsInputGradient ? matrix(rows, count) { _ in .nan } : nil],
      outputGradient: matrix(rows, outputCount),
      variableGradients: views.map { matrix($0.rows, $0.columns) { _ in .nan } },
      isTraining: !isInference, random: RandomStream(seed: 1, purpose: .dropout))
  }

  @discardableResult
  func forward() -> [Float] {
    layer.forward(pass)
    return pass.output.toArray()
  }

  /// The gradients of the sum of output times upstream.
  func backward(_ upstream: [Float]) {
    pass.outputGradient.assign(upstream)
    layer.backward(pass)
  }

  var inputGradient: [Float] { pass.inputGradient?.toArray() ?? [] }

  /// Whether nothing was written outside of the pass's memory.
  var isFramed: Bool {
    let views =
      [pass.input, pass.output, pass.state, pass.workspace, pass.outputGradient] + pass.variables
      + pass.variableGradients.compactMap { $0 } + [pass.inputGradient].compactMap { $0 }
    return views.allSatisfy(LaminaTests.isFramed)
  }

  /// Compares all gradients with central differences.
  func expectGradients(
    step: Float = 1e-2, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var generator = SeededGenerator(seed: 12)
    let upstream = matrix(pass.output.rows, pass.output.columns, from: &generator)
    let objective = {
      forward()
      return weightedSum(pass.output, upstream)
    }
    forward()
    backward(upstream.toArray())
    let points = [pass.input] + pass.variables
    let gradients = try ([pass.inputGradient] + pass.variableGradients).map { try #require($0) }
    for (index, point) in points.enumerated() {
      expectGradient(
        gradients[index], at: point, step: step,
        "\(place), \(index == 0 ? "input" : "variable \(index - 1)")",
        sourceLocation: sourceLocation, objective)
    }
    #expect(isFramed, sourceLocation: sourceLocation)
  }
}

extension ImageLayerHarness {
  /// The settings that a text holds.
  static func configuration(_ text: String) throws -> Configuration {
    Configuration(try JSON(parsing: text))
  }

  /// What a layer writes of itself, to be read again.
  static func rewritten(_ layer: any Layer) -> Configuration {
    Configuration(.object(layer.configuration))
  }

  /// The numbers 1, 2, 3, ...
  static func counting(_ count: Int) -> [Float] { (1...count).map { Float($0) } }

  /// Numbers from 0 to 6 in random order, further apart than the steps of
  /// `expectGradients` go.
  static func distinct(_ count: Int) -> [Float] {
    var order = Array(0..<Int32(count))
    RandomStream(seed: 5, purpose: .shuffle).shuffle(&order)
    return order.map { 6 * Float($0) / Float(count) }
  }
}
