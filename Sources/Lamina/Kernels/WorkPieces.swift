/// Work that is cut into ranges, each computed by itself: whatever gives every number
/// of its output without regard to the others.
extension Workers {
  /// How many numbers a piece has: some microseconds of work, several times what it
  /// costs to share them out.
  private static let pieceSize = 1 << 15

  /// From how many on parameters are shared. Fewer stay in the cache of the core that
  /// changed them last, and each step would fetch them from one core for another.
  private static let leastSharedParameters = 1 << 20

  /// Calls `body` for ranges that together are 0 ..< `count`, on several threads where
  /// there are many numbers.
  ///
  /// - Parameter numbersEach: how many numbers belong to each of what is counted.
  func performRanges(of count: Int, numbersEach: Int = 1, _ body: (Range<Int>) -> Void) {
    let size = max(1, Workers.pieceSize / max(1, numbersEach))
    guard threadCount > 1, count > size else { return body(0..<count) }
    perform((count + size - 1) / size) { piece, _ in
      body(piece * size..<min((piece + 1) * size, count))
    }
  }

  /// Pieces of a range of parameters, which a training step changes.
  func pieces(ofParameters range: Range<Int>) -> [Range<Int>] {
    guard threadCount > 1, range.count >= Workers.leastSharedParameters else { return [range] }
    return stride(from: range.lowerBound, to: range.upperBound, by: Workers.pieceSize).map {
      $0..<min($0 + Workers.pieceSize, range.upperBound)
    }
  }
}
