import Testing

@testable import Lamina

@Suite struct InferencePlanTests {
  private func plan(_ layers: [any Layer]) throws -> InferencePlan {
    InferencePlan(try Graph(Topology(chain: layers, input: Input([2, 3]))))
  }

  @Test func layersThatDoNothingAreGone() throws {
    let plan = try plan([Dropout(0.2), Flatten(), Dense(7), Dropout(0.5), Dense(4), Dropout(0.1)])
    #expect(plan.steps.count == 2)
    #expect(plan.inputCounts == [6] && plan.outputCounts == [4])
    // Only what lies between the two is kept.
    #expect(plan.scratchCount == 7)
  }

  @Test func networkWithoutComputationCopies() throws {
    let plan = try plan([Flatten(), Dropout(0.5)])
    #expect(plan.steps.count == 1)
    guard case .some(.copy) = plan.steps.first else {
      Issue.record("no copy of the input")
      return
    }
    #expect(plan.inputCounts == [6] && plan.outputCounts == [6])
    #expect(plan.scratchCount == 0)
    #expect(!plan.endsInSoftmax)
  }

  @Test func onlyASoftmaxAtTheEndGivesProbabilities() throws {
    #expect(try plan([Flatten(), Dense(3, activation: .softmax), Dropout(0.5)]).endsInSoftmax)
    #expect(try !plan([Flatten(), Dense(3, activation: .softmax), Dense(3)]).endsInSoftmax)
    #expect(try !plan([Flatten(), Dense(3, activation: .sigmoid)]).endsInSoftmax)
  }
}
