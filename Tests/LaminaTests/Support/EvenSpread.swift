import Testing

/// Expects numbers that are evenly spread over an interval: all of them inside,
/// and no fifth of it with more or less than its share, within five standard
/// deviations.
func expectEvenlySpread(
  _ values: [Double], from lower: Double, to upper: Double,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let margin = 1e-5 * (upper - lower)
  #expect(
    values.allSatisfy { $0 >= lower - margin && $0 <= upper + margin },
    sourceLocation: sourceLocation)
  let share = Double(values.count) / 5
  let deviation = (share * 0.8).squareRoot()
  for fifth in 0..<5 {
    let start = lower + Double(fifth) * (upper - lower) / 5
    let count = values.count { $0 >= start && $0 < start + (upper - lower) / 5 }
    #expect(
      abs(Double(count) - share) < 5 * deviation, "fifth \(fifth)", sourceLocation: sourceLocation)
  }
}
