import Foundation
import Lamina
import LaminaPNG
import Testing

/// The pictures in Tests/Fixtures/png, which `make_fixtures.py` there writes and describes.
enum Fixtures {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Fixtures/png")

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
