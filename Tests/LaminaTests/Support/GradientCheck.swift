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
