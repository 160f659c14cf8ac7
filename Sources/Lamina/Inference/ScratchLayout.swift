/// Where results lie in memory that they share: one takes the place of others
/// that nobody reads any more.
struct ScratchLayout {
  /// A result and the steps during which it must stay: from the one that writes
  /// it to the last that reads it.
  struct Result {
    let count: Int
    let firstStep: Int
    let lastStep: Int
  }

  /// Where each result begins.
  private(set) var offsets: [Int] = []
  /// How much memory all of them need.
  private(set) var count = 0

  /// A cache line's numbers: results begin at its multiples.
  private static let alignment = 16

  /// - Parameter results: in the order in which they are written.
  init(_ results: [Result]) {
    // Those that are still read, by their places.
    var live: [(range: Range<Int>, lastStep: Int)] = []
    for result in results {
      live.removeAll { $0.lastStep < result.firstStep }
      let size = ScratchLayout.aligned(result.count)
      var offset = 0
      var position = 0
      while position < live.count, live[position].range.lowerBound - offset < size {
        offset = live[position].range.upperBound
        position += 1
      }
      live.insert((offset..<offset + size, result.lastStep), at: position)
      offsets.append(offset)
      count = max(count, offset + size)
    }
  }

  private static func aligned(_ count: Int) -> Int {
    (count + alignment - 1) / alignment * alignment
  }
}
