/// How many pixels have each of the 256 greys.
struct GreyHistogram {
  private(set) var counts = [Int32](repeating: 0, count: 256)
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

  /// Counts four quarters side by side: pixels near each other are often alike, and one count
  /// would wait for the other.
  mutating func add(_ pixels: Span<UInt8>) {
    total += pixels.count
    var parts = InlineArray<1024, Int32>(repeating: 0)
    let quarter = pixels.count / 4
    for index in 0..<quarter {
      for part in 0..<4 { parts[256 * part + Int(pixels[part * quarter + index])] &+= 1 }
    }
    for index in 4 * quarter..<pixels.count { parts[Int(pixels[index])] &+= 1 }
    var counts = counts.mutableSpan
    for part in 0..<4 {
      for grey in 0..<256 { counts[grey] &+= parts[256 * part + grey] }
    }
  }

  /// Without the pixels of this grey and of lighter ones.
  func below(_ grey: UInt8) -> GreyHistogram {
    var result = GreyHistogram()
    for darker in 0..<Int(grey) {
      result.counts[darker] = counts[darker]
      result.total += Int(counts[darker])
    }
    return result
  }

  /// The pixels of this grey and of lighter ones alone.
  func from(_ grey: UInt8) -> GreyHistogram {
    var result = self
    for darker in 0..<Int(grey) {
      result.total -= Int(result.counts[darker])
      result.counts[darker] = 0
    }
    return result
  }

  /// The least grey of the lighter part where the pixels fall into two parts that differ most (N.
  /// Otsu, "A threshold selection method from gray-level histograms", 1979); 0 where all are alike.
  var bestThreshold: UInt8 {
    let sum = counts.indices.reduce(0) { $0 + $1 * Int(counts[$1]) }
    var (darker, darkerSum) = (0, 0)
    var (best, threshold): (Double, UInt8) = (0, 0)
    for grey in 0..<256 {
      let lighter = total - darker
      if darker > 0, lighter > 0 {
        let distance =
          Double(sum - darkerSum) / Double(lighter) - Double(darkerSum) / Double(darker)
        let between = Double(darker) * Double(lighter) * distance * distance
        if between > best { (best, threshold) = (between, UInt8(truncatingIfNeeded: grey)) }
      }
      darker += Int(counts[grey])
      darkerSum += grey * Int(counts[grey])
    }
    return threshold
  }

  /// The histogram of the same pixels with so much taken off each, as far as it has so much.
  func lowered(by offset: UInt8) -> GreyHistogram {
    var result = GreyHistogram()
    result.total = total
    for grey in 0..<256 { result.counts[max(grey - Int(offset), 0)] += counts[grey] }
    return result
  }

  var median: UInt8 { quantile(0.5) }

  /// The least grey that at least this share of the pixels does not exceed; 0 without pixels.
  func quantile(_ share: Float) -> UInt8 {
    let wanted = max(Int32((share * Float(total)).rounded(.up)), 1)
    var seen: Int32 = 0
    for grey in 0..<256 {
      seen &+= counts[grey]
      if seen >= wanted { return UInt8(truncatingIfNeeded: grey) }
    }
    return 0
  }

  /// The grey of the pixel that has `rank - 1` lighter ones; 0 where there are fewer pixels.
  func greatest(rank: Int) -> UInt8 {
    var seen: Int32 = 0
    for grey in stride(from: 255, through: 0, by: -1) {
      seen &+= counts[grey]
      if seen >= max(rank, 1) { return UInt8(truncatingIfNeeded: grey) }
    }
    return 0
  }
}
