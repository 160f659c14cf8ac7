/// A frame around a picture, such as the lines of a form's field, hides what its paper is.
extension GreyImage {
  /// The part of the picture inside a frame of one grey that goes around it; all of it where there
  /// is none.
  var boxInsideFrame: PixelBox {
    let whole = PixelBox(columns: 0..<width, rows: 0..<height)
    let widest = min(width, height) / 12
    guard widest >= 1, let frame = Self.evenGrey(of: ring(at: 0)) else { return whole }
    for depth in 1...widest {
      let ring = ring(at: depth)
      // Where most are like the frame, the grey that nearly all have is, too.
      guard 2 * ring.count(where: { differs($0, frame) }) >= ring.count,
        let inner = Self.evenGrey(of: ring), differs(inner, frame)
      else { continue }
      // What lies inside a line alone is the paper again.
      let isLine = (depth...widest).contains { deeper in
        Self.evenGrey(of: self.ring(at: deeper)).map { !differs($0, frame) } ?? false
      }
      if isLine { return whole }
      // One more, which the frame may shade.
      let margin = min(depth + 1, widest)
      return PixelBox(columns: margin..<width - margin, rows: margin..<height - margin)
    }
    return whole
  }

  private func differs(_ first: UInt8, _ second: UInt8) -> Bool {
    abs(Int(first) - Int(second)) >= 48
  }

  /// The pixels that lie so many pixels inside the border.
  private func ring(at depth: Int) -> [UInt8] {
    let (columns, rows) = (width - 2 * depth, height - 2 * depth)
    let first = depth * width + depth
    let last = first + (rows - 1) * width
    var ring = [UInt8](repeating: 0, count: 2 * (columns + rows))
    ring.replace(at: 0, with: pixels, from: first, count: columns)
    ring.replace(at: columns, with: pixels, from: last, count: columns)
    for row in 0..<rows {
      let place = 2 * (columns + row)
      ring[place] = pixels[first + row * width]
      ring[place + 1] = pixels[first + row * width + columns - 1]
    }
    return ring
  }

  /// The grey that nearly all pixels have, more or less; nil where they differ.
  private static func evenGrey(of pixels: [UInt8]) -> UInt8? {
    let greys = GreyHistogram(pixels)
    return greys.quantile(0.95) - greys.quantile(0.05) <= 32 ? greys.median : nil
  }
}
