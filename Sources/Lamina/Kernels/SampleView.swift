import CLaminaKernels

/// Samples, row by row, of one of the types that a network takes in.
package enum SampleView {
  case float32(UnsafePointer<Float>)
  /// Bytes, which are divided by the model's preprocessing divisor.
  case uint8(UnsafePointer<UInt8>)
  /// Integers, taken as the numbers that they are.
  case int32(UnsafePointer<Int32>)

  /// The rows of a matrix.
  init(_ matrix: MatrixView) { self = .float32(UnsafePointer(matrix.elements)) }

  /// Shows samples that an array holds, while `body` runs; nil where it is empty.
  static func with<Result>(_ values: [Float], _ body: (SampleView) -> Result) -> Result? {
    values.withUnsafeBufferPointer { $0.baseAddress.map { body(.float32($0)) } }
  }

  /// Shows samples that an array holds, while `body` runs; nil where it is empty.
  static func with<Result>(_ bytes: [UInt8], _ body: (SampleView) -> Result) -> Result? {
    bytes.withUnsafeBufferPointer { $0.baseAddress.map { body(.uint8($0)) } }
  }

  /// Shows samples that an array holds, while `body` runs; nil where it is empty.
  static func with<Result>(_ integers: [Int32], _ body: (SampleView) -> Result) -> Result? {
    integers.withUnsafeBufferPointer { $0.baseAddress.map { body(.int32($0)) } }
  }

  /// The samples from row `first` on as a matrix that must not be written, where
  /// they are float32 and so need no conversion.
  func matrix(from first: Int, rows: Int, columns: Int) -> MatrixView? {
    guard case .float32(let values) = self else { return nil }
    return MatrixView(
      rows: rows, columns: columns,
      elements: UnsafeMutablePointer(mutating: values + first * columns))
  }
}

extension MatrixView {
  /// Takes the samples from row `first` on, as many as there are rows.
  func assign(_ samples: SampleView, from first: Int, divisor: Float) {
    let offset = first * columns
    switch samples {
    case .float32(let values):
      elements.update(from: values + offset, count: count)
    case .uint8(let bytes):
      laminakernel_divide_bytes(bytes + offset, elements, count, divisor)
    case .int32(let integers):
      laminakernel_convert_integers(integers + offset, elements, count)
    }
  }

  /// Row i becomes the sample at `indices[i]`.
  func gather(_ samples: SampleView, at indices: ArraySlice<Int32>, divisor: Float) {
    assert(indices.count == rows)
    indices.withUnsafeBufferPointer { indices in
      guard let indices = indices.baseAddress else { return }
      switch samples {
      case .float32(let values):
        laminakernel_gather_floats(values, indices, elements, rows, columns)
      case .uint8(let bytes):
        laminakernel_gather_bytes(bytes, indices, elements, rows, columns, divisor)
      case .int32(let integers):
        laminakernel_gather_integers(integers, indices, elements, rows, columns)
      }
    }
  }
}
