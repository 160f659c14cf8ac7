import CSystem
import Lamina

/// IDX files, plain or compressed: any two files give a data set or an error. The first two bytes
/// say how many belong to the pictures' file, which stands in the current folder; the others are the
/// labels' file.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ size: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: bytes, count: size))
  guard input.count >= 2 else { return 0 }
  let pictureBytes = min(Int(input[0]) << 8 | Int(input[1]), input.count - 2)
  write(input[2..<2 + pictureBytes], to: "t10k-images-idx3-ubyte")
  write(input[(2 + pictureBytes)...], to: "t10k-labels-idx1-ubyte")
  do throws(LaminaError) {
    let digits = try MNIST.loadTest(from: ".")
    precondition(digits.count >= 0)
  } catch {
    precondition(!error.message.isEmpty)
  }
  return 0
}

private func write(_ bytes: ArraySlice<UInt8>, to path: String) {
  guard let file = fopen(path, "w") else { preconditionFailure("\(path) cannot be written") }
  _ = bytes.withUnsafeBytes { fwrite($0.baseAddress, 1, $0.count, file) }
  fclose(file)
}
