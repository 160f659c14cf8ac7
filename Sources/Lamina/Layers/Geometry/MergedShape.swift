/// What the layers share that merge their inputs element by element.
///
/// Source: keras/src/layers/merging/base_merge.py
extension Broadcast {
  /// The shape that all inputs have together.
  ///
  /// - Throws: `.invalidArgument`, naming the inputs that do not fit.
  static func mergedShape(of inputs: [Shape]) throws(LaminaError) -> Shape {
    var merged = inputs[0]
    _ = try merged.elementCount()
    for (index, input) in inputs.enumerated().dropFirst() {
      _ = try input.elementCount()
      guard let shape = Broadcast.shape(merged, input) else {
        throw LaminaError(
          .invalidArgument,
          "input \(index) has shape \(input), which does not fit \(merged) of those before it")
      }
      merged = shape
    }
    _ = try merged.elementCount()
    return merged
  }

  /// How many elements a sample of that shape has; 0 where there is none.
  static func mergedCount(of inputs: [Shape]) -> Int {
    (try? mergedShape(of: inputs))?.checkedElementCount ?? 0
  }
}

extension LayerPass {
  /// How an input meets the output.
  func broadcast(_ index: Int) -> Broadcast {
    Broadcast(input: inputShapes[index], output: outputShape)
  }
}
