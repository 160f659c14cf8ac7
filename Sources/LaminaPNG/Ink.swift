/// How much ink each pixel of a picture has: 0 where the paper shows.
struct Ink {
  let width: Int
  let height: Int
  /// Distances from the paper's grey on the ink's side, row by row.
  let amounts: [UInt8]

  /// Takes the paper off a picture.
  ///
  /// Distances below a 32nd of the contrast, or below six times the paper's noise, are still
  /// paper; half of the contrast is always ink. (Six median distances of a normal noise are four
  /// standard deviations, which hardly a pixel passes. A 32nd keeps the faint rims of MNIST's
  /// digits, which decide how large the crop is.)
  init(of image: GreyImage, on background: Background) {
    let threshold = min(
      max(Int(background.contrast) / 32, 6 * Int(background.noise), 1),
      Int(background.contrast) / 2)
    let level = Int(background.level)
    let sign = background.isInkLight ? 1 : -1
    width = image.width
    height = image.height
    amounts = image.pixels.map { pixel in
      let amount = sign * (Int(pixel) - level)
      return amount >= threshold ? UInt8(clamping: amount) : 0
    }
  }

  /// The smallest part of the picture that holds all ink; nil if there is none.
  var boundingBox: (columns: Range<Int>, rows: Range<Int>)? {
    var (left, right, top, bottom) = (width, 0, height, 0)
    for row in 0..<height {
      let line = amounts[row * width..<(row + 1) * width]
      guard let first = line.firstIndex(where: { $0 > 0 }),
        let last = line.lastIndex(where: { $0 > 0 })
      else { continue }
      left = min(left, first - line.startIndex)
      right = max(right, last - line.startIndex + 1)
      top = min(top, row)
      bottom = row + 1
    }
    return left < right ? (left..<right, top..<bottom) : nil
  }

  /// Averages a part of the picture over the areas of `width` x `height` equal cells.
  ///
  /// A pixel that several cells share counts in each by the area that lies in it, which also
  /// enlarges. The results are the averages times the part's number of pixels, so that they are
  /// exact.
  func areaSums(
    columns: Range<Int>, rows: Range<Int>, width cellColumns: Int, height cellRows: Int
  ) -> [Int] {
    var sums = [Int](repeating: 0, count: cellColumns * cellRows)
    // Lengths are counted in a unit of which a cell has `rows.count` and a pixel `cellRows`.
    var narrowed = [Int](repeating: 0, count: cellColumns)
    for (index, row) in rows.enumerated() {
      let line = amounts[row * width + columns.lowerBound..<row * width + columns.upperBound]
      Self.narrow(line, into: &narrowed)
      var cell = index * cellRows / rows.count
      while cell * rows.count < (index + 1) * cellRows {
        let share = Self.overlap(index, length: cellRows, cell, length: rows.count)
        for column in 0..<cellColumns {
          sums[cell * cellColumns + column] += share * narrowed[column]
        }
        cell += 1
      }
    }
    return sums
  }

  /// Adds up a line of pixels over cells of equal length, times the line's number of pixels.
  private static func narrow(_ line: ArraySlice<UInt8>, into cells: inout [Int]) {
    for cell in cells.indices { cells[cell] = 0 }
    for (index, amount) in line.enumerated() where amount > 0 {
      var cell = index * cells.count / line.count
      while cell * line.count < (index + 1) * cells.count {
        let share = overlap(index, length: cells.count, cell, length: line.count)
        cells[cell] += share * Int(amount)
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
}
