import Testing

@testable import Lamina

/// Compares what Lamina draws with what Keras has drawn. The numbers differ; the
/// distributions must not.
@Suite struct InitializerParityTests {
  /// How many numbers a fixture's quantiles were made from.
  private let goldenCount = 200_000.0
  private let drawCount = 100_000

  /// Keras's quantiles, from the least number to the greatest.
  private func quantiles(_ golden: KerasFixture.Case) throws -> [Float] {
    try golden.tensor("quantiles").floats
  }

  private func draw(_ initializer: any Initializer, shape: Shape) -> [Float] {
    let values = matrix(1, drawCount)
    initializer.fill(values, shape: shape, seed: InitializerSeed(seed: 1, variable: 0))
    return values.toArray().sorted()
  }

  /// The greatest difference of the two distribution functions, at Keras's quantiles.
  private func distance(_ sorted: [Float], _ quantiles: [Float]) -> Double {
    let last = quantiles.count - 1
    return (1..<last).map { level in
      let below = sorted.partition { $0 > quantiles[level] }
      return abs(Double(below) / Double(sorted.count) - Double(level) / Double(last))
    }.max() ?? 1
  }

  /// How far the numbers of the 5th to the 95th percentile lie from the median, in
  /// the mean.
  private func spread(_ quantiles: [Float]) -> Double {
    let middle = Double(quantiles[50])
    return (5...95).reduce(0.0) { $0 + abs(Double(quantiles[$1]) - middle) } / 91
  }

  /// Why numbers cannot come from the distribution of the quantiles; nil if they can.
  private func mismatch(_ sorted: [Float], _ quantiles: [Float]) -> String? {
    // Two samples of one distribution differ by more in one case of a million
    // (Kolmogorov and Smirnov: 2 exp(-2 c^2) = 1e-6).
    let limit = 2.69 * (1 / goldenCount + 1 / Double(sorted.count)).squareRoot()
    let distance = distance(sorted, quantiles)
    if distance > limit { return "the distribution functions differ by \(distance)" }
    // That misses a spread that is wrong by 2 %. The ratio has a standard error of 0.3 %
    // in samples of this size.
    let last = quantiles.count - 1
    let own = (0...last).map { sorted[$0 * (sorted.count - 1) / last] }
    let ratio = spread(own) / spread(quantiles)
    return abs(ratio - 1) > 0.01 ? "the spread is \(ratio) times Keras's" : nil
  }

  @Test(arguments: ["Zeros", "Ones", "Constant"])
  func constantsAreKerass(name: String) throws {
    for golden in try KerasFixture("initializers", name).cases {
      let initializer = try InitializerRegistry.make(try #require(golden.json["initializer"]))
      let values = matrix(1, 3)
      initializer.fill(values, shape: [3], seed: InitializerSeed(seed: 1, variable: 0))
      let expected = try quantiles(golden)[0]
      #expect(values.toArray() == [expected, expected, expected], "\(golden.name)")
    }
  }

  @Test(arguments: [
    "RandomNormal", "RandomUniform", "TruncatedNormal", "GlorotUniform", "GlorotNormal",
    "HeUniform", "HeNormal", "LecunUniform", "LecunNormal",
  ])
  func distributionsAreKerass(name: String) throws {
    let goldens = try KerasFixture("initializers", name).cases
    #expect(goldens.count >= 2)
    for golden in goldens {
      let initializer = try InitializerRegistry.make(try #require(golden.json["initializer"]))
      #expect(initializer.className == name)
      let dimensions = try #require(golden.json["shape"]?.arrayValue).compactMap { $0.integerValue }
      let mismatch = mismatch(draw(initializer, shape: Shape(dimensions)), try quantiles(golden))
      #expect(mismatch == nil, "\(golden.name)")
    }
  }

  @Test func otherDistributionsAreFound() throws {
    let golden = try #require(KerasFixture("initializers", "RandomNormal").cases.first)
    let quantiles = try quantiles(golden)
    #expect(golden.name.hasPrefix("defaults"))
    #expect(mismatch(draw(.randomNormal(), shape: [1]), quantiles) == nil)
    for other: any Initializer in [
      .randomNormal(standardDeviation: 0.051), .randomNormal(standardDeviation: 0.049),
      .randomNormal(mean: 0.001), .truncatedNormal(standardDeviation: 0.05 / 0.88),
      .randomUniform(from: -0.0866, to: 0.0866),
    ] {
      #expect(mismatch(draw(other, shape: [1]), quantiles) != nil, "\(other.configuration)")
    }
  }
}

extension [Float] {
  /// The number of the elements that come before the first that matches, where all
  /// that match stand at the end.
  fileprivate func partition(_ matches: (Float) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if matches(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
