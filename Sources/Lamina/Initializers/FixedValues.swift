/// Values that are known: the mean and the variance that a `Normalization` layer
/// has found or was given. No configuration names it; the layer that has the
/// values writes them.
final class FixedValues: Initializer {
  let values: [Float]
  let className = "FixedValues"

  /// - Parameter values: as many as the variable has, row by row.
  init(_ values: [Float]) {
    self.values = values
  }

  func fill(_ matrix: MatrixView, shape: Shape, seed: InitializerSeed) {
    guard values.count == matrix.count else {
      assertionFailure("a variable of another size")
      return
    }
    matrix.assign(values)
  }
}
