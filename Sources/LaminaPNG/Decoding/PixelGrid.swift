import Lamina

/// Sums of pixels in square boxes: reduces a picture of any size while its rows come in.
///
/// A picture whose longer side has at most `longestSide` pixels keeps them all. A larger one is
/// divided into boxes of `factor` x `factor` pixels (the last column and row may be narrower),
/// each of which becomes the average of its pixels, rounded to the nearest value. Rows may come
/// in any order and with gaps, as those of interlaced pictures do.
struct PixelGrid {
  let imageWidth: Int
  let imageHeight: Int
  /// Bytes of a pixel.
  let channels: Int
  /// The side of a box in pixels of the picture.
  let factor: Int
  /// Boxes in a row.
  let width: Int
  /// Rows of boxes.
  let height: Int
  /// Where every box is a pixel.
  private var pixels: [UInt8] = []
  /// Else the sums. The decoder's limits leave a box fewer than 2^24 pixels, whose sum fits.
  private var sums: [UInt32] = []

  /// Prepares for a picture of `imageWidth` x `imageHeight` pixels.
  ///
  /// - Parameter longestSide: the most boxes along a side.
  init(imageWidth: UInt32, imageHeight: UInt32, channels: Int, longestSide: Int) {
    self.imageWidth = Int(imageWidth)
    self.imageHeight = Int(imageHeight)
    self.channels = channels
    let longer = max(self.imageWidth, self.imageHeight, 1)
    factor = Self.boxes(covering: longer, by: max(longestSide, 1))
    width = Self.boxes(covering: self.imageWidth, by: factor)
    height = Self.boxes(covering: self.imageHeight, by: factor)
    if factor == 1 {
      pixels = [UInt8](repeating: 0, count: width * height * channels)
    } else {
      sums = [UInt32](repeating: 0, count: width * height * channels)
    }
  }

  /// Adds the first `count` pixels of `row`; pixel i lies at (`start` + i * `step`, `y`).
  ///
  /// Pixels outside the picture are left out.
  mutating func add(_ row: [UInt8], count: Int, y: Int, start: Int, step: Int) {
    guard y >= 0, y < imageHeight, start >= 0, start < imageWidth, step > 0 else { return }
    let fitting = (imageWidth - start + step - 1) / step
    let count = min(count, fitting, row.count / channels)
    if factor == 1 {
      copy(row, count: count, y: y, start: start, step: step)
    } else {
      sum(row, count: count, y: y, start: start, step: step)
    }
  }

  private mutating func copy(_ row: [UInt8], count: Int, y: Int, start: Int, step: Int) {
    for pixel in 0..<max(count, 0) {
      let place = (y * width + start + pixel * step) * channels
      for channel in 0..<channels { pixels[place + channel] = row[pixel * channels + channel] }
    }
  }

  private mutating func sum(_ row: [UInt8], count: Int, y: Int, start: Int, step: Int) {
    var place = (y / factor * width + start / factor) * channels
    var boxEnd = (start / factor + 1) * factor
    var x = start
    for pixel in 0..<max(count, 0) {
      while x >= boxEnd {
        place += channels
        boxEnd += factor
      }
      for channel in 0..<channels {
        sums[place + channel] &+= UInt32(row[pixel * channels + channel])
      }
      x += step
    }
  }

  /// The picture, once every pixel has been added.
  func picture() -> Picture {
    Picture(
      width: width, height: height, channels: channels,
      pixels: factor == 1 ? pixels : averages(), reduction: factor, fileWidth: imageWidth,
      fileHeight: imageHeight)
  }

  private func averages() -> [UInt8] {
    var averages: [UInt8] = []
    averages.reserveCapacity(sums.count)
    for row in 0..<height {
      let boxHeight = min(factor, imageHeight - row * factor)
      for column in 0..<width {
        let count = UInt32(boxHeight * min(factor, imageWidth - column * factor))
        let first = (row * width + column) * channels
        for sum in sums[first..<first + channels] {
          averages.append(UInt8(truncatingIfNeeded: (sum &+ count / 2) / count))
        }
      }
    }
    return averages
  }

  /// How many boxes of `side` pixels cover `length` pixels.
  private static func boxes(covering length: Int, by side: Int) -> Int {
    (length + side - 1) / side
  }
}
