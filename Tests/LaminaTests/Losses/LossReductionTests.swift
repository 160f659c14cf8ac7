import Testing

@testable import Lamina

@Suite struct LossReductionTests {
  private let weights: [Float] = [0.5, 0, 2]

  private func reduce(
    _ reduction: Reduction, weights: [Float]? = nil, losses: [Float] = [4, 5, 6]
  ) -> (value: Double, gradient: [Float]) {
    let rows = LossRows(
      predictions: matrix(losses.count, 2), targets: matrix(losses.count, 2),
      losses: matrix(losses.count, 1) { losses[$0] },
      gradient: matrix(losses.count, 2) { Float($0 + 1) })
    let column = weights.map { weights in matrix(weights.count, 1) { weights[$0] } }
    return (reduction.reduce(rows, weights: column), rows.gradient?.toArray() ?? [])
  }

  @Test func meanDividesByTheNumberOfLossesNotByTheWeights() {
    let plain = reduce(.sumOverBatchSize)
    #expect(plain.value == 5)
    expectClose(plain.gradient, [1, 2, 3, 4, 5, 6].map { $0 / 3 })
    let weighted = reduce(.sumOverBatchSize, weights: weights)
    expectClose(weighted.value, 14 / 3)
    expectClose(weighted.gradient, [0.5, 1, 0, 0, 10, 12].map { $0 / 3 })
  }

  @Test func sumDividesByNothing() {
    #expect(reduce(.sum).value == 15)
    #expect(reduce(.sum).gradient == [1, 2, 3, 4, 5, 6])
    #expect(reduce(.sum, weights: weights).value == 14)
    #expect(reduce(.sum, weights: weights).gradient == [0.5, 1, 0, 0, 10, 12])
  }

  @Test func weightedMeanDividesByTheWeights() {
    #expect(reduce(.meanWithSampleWeight).value == 5)
    let weighted = reduce(.meanWithSampleWeight, weights: weights)
    expectClose(weighted.value, 5.6)
    expectClose(weighted.gradient, [0.2, 0.4, 0, 0, 4, 4.8])
  }

  @Test func weightedMeanOfNoWeightIsZero() {
    let result = reduce(.meanWithSampleWeight, weights: [0, 0, 0])
    #expect(result.value == 0)
    #expect(result.gradient.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [Reduction.sumOverBatchSize, .sum, .meanWithSampleWeight])
  func noLossesAreZero(_ reduction: Reduction) {
    #expect(reduce(reduction, losses: []).value == 0)
    #expect(reduce(reduction, weights: [], losses: []).value == 0)
  }

  @Test func oneWeightStandsForAllLossesOfASample() {
    let result = reduce(.sum, weights: [1, 10], losses: [1, 2, 3, 4])
    #expect(result.value == 73)
    #expect(result.gradient == [1, 2, 3, 4, 50, 60, 70, 80])
    #expect(reduce(.meanWithSampleWeight, weights: [1, 3], losses: [1, 1, 1, 1]).value == 2)
  }

  @Test func largeBatchesAreSummedInDouble() {
    let losses = [Float](repeating: 0.1, count: 100_000)
    expectClose(
      reduce(.sum, losses: losses).value, 100_000 * Double(Float(0.1)), absolute: 1e-9,
      relative: 1e-12)
  }

  @Test func namesAreKerass() throws {
    func named(_ name: String) throws -> Reduction {
      try Configuration(.object([JSON.Member("reduction", .string(name))])).reduction()
    }
    #expect(try named("mean") == .sumOverBatchSize)
    #expect(try named("sum_over_batch_size") == .sumOverBatchSize)
    #expect(try named("sum") == .sum)
    #expect(try named("mean_with_sample_weight") == .meanWithSampleWeight)
    #expect(try Configuration(.object([])).reduction() == .sumOverBatchSize)
    for name in ["none", "average"] {
      expectError(.unsupported, "\"reduction\" is \"\(name)\"", "mean_with_sample_weight") {
        _ = try named(name)
      }
    }
  }
}
