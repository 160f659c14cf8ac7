/// How many rows and columns lie around an image.
public struct Border2D: Equatable, Sendable {
  public var top: Int
  public var bottom: Int
  public var left: Int
  public var right: Int

  public init(top: Int = 0, bottom: Int = 0, left: Int = 0, right: Int = 0) {
    self.top = top
    self.bottom = bottom
    self.left = left
    self.right = right
  }

  /// [[top, bottom], [left, right]]
  var json: JSON {
    .array([
      Size2D(rows: top, columns: bottom).json,
      Size2D(rows: left, columns: right).json,
    ])
  }

  /// An image's shape with the border around it; nil where a number is negative
  /// or the sum too large.
  func around(_ image: Shape) -> Shape? {
    guard top >= 0, bottom >= 0, left >= 0, right >= 0,
      let height = sum(top, image.dimensions[0], bottom),
      let width = sum(left, image.dimensions[1], right)
    else { return nil }
    return [height, width, image.dimensions[2]]
  }

  private func sum(_ before: Int, _ length: Int, _ after: Int) -> Int? {
    let (start, startOverflow) = before.addingReportingOverflow(length)
    let (sum, overflow) = start.addingReportingOverflow(after)
    return startOverflow || overflow ? nil : sum
  }
}

extension Border2D: CustomStringConvertible {
  /// `[[top, bottom], [left, right]]`
  public var description: String { "[[\(top), \(bottom)], [\(left), \(right)]]" }
}

extension Configuration {
  /// One integer, [rows, columns] for both sides, or [[top, bottom], [left,
  /// right]]; absent or null, it is 1.
  func border(_ key: String) throws(LaminaError) -> Border2D {
    guard let json = self[key] else { return Border2D(top: 1, bottom: 1, left: 1, right: 1) }
    let axes = json.arrayValue ?? [json, json]
    guard axes.count == 2, let rows = Configuration.ends(axes[0]),
      let columns = Configuration.ends(axes[1])
    else { throw wrong(key, "an integer, two of them or two pairs of them") }
    return Border2D(top: rows.0, bottom: rows.1, left: columns.0, right: columns.1)
  }

  private static func ends(_ json: JSON) -> (Int, Int)? {
    if let both = json.integerValue { return (both, both) }
    guard let ends = json.arrayValue, ends.count == 2, let start = ends[0].integerValue,
      let end = ends[1].integerValue
    else { return nil }
    return (start, end)
  }
}
