/// A frame around a picture, such as the lines of a form's field, hides what its paper is.
extension GreyImage {
  /// The part of the picture inside a frame of one grey that goes around it; all of it where there
  /// is none.
  var boxInsideFrame: PixelBox {
    let whole = PixelBox(columns: 0..<width, rows: 0..<height)
    let widest = min(width, height) / 12
    guard widest >= 1, let frame = ring(at: 0).evenGrey else { return whole }
    for depth in 1...widest {
      guard let inner = ring(at: depth).evenGrey else { continue }
      guard differs(inner, frame) else { continue }
      // What lies inside a line alone is the paper again.
      let isLine = (depth...widest).contains { deeper in
        ring(at: deeper).evenGrey.map { !differs($0, frame) } ?? false
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
  private func ring(at depth: Int) -> GreyHistogram {
    var histogram = GreyHistogram()
    for column in depth..<width - depth {
      histogram.add(pixels[depth * width + column])
      histogram.add(pixels[(height - 1 - depth) * width + column])
    }
    for row in depth..<height - depth {
      histogram.add(pixels[row * width + depth])
      histogram.add(pixels[row * width + width - 1 - depth])
    }
    return histogram
  }
}

extension GreyHistogram {
  /// The grey that nearly all pixels have, more or less; nil where they differ.
  fileprivate var evenGrey: UInt8? {
    let (low, high) = (quantile(0.05), quantile(0.95))
    return high - low <= 32 ? median : nil
  }
}
