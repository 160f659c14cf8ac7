import Foundation
import Lamina

@testable import LaminaPNG

/// The sample digits in bindings/c/examples/digits, ten of which are MNIST's own.
enum SampleDigits {
  static let folder = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "bindings/c/examples/digits")

  /// The pictures "0-plain.png" to "9-plain.png", 28x28, light on black.
  static func plain() throws -> [GreyImage] {
    try (0...9).map { try picture(of: "\($0)-plain").grey }
  }

  /// The others, from scanners, drawing programs and cameras.
  static let names = [
    "0-dark-on-light", "1-light-on-dark", "2-coloured-ink", "3-palette", "4-transparent",
    "5-sixteen-bit", "6-interlaced", "7-off-centre", "8-one-bit", "9-large",
  ]

  static func picture(of name: String) throws -> Picture {
    try PNGDecoder().decode(path: folder.appending(path: name + ".png").path)
  }
}
