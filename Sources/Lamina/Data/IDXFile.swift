/// An array of bytes in the format of MNIST's files: a magic number (two zero
/// bytes, the type, the number of axes), the axes' lengths as big-endian 32-bit
/// integers, then the elements, row by row. Plain or compressed by gzip.
///
/// Source: "The MNIST database of handwritten digits", yann.lecun.com/exdb/mnist
public struct IDXFile {
  public let shape: Shape
  public let bytes: [UInt8]

  /// - Throws: `.inputOutput` where the file cannot be read, `.format` where it
  ///   is no IDX file of bytes or holds fewer or more than its header says;
  ///   `.unsupported` for other types of elements. The message begins with the
  ///   path.
  public init(path: String) throws(LaminaError) {
    do throws(LaminaError) {
      let file = try GzipReader(path: path)
      shape = try IDXFile.readShape(file)
      guard let count = shape.checkedElementCount else {
        throw LaminaError(.format, "a shape of \(shape) is too large")
      }
      bytes = try file.read(count, "of \(shape) elements")
      guard try file.isAtEnd() else {
        throw LaminaError(.format, "more bytes than the \(count) of shape \(shape)")
      }
    } catch {
      throw error.at(path)
    }
  }

  private static func readShape(_ file: GzipReader) throws(LaminaError) -> Shape {
    let magic = try file.read(4, "of the magic number")
    guard magic[0] == 0, magic[1] == 0 else {
      throw LaminaError(
        .format,
        "not an IDX file: it begins with bytes \(magic[0]), \(magic[1]), expected 0, 0")
    }
    guard magic[2] == 8 else {
      throw LaminaError(
        .unsupported, "elements of IDX type \(magic[2]); expected 8, unsigned bytes")
    }
    guard magic[3] >= 1, magic[3] <= 8 else {
      throw LaminaError(.format, "\(magic[3]) axes; expected 1 to 8")
    }
    let header = try file.read(4 * Int(magic[3]), "of the axes' lengths")
    var dimensions: [Int] = []
    for axis in 0..<Int(magic[3]) {
      let length = header[4 * axis..<4 * axis + 4].reduce(0) { $0 << 8 | Int($1) }
      dimensions.append(length)
    }
    return Shape(dimensions)
  }
}
