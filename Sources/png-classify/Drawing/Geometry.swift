/// A place on a canvas, in pixels from the upper left corner; the first pixel's middle is at 0.5.
struct Point: Equatable {
  var x: Double
  var y: Double

  init(_ x: Double, _ y: Double) {
    self.x = x
    self.y = y
  }
}

/// A rectangle on a canvas, in pixels.
struct Frame: Equatable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  init(_ x: Double, _ y: Double, _ width: Double, _ height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  var right: Double { x + width }
  var bottom: Double { y + height }
  var middle: Point { Point(x + width / 2, y + height / 2) }

  /// The largest frame of the given sides' ratio in the middle of this one, in whole pixels.
  func fitting(width: Int, height: Int) -> Frame {
    let scale = min(self.width / Double(width), self.height / Double(height))
    let fittedWidth = max(1, (Double(width) * scale).rounded())
    let fittedHeight = max(1, (Double(height) * scale).rounded())
    return Frame(
      (x + (self.width - fittedWidth) / 2).rounded(),
      (y + (self.height - fittedHeight) / 2).rounded(), fittedWidth, fittedHeight)
  }
}
