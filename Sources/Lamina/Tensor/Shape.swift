/// The lengths of an array's axes, the batch axis left out: `[28, 28]` is one
/// digit, `[]` a single number.
public struct Shape: Equatable, Sendable, ExpressibleByArrayLiteral {
  public let dimensions: [Int]

  public init(_ dimensions: [Int]) {
    self.dimensions = dimensions
  }

  public init(arrayLiteral elements: Int...) {
    self.dimensions = elements
  }

  public var rank: Int { dimensions.count }

  /// How many numbers an array of this shape holds; nil where a dimension is
  /// negative or the product overflows.
  public var checkedElementCount: Int? {
    var count = 1
    for dimension in dimensions {
      guard dimension >= 0 else { return nil }
      let (product, overflow) = count.multipliedReportingOverflow(by: dimension)
      guard !overflow else { return nil }
      count = product
    }
    return count
  }
}

extension Shape: CustomStringConvertible {
  /// `[28, 28]`
  public var description: String {
    var text = "["
    for (index, dimension) in dimensions.enumerated() {
      if index > 0 { text += ", " }
      text += "\(dimension)"
    }
    return text + "]"
  }
}
