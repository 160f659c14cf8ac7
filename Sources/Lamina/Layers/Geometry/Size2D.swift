/// A number for each axis of an image, such as a kernel's size: `[3, 5]` is three
/// rows and five columns, `3` stands for both.
public struct Size2D: Equatable, Sendable {
  public let rows: Int
  public let columns: Int
  /// How many numbers an array literal had that is no size; nil for sizes.
  private let wrongCount: Int?

  public init(rows: Int, columns: Int) {
    self.rows = rows
    self.columns = columns
    wrongCount = nil
  }

  var json: JSON { .array([.integer(rows), .integer(columns)]) }

  /// - Parameter place: what the numbers are, for the message.
  /// - Throws: `.invalidArgument` where there are not one or two numbers, or one
  ///   of them is below `minimum`.
  func check(_ place: StaticString, atLeast minimum: Int = 1) throws(LaminaError) {
    if let wrongCount {
      throw LaminaError(
        .invalidArgument,
        "\(place) must be one number or two, for rows and columns, got \(wrongCount) numbers")
    }
    guard rows >= minimum, columns >= minimum else {
      throw LaminaError(.invalidArgument, "\(place) must be at least \(minimum), got \(self)")
    }
  }
}

extension Size2D: ExpressibleByIntegerLiteral {
  public init(integerLiteral value: Int) {
    self.init(rows: value, columns: value)
  }
}

extension Size2D: ExpressibleByArrayLiteral {
  /// A literal of another length than one or two is an error of the layer that
  /// it is given to.
  public init(arrayLiteral elements: Int...) {
    rows = elements.first ?? 0
    columns = elements.last ?? 0
    wrongCount = elements.count == 1 || elements.count == 2 ? nil : elements.count
  }
}

extension Size2D: CustomStringConvertible {
  /// `[3, 5]`
  public var description: String { "[\(rows), \(columns)]" }
}

extension Configuration {
  /// One integer or a list of two.
  func size(_ key: String) throws(LaminaError) -> Size2D {
    let numbers = try integers(key, count: 2)
    return Size2D(rows: numbers[0], columns: numbers[1])
  }

  /// The same; absent or null, it is `value`.
  func size(_ key: String, default value: Size2D) throws(LaminaError) -> Size2D {
    self[key] == nil ? value : try size(key)
  }

  func padding() throws(LaminaError) -> Padding {
    try Padding(named: string("padding", default: "valid"))
  }
}
