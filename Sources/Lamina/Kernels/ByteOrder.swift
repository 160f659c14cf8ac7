#if _endian(big)
  #error(
    "weights files hold little-endian numbers, which are read and written as they lie in memory")
#endif

extension MatrixView {
  /// The elements as the bytes of a file, four each.
  var bytes: UnsafeMutableRawBufferPointer {
    UnsafeMutableRawBufferPointer(start: elements, count: 4 * count)
  }
}
