import Lamina

/// Sums of pixels in square boxes: reduces a picture of any size while its rows come in.
///
/// A picture whose longer side has at most `longestSide` pixels keeps them all. A larger one is
/// divided into boxes of `factor` x `factor` pixels (the last column and row may be narrower),
/// each of which becomes the average of its pixels, rounded to the nearest value. Rows may come
/// in any order and with gaps, as those of interlaced pictures do.
///
/// Pixels that may be transparent lie on black, and have as their last byte what white behind them
/// adds to each channel (255 - alpha): so one grid gives the picture on either.
struct PixelGrid {
  enum Backdrop { case white, black }

  let imageWidth: Int
  let imageHeight: Int
  /// What a pixel has in the picture: 1, grey, or 3, colours.
  let channels: Int
  let hasTransparency: Bool
  /// Bytes of a pixel in a row.
  let pixelSize: Int
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
  init(
    imageWidth: UInt32, imageHeight: UInt32, channels: Int, hasTransparency: Bool = false,
    longestSide: Int
  ) {
    self.imageWidth = Int(imageWidth)
    self.imageHeight = Int(imageHeight)
    self.channels = channels
    self.hasTransparency = hasTransparency
    pixelSize = hasTransparency ? channels + 1 : channels
    let longer = max(self.imageWidth, self.imageHeight, 1)
    factor = Self.boxes(covering: longer, by: max(longestSide, 1))
    width = Self.boxes(covering: self.imageWidth, by: factor)
    height = Self.boxes(covering: self.imageHeight, by: factor)
    if factor == 1 {
      pixels = [UInt8](repeating: 0, count: width * height * pixelSize)
    } else {
      sums = [UInt32](repeating: 0, count: width * height * pixelSize)
    }
  }

  /// Adds the first `count` pixels of `row`; pixel i lies at (`start` + i * `step`, `y`).
  ///
  /// Pixels outside the picture are left out.
  mutating func add(_ row: [UInt8], count: Int, y: Int, start: Int, step: Int) {
    guard y >= 0, y < imageHeight, start >= 0, start < imageWidth, step > 0 else { return }
    let fitting = (imageWidth - start + step - 1) / step
    let count = min(count, fitting, row.count / pixelSize)
    if factor == 1 {
      copy(row, count: count, y: y, start: start, step: step)
    } else {
      sum(row, count: count, y: y, start: start, step: step)
    }
  }

  private mutating func copy(_ row: [UInt8], count: Int, y: Int, start: Int, step: Int) {
    let first = (y * width + start) * pixelSize
    if step == 1, count > 0 {
      pixels.replace(at: first, with: row, from: 0, count: count * pixelSize)
      return
    }
    for pixel in 0..<max(count, 0) {
      let place = first + pixel * step * pixelSize
      for byte in 0..<pixelSize { pixels[place + byte] = row[pixel * pixelSize + byte] }
    }
  }

  private mutating func sum(_ row: [UInt8], count: Int, y: Int, start: Int, step: Int) {
    var place = (y / factor * width + start / factor) * pixelSize
    var boxEnd = (start / factor + 1) * factor
    var x = start
    for pixel in 0..<max(count, 0) {
      while x >= boxEnd {
        place += pixelSize
        boxEnd += factor
      }
      for byte in 0..<pixelSize {
        sums[place + byte] &+= UInt32(row[pixel * pixelSize + byte])
      }
      x += step
    }
  }

  /// The picture, once every pixel has been added.
  func picture(on backdrop: Backdrop = .white) -> Picture {
    Picture(
      width: width, height: height, channels: channels,
      pixels: factor == 1 ? pixels(on: backdrop) : averages(on: backdrop), reduction: factor,
      fileWidth: imageWidth, fileHeight: imageHeight)
  }

  private func pixels(on backdrop: Backdrop) -> [UInt8] {
    guard hasTransparency else { return pixels }
    var result: [UInt8] = []
    result.reserveCapacity(width * height * channels)
    for first in stride(from: 0, to: pixels.count, by: pixelSize) {
      let white = backdrop == .white ? pixels[first + channels] : 0
      for place in first..<first + channels { result.append(pixels[place] &+ white) }
    }
    return result
  }

  private func averages(on backdrop: Backdrop) -> [UInt8] {
    var averages: [UInt8] = []
    averages.reserveCapacity(width * height * channels)
    for row in 0..<height {
      let boxHeight = min(factor, imageHeight - row * factor)
      for column in 0..<width {
        let count = UInt32(boxHeight * min(factor, imageWidth - column * factor))
        let first = (row * width + column) * pixelSize
        let white = hasTransparency && backdrop == .white ? sums[first + channels] : 0
        for place in first..<first + channels {
          averages.append(UInt8(truncatingIfNeeded: (sums[place] &+ white &+ count / 2) / count))
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
