import Testing

@testable import Lamina

/// A layer's pass over a batch of images, by default normally distributed ones.
struct ImageLayerHarness {
  private let trial: LayerTrial

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
    let values = images ?? generator.normals(rows * count)
    try #require(values.count == rows * count)
    _ = try layer.outputShape(for: [shape])
    var named: [String: [Float]] = [:]
    for (index, variable) in layer.variables(for: [shape]).enumerated() {
      let count = try #require(variable.shape.checkedElementCount)
      named[variable.name] = variables?[index] ?? generator.normals(count)
    }
    trial = try LayerTrial(
      layer, [matrix(rows, count) { values[$0] }], shapes: [shape], variables: named,
      isTraining: !isInference, wantsInputGradients: wantsInputGradient)
  }

  var layer: any Layer { trial.layer }
  var pass: LayerPass { trial.pass }
  var inputGradient: [Float] { pass.inputGradient?.toArray() ?? [] }
  var isFramed: Bool { trial.isFramed }

  @discardableResult
  func forward() -> [Float] { trial.forward() }

  /// The gradients of the sum of output times upstream.
  func backward(_ upstream: [Float]) { trial.backward(matrix(upstream)) }

  /// Compares all gradients with central differences.
  func expectGradients(
    step: Float = 1e-2, _ place: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    var generator = SeededGenerator(seed: 12)
    let upstream = matrix(pass.output.rows, pass.output.columns, from: &generator)
    try trial.expectGradients(upstream, step: step, sourceLocation: sourceLocation)
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
