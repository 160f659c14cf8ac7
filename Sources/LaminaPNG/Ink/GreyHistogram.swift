/// How many pixels have each of the 256 greys.
struct GreyHistogram {
  private(set) var counts = [Int](repeating: 0, count: 256)
  private(set) var total = 0

  init() {}

  init(_ pixels: [UInt8]) {
    for pixel in pixels { counts[Int(pixel)] += 1 }
    total = pixels.count
  }

  mutating func add(_ grey: UInt8) {
    counts[Int(grey)] += 1
    total += 1
  }

  var median: UInt8 { quantile(0.5) }

  /// The least grey that at least this share of the pixels does not exceed; 0 without pixels.
  func quantile(_ share: Float) -> UInt8 {
    let wanted = share * Float(total)
    var seen = 0
    for (grey, count) in counts.enumerated() {
      seen += count
      if seen > 0, Float(seen) >= wanted { return UInt8(truncatingIfNeeded: grey) }
    }
    return 0
  }

  /// The grey of the pixel that has `rank - 1` lighter ones; 0 where there are fewer pixels.
  func greatest(rank: Int) -> UInt8 {
    var seen = 0
    for (grey, count) in counts.enumerated().reversed() {
      seen += count
      if seen >= max(rank, 1) { return UInt8(truncatingIfNeeded: grey) }
    }
    return 0
  }
}
