/// A square picture: 0 is paper, 1 is ink.
struct Plane {
  let side: Int
  private(set) var values: [Float]

  init(side: Int) {
    self.side = side
    values = [Float](repeating: 0, count: side * side)
  }

  subscript(row: Int, column: Int) -> Float {
    get { values[row * side + column] }
    set { values[row * side + column] = newValue }
  }

  var total: Float { values.reduce(0, +) }

  /// More contrast around the middle grey.
  mutating func sharpen(by factor: Float) {
    for index in values.indices {
      values[index] = max(0, min(1, (values[index] - 0.5) * factor + 0.5))
    }
  }

  /// Each pixel becomes the choice among those no farther than `radius`.
  mutating func takeNeighbours(within radius: Int, _ choice: (Float, Float) -> Float) {
    let source = self
    for rowStep in -radius...radius {
      for columnStep in -radius...radius
      where rowStep * rowStep + columnStep * columnStep <= radius * radius {
        for row in max(0, -rowStep)..<min(side, side - rowStep) {
          for column in max(0, -columnStep)..<min(side, side - columnStep) {
            self[row, column] = choice(
              self[row, column], source[row + rowStep, column + columnStep])
          }
        }
      }
    }
  }

  /// Each pixel becomes the mean of the three by three around it; outside is paper.
  mutating func blur() {
    for isAcross in [true, false] {
      let source = self
      let step = isAcross ? 1 : side
      for row in 1..<side - 1 {
        for column in 1..<side - 1 {
          let index = row * side + column
          values[index] =
            (source.values[index - step] + source.values[index] + source.values[index + step]) / 3
        }
      }
    }
  }
}
