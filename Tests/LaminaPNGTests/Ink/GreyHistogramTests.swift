import Testing

@testable import LaminaPNG

@Suite struct GreyHistogramTests {
  @Test func quantilesAndRanksAreThoseOfTheSortedGreys() {
    var generator = SeededGenerator(seed: 11)
    for count in [1, 2, 3, 10, 257, 1_000] {
      let greys = (0..<count).map { _ in UInt8.random(in: 30...200, using: &generator) }
      let sorted = greys.sorted()
      let histogram = GreyHistogram(greys)
      #expect(histogram.total == count)
      for share: Float in [0, 0.05, 0.25, 0.5, 0.9, 0.98, 1] {
        // The least grey that so many pixels do not exceed.
        let members = max(Int((share * Float(count)).rounded(.up)), 1)
        #expect(histogram.quantile(share) == sorted[members - 1])
      }
      for rank in 1...count { #expect(histogram.greatest(rank: rank) == sorted[count - rank]) }
    }
  }

  @Test func medianOfAnEvenNumberIsTheLowerOfTheTwo() {
    #expect(GreyHistogram([10, 20, 30, 40]).median == 20)
    #expect(GreyHistogram([10, 20, 30]).median == 20)
  }

  @Test func nothingHasOnlyZeros() {
    let empty = GreyHistogram()
    #expect((empty.median, empty.quantile(1), empty.greatest(rank: 1)) == (0, 0, 0))
    #expect(GreyHistogram([200]).greatest(rank: 2) == 0)
    #expect(GreyHistogram([200]).greatest(rank: 0) == 200)
  }

  @Test func addedGreysCount() {
    var histogram = GreyHistogram([1, 1])
    histogram.add(9)
    histogram.add(9)
    histogram.add(9)
    #expect((histogram.total, histogram.median) == (5, 9))
    #expect(histogram.counts[1] == 2)
  }

  @Test func greysAddedTogetherCountAsEachAlone() {
    for count in [0, 1, 2, 7, 300] {
      let greys = (0..<count).map { UInt8($0 * 7 % 251) }
      var together = GreyHistogram([5])
      together.add(greys.span)
      var alone = GreyHistogram([5])
      for grey in greys { alone.add(grey) }
      #expect((together.counts, together.total) == (alone.counts, alone.total))
    }
  }

  @Test func removedGreysCountNoLonger() {
    var histogram = GreyHistogram([1, 9, 9])
    histogram.remove(9)
    #expect((histogram.counts[9], histogram.total) == (1, 2))
  }

  @Test func darkerGreysAreThoseBelow() {
    let darker = GreyHistogram([1, 4, 5, 9]).below(5)
    #expect((darker.total, darker.greatest(rank: 1)) == (2, 4))
    #expect(GreyHistogram([1]).below(0).total == 0)
  }

  @Test func lighterGreysAreThoseFromItOn() {
    let lighter = GreyHistogram([1, 4, 5, 9]).from(5)
    #expect((lighter.total, lighter.quantile(0), lighter.greatest(rank: 1)) == (2, 5, 9))
    #expect(GreyHistogram([1]).from(0).total == 1)
  }

  @Test func bestThresholdPartsTwoHeapsOfGreys() {
    #expect(GreyHistogram([10, 11, 12, 90, 95]).bestThreshold == 13)
    #expect(GreyHistogram([0, 255]).bestThreshold == 1)
    #expect(GreyHistogram([7, 7, 7]).bestThreshold == 0)
    #expect(GreyHistogram().bestThreshold == 0)
  }

  @Test func bestThresholdIsThatOfTheGreatestVariance() throws {
    let greys = try noise(40, 30, seed: 12).pixels.map { $0 / 2 + ($0 > 200 ? 90 : 0) }
    func variance(_ threshold: Int) -> Double {
      let (dark, light) = (greys.filter { $0 < threshold }, greys.filter { $0 >= threshold })
      guard !dark.isEmpty, !light.isEmpty else { return 0 }
      func mean(_ greys: [UInt8]) -> Double {
        greys.reduce(0) { $0 + Double($1) } / Double(greys.count)
      }
      let difference = mean(dark) - mean(light)
      return Double(dark.count * light.count) * difference * difference
    }
    let most = (0...255).map(variance).max() ?? 0
    #expect(abs(variance(Int(GreyHistogram(greys).bestThreshold)) - most) < 1e-6 * most)
  }

  @Test func loweredGreysEndAtBlack() {
    let lowered = GreyHistogram([1, 4, 5, 9]).lowered(by: 4)
    #expect((lowered.counts[0], lowered.counts[1], lowered.counts[5]) == (2, 1, 1))
    #expect(lowered.total == 4)
  }
}
