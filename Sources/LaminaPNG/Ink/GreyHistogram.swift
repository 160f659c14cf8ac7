/// How many pixels have each of the 256 greys.
struct GreyHistogram {
  private(set) var counts = [Int](repeating: 0, count: 256)
  private(set) var total = 0

  init() {}

  init(_ pixels: [UInt8]) { add(pixels.span) }

  mutating func add(_ grey: UInt8) {
    counts[Int(grey)] += 1
    total += 1
  }

  /// Takes back one that was added.
  mutating func remove(_ grey: UInt8) {
    counts[Int(grey)] -= 1
    total -= 1
  }

  /// Counts two halves side by side: pixels near each other are often alike, and one count would
  /// wait for the other.
  mutating func add(_ pixels: Span<UInt8>) {
    total += pixels.count
    var others = [Int](repeating: 0, count: 256)
    var counts = counts.mutableSpan
    var otherCounts = others.mutableSpan
    let half = pixels.count / 2
    let first = pixels.extracting(..<half)
    let second = pixels.extracting(half...)
    for index in 0..<half {
      counts[Int(first[index])] &+= 1
      otherCounts[Int(second[index])] &+= 1
    }
    if second.count > half { counts[Int(second[half])] &+= 1 }
    for grey in 0..<256 { counts[grey] &+= otherCounts[grey] }
  }

  /// Without the pixels of this grey and of lighter ones.
  func below(_ grey: UInt8) -> GreyHistogram {
    var result = GreyHistogram()
    for darker in 0..<Int(grey) {
      result.counts[darker] = counts[darker]
      result.total += counts[darker]
    }
    return result
  }

  var median: UInt8 { quantile(0.5) }

  /// The least grey that at least this share of the pixels does not exceed; 0 without pixels.
  func quantile(_ share: Float) -> UInt8 {
    let wanted = share * Float(total)
    var seen = 0
    for grey in 0..<256 {
      seen += counts[grey]
      if seen > 0, Float(seen) >= wanted { return UInt8(truncatingIfNeeded: grey) }
    }
    return 0
  }

  /// The grey of the pixel that has `rank - 1` lighter ones; 0 where there are fewer pixels.
  func greatest(rank: Int) -> UInt8 {
    var seen = 0
    for grey in stride(from: 255, through: 0, by: -1) {
      seen += counts[grey]
      if seen >= max(rank, 1) { return UInt8(truncatingIfNeeded: grey) }
    }
    return 0
  }
}
