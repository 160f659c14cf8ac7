/// Random numbers that follow from a seed alone.
///
/// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014
/// (SplitMix64)
struct SeededNumbers {
  private var state: UInt64

  /// - Parameter stream: which of the sequences of the seed.
  init(seed: UInt64, stream: UInt64) {
    state = seed
    state = next() ^ (stream &* 0xD1B5_4A32_D192_ED03)
  }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }

  /// Evenly spread over 0 ..< 1.
  mutating func unit() -> Float { Float(next() >> 40) * 0x1p-24 }

  /// Evenly spread over a range.
  mutating func uniform(_ range: ClosedRange<Float>) -> Float {
    range.lowerBound + (range.upperBound - range.lowerBound) * unit()
  }

  /// 0 ..< `count`, each as likely.
  mutating func index(below count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  /// About normal, with mean 0 and standard deviation 1: the sum of twelve numbers.
  mutating func normal() -> Float {
    var sum: Float = -6
    for _ in 0..<12 { sum += unit() }
    return sum
  }
}
