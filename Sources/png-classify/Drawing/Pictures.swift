import LaminaPNG

/// Pixels that are shown on a canvas.
struct ShownPicture {
  let width: Int
  let height: Int
  /// 1 (grey) or 3 (red, green, blue).
  let channels: Int
  let pixels: [UInt8]

  init(_ image: GreyImage) {
    (width, height, channels, pixels) = (image.width, image.height, 1, image.pixels)
  }

  init(width: Int, height: Int, channels: Int, pixels: [UInt8]) {
    (self.width, self.height, self.channels, self.pixels) = (width, height, channels, pixels)
  }

  /// The mean of a channel over a part of the picture.
  fileprivate func mean(_ channel: Int, columns: Interval, rows: Interval) -> UInt8 {
    var (sum, area) = (0.0, 0.0)
    for row in rows.touched(of: height) {
      for column in columns.touched(of: width) {
        let part = columns.share(of: column) * rows.share(of: row)
        sum += part * Double(pixels[(row * width + column) * channels + channel])
        area += part
      }
    }
    return area > 0 ? UInt8(max(0, min(255, (sum / area).rounded()))) : 0
  }
}

extension Canvas {
  /// Fills a frame of whole pixels with a picture. Each pixel of the canvas is the mean of what
  /// lies under it: larger pictures are reduced, and of smaller ones the pixels are seen as squares.
  mutating func show(_ picture: ShownPicture, in frame: Frame) {
    let (columns, rows) = (max(1, Int(frame.width)), max(1, Int(frame.height)))
    for row in 0..<rows {
      let rowsUnder = Interval(row, of: rows, over: picture.height)
      for column in 0..<columns {
        let columnsUnder = Interval(column, of: columns, over: picture.width)
        let means = (0..<picture.channels).map {
          picture.mean($0, columns: columnsUnder, rows: rowsUnder)
        }
        var colour = Colour.white
        (colour.red, colour.green, colour.blue) =
          means.count == 3 ? (means[0], means[1], means[2]) : (means[0], means[0], means[0])
        blend(colour, column: Int(frame.x) + column, row: Int(frame.y) + row, coverage: 1)
      }
    }
  }
}

/// A part of an axis of pixels.
private struct Interval {
  let start: Double
  let end: Double

  /// The part with this number of so many equal ones.
  init(_ index: Int, of count: Int, over length: Int) {
    start = Double(index * length) / Double(count)
    end = Double((index + 1) * length) / Double(count)
  }

  func touched(of length: Int) -> Range<Int> {
    let first = min(length - 1, Int(start))
    return first..<max(first + 1, min(length, Int(end.rounded(.up))))
  }

  /// How much of a pixel lies in it.
  func share(of pixel: Int) -> Double {
    max(0, min(end, Double(pixel) + 1) - max(start, Double(pixel)))
  }
}
