extension GreyImage {
  /// Averages the picture over the areas of `width` x `height` equal cells.
  ///
  /// A pixel that several cells share counts in each by the area that lies in it, which also
  /// enlarges. The results are the averages times the picture's number of pixels, so that they are
  /// exact.
  func areaSums(width cellColumns: Int, height cellRows: Int) -> [Int] {
    var sums = [Int](repeating: 0, count: cellColumns * cellRows)
    // Lengths are counted in a unit of which a cell has `height` and a pixel `cellRows`.
    var narrowed = [Int](repeating: 0, count: cellColumns)
    for row in 0..<height {
      Self.narrow(pixels.span.extracting(row * width..<(row + 1) * width), into: &narrowed)
      var cell = row * cellRows / height
      while cell * height < (row + 1) * cellRows {
        let share = Self.overlap(row, length: cellRows, cell, length: height)
        for column in 0..<cellColumns {
          sums[cell * cellColumns + column] += share * narrowed[column]
        }
        cell += 1
      }
    }
    return sums
  }

  /// Adds up a line of pixels over cells of equal length, times the line's number of pixels.
  private static func narrow(_ line: Span<UInt8>, into cells: inout [Int]) {
    for cell in cells.indices { cells[cell] = 0 }
    for index in line.indices where line[index] > 0 {
      var cell = index * cells.count / line.count
      while cell * line.count < (index + 1) * cells.count {
        let share = overlap(index, length: cells.count, cell, length: line.count)
        cells[cell] += share * Int(line[index])
        cell += 1
      }
    }
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
