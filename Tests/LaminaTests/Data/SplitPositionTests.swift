import Testing

@testable import Lamina

@Suite struct SplitPositionTests {
  @Test func theLastPartBeginsWhereKerasSplits() throws {
    // floor(count (1 - fraction)), in double as in Python.
    let cases: [(count: Int, fraction: Double, position: Int)] = [
      (10, 0.2, 8), (10, 0.25, 7), (10, 0.7, 3), (150, 0.2, 120), (3, 0.5, 1), (2, 0.01, 1),
      (60_000, 0.1, 54_000),
    ]
    for (count, fraction, position) in cases {
      #expect(try splitPosition(count: count, lastFraction: fraction) == position)
    }
  }

  @Test func bothPartsHaveSamples() {
    for (count, fraction) in [(0, 0.5), (1, 0.5), (3, 0.9)] {
      expectError(.invalidArgument, "\(count) samples are too few", "\(fraction)") {
        _ = try splitPosition(count: count, lastFraction: fraction)
      }
    }
    for fraction in [0, 1, -0.5, 2, .nan, .infinity] as [Double] {
      expectError(.invalidArgument, "a last fraction of \(fraction)") {
        _ = try splitPosition(count: 10, lastFraction: fraction)
      }
    }
  }
}
