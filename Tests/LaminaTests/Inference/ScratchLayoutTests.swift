import Testing

@testable import Lamina

@Suite struct ScratchLayoutTests {
  private typealias Result = ScratchLayout.Result

  private func randomResults(_ generator: inout SeededGenerator) -> [Result] {
    (0..<Int.random(in: 0...60, using: &generator)).map { step in
      Result(
        count: Int.random(in: 0...100, using: &generator), firstStep: step,
        lastStep: step + Int.random(in: 0...9, using: &generator))
    }
  }

  private func range(_ results: [Result], _ layout: ScratchLayout, _ index: Int) -> Range<Int> {
    layout.offsets[index]..<layout.offsets[index] + results[index].count
  }

  @Test func resultsThatAreNeededAtTheSameTimeNeverOverlap() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<500 {
      let results = randomResults(&generator)
      let layout = ScratchLayout(results)
      #expect(layout.offsets.count == results.count)
      for first in results.indices {
        #expect(range(results, layout, first).upperBound <= layout.count)
        for second in results.indices.dropFirst(first + 1)
        where results[second].firstStep <= results[first].lastStep {
          let (a, b) = (range(results, layout, first), range(results, layout, second))
          #expect(!a.overlaps(b), "\(results[first]) and \(results[second])")
        }
      }
    }
  }

  @Test func resultsBeginAtCacheLines() {
    let layout = ScratchLayout([
      Result(count: 7, firstStep: 0, lastStep: 2), Result(count: 17, firstStep: 1, lastStep: 2),
    ])
    #expect(layout.offsets == [0, 16])
    #expect(layout.count == 48)
  }

  @Test func aChainNeedsRoomForTwoResults() {
    let chain = (0..<20).map { Result(count: 64, firstStep: $0, lastStep: $0 + 1) }
    #expect(ScratchLayout(chain).count == 128)
  }

  @Test func gapsAreFilled() {
    let layout = ScratchLayout([
      Result(count: 32, firstStep: 0, lastStep: 1), Result(count: 16, firstStep: 1, lastStep: 9),
      Result(count: 16, firstStep: 2, lastStep: 9), Result(count: 16, firstStep: 3, lastStep: 9),
      Result(count: 16, firstStep: 4, lastStep: 9),
    ])
    #expect(layout.offsets == [0, 32, 0, 16, 48])
  }
}
