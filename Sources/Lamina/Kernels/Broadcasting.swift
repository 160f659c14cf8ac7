/// How the elements of a sample that may be smaller meet those of a larger one:
/// an axis of length 1, or one that is missing in front, is repeated, as NumPy
/// does it.
struct Broadcast {
  /// The smaller sample, or one of the same shape.
  let input: Shape
  let output: Shape

  /// The shape that two samples have together; nil where an axis differs and
  /// neither is 1.
  static func shape(_ a: Shape, _ b: Shape) -> Shape? {
    let rank = max(a.rank, b.rank)
    var dimensions: [Int] = []
    for axis in 0..<rank {
      let first = axis < rank - a.rank ? 1 : a.dimensions[axis - (rank - a.rank)]
      let second = axis < rank - b.rank ? 1 : b.dimensions[axis - (rank - b.rank)]
      guard first == second || first == 1 || second == 1 else { return nil }
      dimensions.append(first == 1 ? second : first)
    }
    return Shape(dimensions)
  }

  /// Calls `body` with places in the outputs and in the inputs of a batch, for
  /// runs of outputs that lie one after the other: their number, and 1 where the
  /// inputs do too, 0 where all of them meet the same input.
  func forEachRun(
    rows: Int, _ body: (_ output: Int, _ input: Int, _ count: Int, _ step: Int) -> Void
  ) {
    let outputCount = output.checkedElementCount ?? 0
    let inputCount = input.checkedElementCount ?? 0
    if input == output { return body(0, 0, rows * outputCount, 1) }
    for row in 0..<rows {
      visit(
        axis: 0, at: (row * outputCount, row * inputCount), counts: (outputCount, inputCount), body)
    }
  }

  /// - Parameters:
  ///   - places: where the part that lies at this axis begins.
  ///   - counts: how many elements that part has.
  private func visit(
    axis: Int, at places: (output: Int, input: Int), counts: (output: Int, input: Int),
    _ body: (Int, Int, Int, Int) -> Void
  ) {
    let length = output.dimensions[axis]
    let missing = output.rank - input.rank
    let inputLength = axis < missing ? 1 : input.dimensions[axis - missing]
    let inner = (output: counts.output / length, input: counts.input / inputLength)
    let step = inputLength == 1 ? 0 : inner.input
    if axis == output.rank - 1 { return body(places.output, places.input, length, step) }
    for index in 0..<length {
      visit(
        axis: axis + 1, at: (places.output + index * inner.output, places.input + index * step),
        counts: inner, body)
    }
  }
}
