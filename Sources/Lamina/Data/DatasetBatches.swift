/// Copies samples out of a data set into rows.
extension Dataset.Features {
  /// Row i becomes the sample at `indices[i]`.
  func gather(_ indices: ArraySlice<Int32>, into rows: MatrixView, divisor: Float) {
    withSamples { rows.gather($0, at: indices, divisor: divisor) }
  }

  /// The samples in a form that a session takes; valid inside `body`.
  func withSamples<Result>(_ body: (SampleView) -> Result) -> Result? {
    switch self {
    case .uint8(let bytes): SampleView.with(bytes, body)
    case .float32(let values): SampleView.with(values, body)
    }
  }
}
