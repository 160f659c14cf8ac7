import Testing

@testable import Lamina

@Suite struct PiecewiseConstantDecayTests {
  @Test func boundariesBelongToTheValueBefore() {
    let schedule = PiecewiseConstantDecay(boundaries: [1, 3], values: [4, 2, 1])
    #expect((0...5).map { schedule.learningRate(atStep: $0) } == [4, 4, 2, 2, 1, 1])
  }

  @Test func valuesMustBeOneMore() {
    for (boundaries, values) in [([1], [0.5]), ([1], [1, 2, 3]), ([], [1]), ([], [])] {
      expectError(.invalidArgument, "got \(boundaries.count) and \(values.count)") {
        try PiecewiseConstantDecay(boundaries: boundaries, values: values).check()
      }
    }
  }

  @Test func boundariesMustIncrease() {
    expectError(.invalidArgument, "boundaries must increase, got 5 after 5") {
      try PiecewiseConstantDecay(boundaries: [1, 5, 5], values: [1, 2, 3, 4]).check()
    }
  }
}
