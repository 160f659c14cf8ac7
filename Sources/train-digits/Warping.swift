/// Bends a digit as if it were drawn on rubber: points of a coarse grid move by random
/// distances, and what lies between them follows smoothly.
///
/// Source: Simard, Steinkraus and Platt, "Best practices for convolutional neural networks
/// applied to visual document analysis", 2003 (elastic distortions)
struct Warping {
  private static let side = 28
  /// Pixels from one point of the grid to the next.
  private static let spacing: Float = 7
  /// One more on each side than those that the picture touches, for the splines.
  private static let points = 8

  /// How far each point moves, in pixels: down, and to the right.
  private let down: [Float]
  private let right: [Float]

  /// - Parameter strength: the standard deviation of a point's movement, in pixels.
  init(strength: Float, _ numbers: inout SeededNumbers) {
    var moves: [[Float]] = []
    for _ in 0..<2 {
      var axis: [Float] = []
      for _ in 0..<Self.points * Self.points { axis.append(strength * numbers.normal()) }
      moves.append(axis)
    }
    (down, right) = (moves[0], moves[1])
  }

  /// - Parameter pixels: 28x28 bytes, light on black.
  func applied(to pixels: ArraySlice<UInt8>) -> [UInt8] {
    let source = GreySampling(Array(pixels), side: Self.side)
    var result: [UInt8] = []
    result.reserveCapacity(pixels.count)
    let weights = (0..<Self.side).map { Self.weights(at: Float($0) / Self.spacing) }
    for row in 0..<Self.side {
      for column in 0..<Self.side {
        let (y, x) = (weights[row], weights[column])
        let value = source.value(
          Float(column) + Self.move(right, y, x), Float(row) + Self.move(down, y, x))
        result.append(UInt8(max(0, min(255, 255 * value + 0.5))))
      }
    }
    return result
  }

  private typealias Weights = (first: Int, values: [Float])

  /// How much the four points around a place count: cubic B-splines.
  private static func weights(at place: Float) -> Weights {
    let first = Int(place)
    let t = place - Float(first)
    let u = 1 - t
    return (
      first,
      [
        u * u * u / 6, (3 * t * t * t - 6 * t * t + 4) / 6, (3 * u * u * u - 6 * u * u + 4) / 6,
        t * t * t / 6,
      ]
    )
  }

  private static func move(_ moves: [Float], _ y: Weights, _ x: Weights) -> Float {
    var sum: Float = 0
    for row in 0..<4 {
      for column in 0..<4 {
        sum +=
          y.values[row] * x.values[column] * moves[(y.first + row) * points + x.first + column]
      }
    }
    return sum
  }
}
