@testable import Lamina

/// How a gradient compares with central differences along random directions.
///
/// Directions along which the objective has a kink near the point are left out.
/// They show in the objective alone, whatever the gradient says: halving the step
/// changes the central difference, or does not halve the bend, which is how far
/// the differences ahead and behind lie apart. A kink at the point itself shows in
/// the bend only.
struct SlopeComparison {
  /// The directions along which the objective is smooth and not constant.
  private(set) var checked = 0
  /// The largest distance of a slope from its difference, relative to the larger
  /// of both or to a tenth of the gradient's length; infinite where a number is
  /// not finite.
  private(set) var error = 0.0

  /// - Parameters:
  ///   - point: where the gradient was taken; restored afterwards.
  ///   - roughness: how far, relative as in `error`, halving the step may move the
  ///     difference and the bend of a smooth objective.
  ///   - objective: the value at the point; it sums in double.
  init(
    _ gradient: MatrixView, at point: MatrixView, step: Float = 1e-2, directions: Int = 4,
    roughness: Double = 2.5e-3, _ objective: () -> Double
  ) {
    let start = point.toArray()
    let slopes = gradient.toArray().map(Double.init)
    let length = slopes.reduce(0) { $0 + $1 * $1 }.squareRoot()
    let middle = objective()
    guard length.isFinite, middle.isFinite else {
      error = .infinity
      return
    }
    var generator = SeededGenerator(seed: 23)
    for _ in 0..<directions {
      let direction = generator.normals(point.count)
      let norm = direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
      let unit = direction.map { $0 / norm }
      func probe(_ distance: Float) -> Probe {
        func ends(_ distance: Float) -> (point: [Float], value: Double) {
          point.assign(zip(start, unit).map { $0 + distance * $1 })
          return (point.toArray(), objective())
        }
        let ahead = ends(distance), behind = ends(-distance)
        // By the points as float32 holds them.
        let rise = slopes.indices.reduce(0) {
          $0 + slopes[$1] * (Double(ahead.point[$1]) - Double(behind.point[$1]))
        }
        return Probe(
          difference: (ahead.value - behind.value) / Double(2 * distance),
          bend: (ahead.value - middle + behind.value - middle) / Double(distance),
          slope: rise / Double(2 * distance))
      }
      let far = probe(step), near = probe(step / 2)
      let scale = max(abs(near.difference), abs(near.slope), 0.1 * length)
      if abs(far.difference - near.difference) > roughness * scale { continue }
      if abs(far.bend / 2 - near.bend) > roughness * scale { continue }
      guard scale > 0 else { continue }
      error = max(error, abs(near.difference - near.slope) / scale)
      checked += 1
    }
    point.assign(start)
  }

  private struct Probe {
    var difference: Double
    var bend: Double
    var slope: Double
  }
}
