/// Numbers as the bytes of a file: little-endian, four each.
extension MatrixView {
  func appendLittleEndian(to bytes: inout ArraySlice<UInt8>) {
    bytes.reserveCapacity(bytes.count + 4 * count)
    for index in 0..<count {
      withUnsafeBytes(of: elements[index].bitPattern.littleEndian) {
        bytes.append(contentsOf: $0)
      }
    }
  }

  /// - Parameter bytes: four for each element.
  func assignLittleEndian(_ bytes: ArraySlice<UInt8>) {
    assert(bytes.count == 4 * count)
    bytes.withUnsafeBytes { buffer in
      for index in 0..<count {
        let bits = buffer.loadUnaligned(fromByteOffset: 4 * index, as: UInt32.self)
        elements[index] = Float(bitPattern: UInt32(littleEndian: bits))
      }
    }
  }
}
