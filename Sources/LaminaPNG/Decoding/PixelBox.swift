/// A rectangle of pixels.
public struct PixelBox: Equatable, Sendable {
  public var columns: Range<Int>
  public var rows: Range<Int>

  public init(columns: Range<Int>, rows: Range<Int>) {
    self.columns = columns
    self.rows = rows
  }

  var longerSide: Int { max(columns.count, rows.count) }

  /// The smallest rectangle that holds both.
  func union(_ other: PixelBox) -> PixelBox {
    PixelBox(
      columns: min(
        columns.lowerBound, other.columns.lowerBound)..<max(
          columns.upperBound, other.columns.upperBound),
      rows: min(
        rows.lowerBound, other.rows.lowerBound)..<max(rows.upperBound, other.rows.upperBound))
  }

  /// What of the rectangle lies in another.
  func clamped(to other: PixelBox) -> PixelBox {
    PixelBox(
      columns: columns.clamped(to: other.columns), rows: rows.clamped(to: other.rows))
  }

  func moved(right columns: Int, down rows: Int) -> PixelBox {
    PixelBox(
      columns: self.columns.lowerBound + columns..<self.columns.upperBound + columns,
      rows: self.rows.lowerBound + rows..<self.rows.upperBound + rows)
  }

  /// The rectangle with a margin, as far as a picture of this size has one.
  func expanded(by margin: Int, width: Int, height: Int) -> PixelBox {
    PixelBox(
      columns: max(columns.lowerBound - margin, 0)..<min(columns.upperBound + margin, width),
      rows: max(rows.lowerBound - margin, 0)..<min(rows.upperBound + margin, height))
  }

  /// The same rectangle in a picture of `factor` times as many pixels along each side.
  func enlarged(by factor: Int, width: Int, height: Int) -> PixelBox {
    PixelBox(
      columns: columns.lowerBound * factor..<min(columns.upperBound * factor, width),
      rows: rows.lowerBound * factor..<min(rows.upperBound * factor, height))
  }

  /// How many pixels lie between the two along the axis on which they are farther apart.
  func gap(to other: PixelBox) -> Int {
    let across = max(
      other.columns.lowerBound - columns.upperBound, columns.lowerBound - other.columns.upperBound)
    let down = max(other.rows.lowerBound - rows.upperBound, rows.lowerBound - other.rows.upperBound)
    return max(across, down, 0)
  }
}
