/// A dense, row-major array of float32 numbers.
public struct Tensor: Equatable, Sendable {
  public let shape: Shape
  public private(set) var elements: [Float]

  /// - Throws: `.invalidArgument` where the shape holds another number of
  ///   elements than were given.
  public init(shape: Shape, elements: [Float]) throws(LaminaError) {
    guard shape.checkedElementCount == elements.count else {
      throw LaminaError(
        .invalidArgument, "a tensor of shape \(shape) cannot hold \(elements.count) elements")
    }
    self.shape = shape
    self.elements = elements
  }

  /// The element at these indices, one for each axis; nil outside the shape.
  public subscript(indices: Int...) -> Float? {
    guard indices.count == shape.rank else { return nil }
    var offset = 0
    for (index, dimension) in zip(indices, shape.dimensions) {
      guard index >= 0, index < dimension else { return nil }
      offset = offset * dimension + index
    }
    return elements[offset]
  }
}
