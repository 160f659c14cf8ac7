extension Shape {
  /// How many numbers a sample of this shape has.
  ///
  /// - Throws: `.invalidArgument` where an axis is empty or the product overflows.
  func elementCount() throws(LaminaError) -> Int {
    for dimension in dimensions where dimension <= 0 {
      throw LaminaError(.invalidArgument, "an input of shape \(self) has no elements")
    }
    guard let count = checkedElementCount else {
      throw LaminaError(.invalidArgument, "an input of shape \(self) is too large")
    }
    return count
  }

  /// The last axes, as many as are asked for.
  func suffix(_ count: Int) -> Shape { Shape(Array(dimensions.suffix(count))) }

  /// How many elements lie along the last axes, as many as are asked for.
  func innerCount(_ axisCount: Int) -> Int { dimensions.suffix(axisCount).reduce(1, *) }

  /// How many of a sample's last axes these are. As in Keras, axis 0 is the
  /// batch, 1 the first one of a sample, -1 the last one.
  ///
  /// - Throws: `.invalidArgument` where an axis does not exist, is the batch's or
  ///   comes twice; `.unsupported` where they are not the last ones.
  func trailingCount(of axes: [Int]) throws(LaminaError) -> Int {
    var isNamed = [Bool](repeating: false, count: rank)
    for axis in axes {
      let place = try sampleAxis(axis)
      guard !isNamed[place] else {
        throw LaminaError(.invalidArgument, "axis \(axis) is there twice")
      }
      isNamed[place] = true
    }
    for (axis, isNamed) in isNamed.enumerated() where isNamed != (axis >= rank - axes.count) {
      throw LaminaError(
        .unsupported,
        "axes \(Shape(axes)) of an input of shape \(self); known: the last one, or several last ones"
      )
    }
    return axes.count
  }

  /// Which of a sample's axes, from 0, Keras's axis is.
  ///
  /// - Throws: `.invalidArgument` where there is none such.
  func sampleAxis(_ axis: Int) throws(LaminaError) -> Int {
    let place = axis < 0 ? axis &+ rank : axis &- 1
    guard place >= 0, place < rank else {
      throw LaminaError(
        .invalidArgument,
        "axis \(axis) is none of a sample of shape \(self); they are 1 to \(rank), or -1 to -\(rank)"
      )
    }
    return place
  }
}
