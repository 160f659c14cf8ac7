/// The area and the spread of a figure, pixel by pixel: what of its form stays when it is moved,
/// turned, stretched or sheared.
struct SecondMoments {
  /// In pixels.
  private(set) var area = 0
  private var column = 0
  private var row = 0
  private var columnSquares = 0
  private var rowSquares = 0
  private var products = 0

  mutating func add(column x: Int, row y: Int) {
    area += 1
    column += x
    row += y
    columnSquares += x * x
    rowSquares += y * y
    products += x * y
  }

  /// The area over the root of the covariance's determinant: 4 pi = 12.57 for discs and ellipses,
  /// the most there is; 12 for rectangles and parallelograms, 10.4 for triangles, and less for
  /// strokes that bend or meet. 0 without pixels.
  var compactness: Float {
    let (across, down, both) = covariance
    return Float(area) / max(across * down - both * both, 1e-6).squareRoot()
  }

  /// The least spread over the greatest: 1 for discs and squares, near 0 for straight strokes.
  var roundness: Float {
    let (across, down, both) = covariance
    let mean = (across + down) / 2
    let difference = ((across - down) * (across - down) / 4 + both * both).squareRoot()
    return (max(mean - difference, 0) / max(mean + difference, 1e-6)).squareRoot()
  }

  private var covariance: (across: Float, down: Float, both: Float) {
    guard area > 0 else { return (0, 0, 0) }
    let count = Double(area)
    let (x, y) = (Double(column) / count, Double(row) / count)
    // A pixel is a square and no point: it has a spread of its own.
    return (
      Float(Double(columnSquares) / count - x * x + 1.0 / 12),
      Float(Double(rowSquares) / count - y * y + 1.0 / 12),
      Float(Double(products) / count - x * y)
    )
  }
}
