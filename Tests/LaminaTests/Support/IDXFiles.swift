import CZlib
import Testing

@testable import Lamina

/// An IDX file of bytes; `magic` can be a wrong one.
func idxBytes(
  _ dimensions: [UInt32], _ elements: [UInt8], magic: [UInt8]? = nil
) -> [UInt8] {
  let lengths = dimensions.flatMap { length in
    (0..<4).map { UInt8(truncatingIfNeeded: length >> (24 - 8 * $0)) }
  }
  return (magic ?? [0, 0, 8, UInt8(dimensions.count)]) + lengths + elements
}

/// The bytes compressed as gzip does.
func gzipped(_ bytes: [UInt8], in folder: TemporaryFolder) throws -> [UInt8] {
  let file = try #require(gzopen(folder.path("compressing"), "wb"))
  let written = gzwrite(file, bytes, UInt32(bytes.count))
  try #require(gzclose(file) == 0 && Int(written) == bytes.count)
  return try folder.bytes("compressing")
}

/// A folder with MNIST's four files, of 2x2 pictures.
func makeDigits(
  in folder: TemporaryFolder, train: Int = 3, test: Int = 2, trainLabels: Int? = nil
) throws {
  for (prefix, count, labels) in [("train", train, trainLabels ?? train), ("t10k", test, test)] {
    let pixels = (0..<4 * count).map { UInt8($0) }
    _ = try folder.write(
      idxBytes([UInt32(count), 2, 2], pixels), to: "\(prefix)-images-idx3-ubyte")
    _ = try folder.write(
      idxBytes([UInt32(labels)], (0..<labels).map { UInt8($0) }), to: "\(prefix)-labels-idx1-ubyte")
  }
}
