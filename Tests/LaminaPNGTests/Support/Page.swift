import Lamina

@testable import LaminaPNG

/// A page to write sample digits on, dark on light.
struct Page {
  private(set) var image: GreyImage
  /// Where the digits are, in the order in which they were written.
  private(set) var boxes: [PixelBox] = []
  private(set) var digits: [Int] = []
  private let samples: [GreyImage]

  init(_ width: Int, _ height: Int) throws {
    image = try picture(width, height) { _, _ in 240 }
    samples = try SampleDigits.plain().map { digit in
      digit.inkBox.map { digit.cropped(to: $0) } ?? digit
    }
  }

  /// Writes a digit of the given height; gives where the next may begin.
  @discardableResult
  mutating func write(_ digit: Int, left: Int, top: Int, height: Int) throws -> Int {
    let sample = samples[digit]
    let width = max(sample.width * height / sample.height, 1)
    try draw { x, y in
      let (column, row) = (x - left, y - top)
      guard (0..<width).contains(column), (0..<height).contains(row) else { return 0 }
      return Int(
        sample.pixels[row * sample.height / height * sample.width + column * sample.width / width])
    }
    boxes.append(PixelBox(columns: left..<left + width, rows: top..<top + height))
    digits.append(digit)
    return left + width
  }

  /// Writes a line of digits; a nil is a space between words, as wide as a digit is high.
  mutating func writeLine(
    _ line: [Int?], left: Int = 30, top: Int, height: Int, climb: Double = 0
  ) throws {
    var place = left
    for digit in line {
      guard let digit else {
        place += height
        continue
      }
      let rise = Int(climb * Double(place - left))
      place = try write(digit, left: place, top: top - rise, height: height) + height / 4
    }
  }

  /// Draws with amounts of ink from 0 to 255, over what is there.
  mutating func draw(_ ink: (_ x: Int, _ y: Int) -> Int) throws {
    image = try picture(image.width, image.height) { x, y in
      min(Int(image.pixels[y * image.width + x]), 240 - 220 * ink(x, y) / 255)
    }
  }
}
