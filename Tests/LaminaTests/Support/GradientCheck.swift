import Testing

@testable import Lamina

/// Compares a gradient with central differences along random directions.
///
/// - Parameters:
///   - point: where the gradient was taken; restored afterwards.
///   - objective: the value at the point; it sums in double. The point must lie
///     further from any kink than `step` times a direction goes.
func expectGradient(
  _ gradient: MatrixView, at point: MatrixView, step: Float = 1e-2, tolerance: Double = 1e-2,
  _ place: String, sourceLocation: SourceLocation = #_sourceLocation,
  _ objective: () -> Double
) {
  let start = point.toArray()
  var generator = SeededGenerator(seed: 17)
  for trial in 0..<5 {
    let direction = generator.normals(point.count)
    let length = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let unit = direction.map { $0 / length }
    func value(_ distance: Float) -> Double {
      point.assign(zip(start, unit).map { $0 + distance * $1 })
      return objective()
    }
    let difference = (value(step) - value(-step)) / Double(2 * step)
    let slope = zip(gradient.toArray(), unit).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
    let scale = gradient.toArray().reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    #expect(scale > 0, "\(place)", sourceLocation: sourceLocation)
    #expect(
      abs(difference - slope) <= tolerance * max(abs(slope), 0.1 * scale),
      "\(place), direction \(trial)", sourceLocation: sourceLocation)
  }
  point.assign(start)
}

/// The sum of output times upstream, in double.
func weightedSum(_ output: MatrixView, _ upstream: MatrixView) -> Double {
  zip(output.toArray(), upstream.toArray()).reduce(0) { $0 + Double($1.0) * Double($1.1) }
}

/// A layer with memory for one batch's pass through it.
struct LayerHarness {
  let layer: any Layer
  let pass: LayerPass

  init(
    _ layer: any Layer, input: MatrixView, variables: [MatrixView] = [], seed: UInt64 = 1,
    wantsInputGradient: Bool = true
  ) throws {
    let shape: Shape = [input.columns]
    let columns = try #require(layer.outputShape(for: shape).checkedElementCount)
    self.layer = layer
    pass = LayerPass(
      input: input, output: matrix(input.rows, columns) { _ in .nan }, variables: variables,
      state: matrix(input.rows, layer.stateCount(for: shape)) { _ in .nan },
      inputGradient: wantsInputGradient ? matrix(input.rows, input.columns) { _ in .nan } : nil,
      outputGradient: matrix(input.rows, columns),
      variableGradients: variables.map { matrix($0.rows, $0.columns) { _ in .nan } },
      random: RandomStream(seed: seed, purpose: .dropout))
  }

  @discardableResult
  func forward() -> MatrixView {
    layer.forward(pass)
    return pass.output
  }

  /// The gradients of the sum of output times upstream.
  func backward(_ upstream: MatrixView) {
    pass.outputGradient.assign(upstream)
    layer.backward(pass)
  }

  var isFramed: Bool {
    ([pass.input, pass.output, pass.state, pass.outputGradient] + pass.variables
      + pass.variableGradients + (pass.inputGradient.map { [$0] } ?? []))
      .allSatisfy(LaminaTests.isFramed)
  }
}
