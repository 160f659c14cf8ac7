extension GreyImage {
  /// Averages the picture over the areas of `width` x `height` equal cells.
  ///
  /// A pixel that several cells share counts in each by the area that lies in it, which also
  /// enlarges. The results are the averages times the picture's number of pixels, so that they are
  /// exact.
  func areaSums(width cellColumns: Int, height cellRows: Int) -> [Int] {
    // Lengths are counted in a unit of which a cell has `height` and a pixel `cellRows`.
    var lowered = [Int32](repeating: 0, count: width * cellRows)
    for row in 0..<height {
      for cell in Self.cells(of: row, length: cellRows, cellLength: height) {
        let share = Self.overlap(row, length: cellRows, cell, length: height)
        add(row, times: share, to: &lowered, at: cell * width)
      }
    }
    var sums = [Int](repeating: 0, count: cellColumns * cellRows)
    for column in 0..<width {
      for cell in Self.cells(of: column, length: cellColumns, cellLength: width) {
        let share = Self.overlap(column, length: cellColumns, cell, length: width)
        for row in 0..<cellRows {
          sums[row * cellColumns + cell] += share * Int(lowered[row * width + column])
        }
      }
    }
    return sums
  }

  /// Adds a row of pixels, times a length, to sums, which are less than 255 times the height.
  private func add(_ row: Int, times share: Int, to sums: inout [Int32], at place: Int) {
    let greys = pixels.span.extracting(row * width..<(row + 1) * width)
    var sums = sums.mutableSpan
    let share = Int32(truncatingIfNeeded: share)
    for column in 0..<width { sums[place + column] &+= share &* Int32(greys[column]) }
  }

  /// Those of one ruler's intervals that the `index`th of another's touches.
  private static func cells(of index: Int, length: Int, cellLength: Int) -> Range<Int> {
    index * length / cellLength..<((index + 1) * length + cellLength - 1) / cellLength
  }

  /// The common length of the `first`th and the `second`th of two rulers' intervals.
  private static func overlap(
    _ first: Int, length firstLength: Int, _ second: Int, length secondLength: Int
  ) -> Int {
    min((first + 1) * firstLength, (second + 1) * secondLength)
      - max(first * firstLength, second * secondLength)
  }

  /// The picture with a longer side of `side` pixels, its shape kept to the nearest pixel, each
  /// pixel the average of its area, the strongest 255; nil where all are 0.
  func fitted(into side: Int) -> GreyImage? {
    let longer = max(width, height)
    let columns = max(1, (width * side + longer / 2) / longer)
    let rows = max(1, (height * side + longer / 2) / longer)
    let sums = areaSums(width: columns, height: rows)
    guard let strongest = sums.max(), strongest > 0 else { return nil }
    return GreyImage(
      rows: rows, of: columns,
      pixels: sums.map { UInt8(clamping: ($0 * 255 + strongest / 2) / strongest) })
  }
}
