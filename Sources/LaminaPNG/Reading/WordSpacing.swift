/// Tells the gaps between a page's words from those between its digits.
struct WordSpacing {
  /// Points, commas and minus signs, which end no word.
  private let signs: [PixelBox]
  /// What may be a gap between words and what surely is, in hundredths of the digits' height.
  private let narrowest: Int
  private let widest: Int

  /// - Parameters:
  ///   - lines: the digits' boxes of each line, from the left.
  ///   - isInCells: whether they are known to stand in a form's cells.
  init(of lines: [[PixelBox]], signs: [PixelBox], isInCells: Bool = false) {
    self.signs = signs
    let gaps = lines.flatMap { boxes in
      let height = max(Self.height(of: boxes), 1)
      return Self.gaps(in: boxes, signs).map { 100 * $0 / height }
    }
    let usual = Self.median(gaps)
    let spread = Self.median(gaps.map { abs($0 - usual) })
    // Print is even, and its words stand close; 0.3 to 0.42 of the height.
    narrowest = gaps.count < 4 ? 42 : max(30, min(usual + 37 * spread / 10 + 10, 42))
    // Where digits stand apart, as in cells whose lines are too pale, words do so the more.
    widest = isInCells || (gaps.count >= 4 && usual >= 55) ? 140 : 90
  }

  /// Which digits of a line begin a word: those behind a gap that is wide beside their height, and
  /// beside the line's other gaps.
  ///
  /// - Parameter boxes: the digits', from the left.
  func wordBeginnings(in boxes: [PixelBox]) -> [Bool] {
    let height = Self.height(of: boxes)
    let gaps = Self.gaps(in: boxes, signs)
    let space = max(narrowest * height, min(200 * Self.median(gaps), widest * height))
    return boxes.isEmpty ? [] : [true] + gaps.map { 100 * $0 > space }
  }

  private static func height(of boxes: [PixelBox]) -> Int { median(boxes.map { $0.rows.count }) }

  private static func gaps(in boxes: [PixelBox], _ signs: [PixelBox]) -> [Int] {
    let height = height(of: boxes)
    return zip(boxes, boxes.dropFirst()).map { gap(between: $0, $1, height: height, signs) }
  }

  /// The gap between two digits, the widest where signs stand in it. A 1 counts as if it were as
  /// wide as half of its height: print leaves it that room, and so do cells.
  private static func gap(
    between left: PixelBox, _ right: PixelBox, height: Int, _ signs: [PixelBox]
  ) -> Int {
    let missing = [left, right].map { max(0, height / 2 - $0.columns.count) / 2 }
    let lines = left.union(right).rows
    let depth = lines.upperBound + height / 3
    var begin = left.columns.upperBound + missing[0]
    let end = right.columns.lowerBound - missing[1]
    var widest = 0
    let between = signs.filter { sign in
      sign.columns.lowerBound >= left.columns.upperBound - height / 8
        && sign.columns.upperBound <= right.columns.lowerBound + height / 8
        && sign.rows.lowerBound >= lines.lowerBound && sign.rows.upperBound <= depth
    }
    for sign in between.sorted(by: { $0.columns.lowerBound < $1.columns.lowerBound }) {
      widest = max(widest, sign.columns.lowerBound - begin)
      begin = max(begin, sign.columns.upperBound)
    }
    return max(widest, end - begin)
  }

  private static func median(_ numbers: [Int]) -> Int {
    numbers.sorted().dropFirst(numbers.count / 2).first ?? 0
  }
}
