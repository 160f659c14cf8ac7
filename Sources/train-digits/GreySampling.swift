/// A square picture of bytes, read between its pixels.
struct GreySampling {
  let pixels: [UInt8]
  let side: Int

  init(_ pixels: [UInt8], side: Int) {
    self.pixels = pixels
    self.side = side
  }

  /// 0 to 1 at a place counted in pixels from the centre of the first: of the four pixels around
  /// it, each the more the nearer it is; 0 outside.
  func value(_ x: Float, _ y: Float) -> Float {
    let (left, top) = (x.rounded(.down), y.rounded(.down))
    let (column, row) = (Int(left), Int(top))
    let (right, lower) = (x - left, y - top)
    let upperLine = pixel(row, column) * (1 - right) + pixel(row, column + 1) * right
    let lowerLine = pixel(row + 1, column) * (1 - right) + pixel(row + 1, column + 1) * right
    return upperLine * (1 - lower) + lowerLine * lower
  }

  private func pixel(_ row: Int, _ column: Int) -> Float {
    guard row >= 0, row < side, column >= 0, column < side else { return 0 }
    return Float(pixels[row * side + column]) / 255
  }
}
