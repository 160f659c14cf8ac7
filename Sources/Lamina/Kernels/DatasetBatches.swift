/// Copies samples out of a data set into rows.
extension Dataset.Features {
  /// Row i becomes the sample at `indices[i]`.
  func gather(_ indices: ArraySlice<Int32>, into rows: MatrixView, divisor: Float) {
    withSamples { rows.gather($0, at: indices, divisor: divisor) }
  }

  /// The samples in a form that a session takes; valid inside `body`.
  func withSamples<Result>(_ body: (SampleView) -> Result) -> Result? {
    switch self {
    case .uint8(let bytes):
      bytes.withUnsafeBufferPointer { $0.baseAddress.map { body(.uint8($0)) } }
    case .float32(let values):
      values.withUnsafeBufferPointer { $0.baseAddress.map { body(.float32($0)) } }
    }
  }
}
