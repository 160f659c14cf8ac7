import Foundation
import Lamina
import LaminaPNG
import Testing

/// The pictures in Tests/Fixtures/png, which `make_fixtures.py` there writes and describes.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Fixtures/png")

  /// A sound picture and what a right decoder makes of it.
  struct Sound: CustomTestStringConvertible, Sendable {
    let name: String
    let image: GreyImage
    var testDescription: String { name }
  }

  /// A damaged picture and words that its error must contain.
  struct Damaged: CustomTestStringConvertible, Sendable {
    let name: String
    let words: String
    var testDescription: String { name }
  }

  static let sound: [Sound] = lines(of: "expected.txt").compactMap { line in
    let fields = line.split(separator: " ")
    guard fields.count == 4, let width = Int(fields[1]), let height = Int(fields[2]),
      let image = try? GreyImage(width: width, height: height, pixels: hexadecimal(fields[3]))
    else { return nil }
    return Sound(name: String(fields[0]), image: image)
  }

  static let damaged: [Damaged] = lines(of: "damaged.txt").compactMap { line in
    let fields = line.split(separator: "\t")
    guard fields.count == 2 else { return nil }
    return Damaged(name: String(fields[0]), words: String(fields[1]))
  }

  static func path(_ name: String) -> String { folder.appending(path: name).path }

  static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: folder.appending(path: name)))
  }

  private static func lines(of name: String) -> [Substring] {
    let text = (try? String(contentsOf: folder.appending(path: name), encoding: .utf8)) ?? ""
    return text.split(separator: "\n")
  }

  private static func hexadecimal(_ text: Substring) -> [UInt8] {
    let digits = text.compactMap(\.hexDigitValue)
    return stride(from: 0, to: digits.count - 1, by: 2).map {
      UInt8(digits[$0] * 16 + digits[$0 + 1])
    }
  }
}

/// A small generator with a seed, so that a failing test fails again.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

/// A picture whose pixels a function gives.
func picture(
  _ width: Int, _ height: Int, _ grey: (_ x: Int, _ y: Int) -> Int
) throws -> GreyImage {
  let pixels = (0..<height).flatMap { y in
    (0..<width).map { x in UInt8(clamping: grey(x, y)) }
  }
  return try GreyImage(width: width, height: height, pixels: pixels)
}

/// The mean absolute difference of two pictures of the same size, in greys.
func meanDifference(_ first: GreyImage, _ second: GreyImage) -> Double {
  guard first.pixels.count == second.pixels.count else { return .infinity }
  let sum = zip(first.pixels, second.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
  return Double(sum) / Double(first.pixels.count)
}
