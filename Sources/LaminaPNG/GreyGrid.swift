import Lamina

/// Sums of grey pixels in square boxes: reduces a picture of any size while its rows come in.
///
/// A picture whose longer side has at most `longestSide` pixels keeps them all. A larger one is
/// divided into boxes of `factor` x `factor` pixels (the last column and row may be narrower),
/// each of which becomes the average of its pixels, rounded to the nearest grey. Rows may come in
/// any order and with gaps, as those of interlaced pictures do.
struct GreyGrid {
  /// The most pixels that a side has after the reduction.
  static let longestSide = 1_024

  let imageWidth: Int
  let imageHeight: Int
  /// The side of a box in pixels of the picture.
  let factor: Int
  /// Boxes in a row.
  let width: Int
  /// Rows of boxes.
  let height: Int
  // A box has at most 2^42 pixels (a side has at most 2^31 - 1), so a sum always fits.
  private var sums: [UInt64]

  /// Prepares for a picture of `imageWidth` x `imageHeight` pixels.
  init(imageWidth: UInt32, imageHeight: UInt32) {
    self.imageWidth = Int(imageWidth)
    self.imageHeight = Int(imageHeight)
    let longer = max(self.imageWidth, self.imageHeight, 1)
    factor = Self.boxes(covering: longer, by: Self.longestSide)
    width = Self.boxes(covering: self.imageWidth, by: factor)
    height = Self.boxes(covering: self.imageHeight, by: factor)
    sums = [UInt64](repeating: 0, count: width * height)
  }

  /// Adds the first `count` pixels of `row`; pixel i lies at (`start` + i * `step`, `y`).
  ///
  /// Pixels outside the picture are left out.
  mutating func add(_ row: [UInt8], count: Int, y: Int, start: Int, step: Int) {
    guard y >= 0, y < imageHeight, start >= 0, step > 0 else { return }
    let firstBox = y / factor * width
    var x = start
    var box = start / factor
    var boxEnd = (box + 1) * factor
    for pixel in row.prefix(max(count, 0)) {
      guard x < imageWidth else { return }
      while x >= boxEnd {
        box += 1
        boxEnd += factor
      }
      sums[firstBox + box] += UInt64(pixel)
      x += step
    }
  }

  /// The picture, once every pixel has been added.
  func image() throws(LaminaError) -> GreyImage {
    var pixels: [UInt8] = []
    pixels.reserveCapacity(sums.count)
    for row in 0..<height {
      let boxHeight = min(factor, imageHeight - row * factor)
      for column in 0..<width {
        let count = UInt64(boxHeight * min(factor, imageWidth - column * factor))
        pixels.append(UInt8(truncatingIfNeeded: (sums[row * width + column] + count / 2) / count))
      }
    }
    return try GreyImage(width: width, height: height, pixels: pixels)
  }

  /// How many boxes of `side` pixels cover `length` pixels.
  private static func boxes(covering length: Int, by side: Int) -> Int {
    (length + side - 1) / side
  }
}
