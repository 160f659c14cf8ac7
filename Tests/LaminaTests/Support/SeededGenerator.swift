import Foundation

/// A small generator with a seed (SplitMix64), so that a failing test fails again.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number from the standard normal distribution (Box and Muller).
  mutating func normal() -> Float {
    let first = Double.random(in: .leastNonzeroMagnitude...1, using: &self)
    let second = Double.random(in: 0..<1, using: &self)
    return Float((-2 * log(first)).squareRoot() * cos(2 * .pi * second))
  }

  mutating func normals(_ count: Int) -> [Float] { (0..<count).map { _ in normal() } }
}
