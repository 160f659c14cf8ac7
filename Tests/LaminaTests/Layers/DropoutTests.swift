import Testing

@testable import Lamina

@Suite struct DropoutTests {
  private func factors(
    rate: Float, rows: Int = 100, columns: Int = 1000, layer: UInt32 = 0, step: UInt32 = 0
  ) -> MatrixView {
    let factors = matrix(rows, columns) { _ in .nan }
    let (ones, outputs) = (matrix(rows, columns) { _ in 1 }, matrix(rows, columns))
    RandomStream(seed: 1, purpose: .dropout, layer: layer, step: step)
      .drop(ones, factors: factors, outputs: outputs, rate: rate, scale: 1 / (1 - rate))
    #expect(isFramed(factors) && isFramed(outputs))
    #expect(outputs.toArray() == factors.toArray())
    return factors
  }

  @Test(arguments: [0, 0.1, 0.2, 0.5, 0.9] as [Float])
  func dropsItsRateAndScalesTheRest(rate: Float) {
    let values = factors(rate: rate).toArray()
    let scale = 1 / (1 - rate)
    #expect(values.allSatisfy { $0 == 0 || $0 == scale })
    let dropped = Double(values.count { $0 == 0 }) / Double(values.count)
    let deviation = Double(rate * (1 - rate)).squareRoot() / Double(values.count).squareRoot()
    #expect(abs(dropped - Double(rate)) <= 5 * deviation)
  }

  @Test(arguments: oddSizes)
  func masksOfOddSizesAreBeginningsOfLongerOnes(count: Int) {
    let long = factors(rate: 0.5, rows: 1, columns: 200).toArray()
    #expect(factors(rate: 0.5, rows: 1, columns: count).toArray() == Array(long.prefix(count)))
  }

  @Test func masksDoNotDependOnTheBatchsSize() {
    let whole = factors(rate: 0.5, rows: 32, columns: 7)
    let partial = factors(rate: 0.5, rows: 11, columns: 7)
    #expect(partial.toArray() == whole.rows(0..<11).toArray())
  }

  /// Two masks agree in about half of the places where they have nothing to do
  /// with each other.
  @Test func rowsLayersAndStepsDrawTheirOwn() {
    let masks = [
      factors(rate: 0.5, rows: 1, columns: 4000),
      factors(rate: 0.5, rows: 2, columns: 4000).rows(1..<2),
      factors(rate: 0.5, rows: 1, columns: 4000, layer: 1),
      factors(rate: 0.5, rows: 1, columns: 4000, step: 1),
    ].map { $0.toArray() }
    for index in masks.indices {
      for other in 0..<index {
        let agreeing = zip(masks[index], masks[other]).count { $0 == $1 }
        // Five standard deviations.
        #expect(abs(agreeing - 2000) <= 158)
      }
    }
  }

  @Test func gradientIsTheSlopeUnderTheSameMask() throws {
    var generator = SeededGenerator(seed: 3)
    let input = matrix(5, 9, from: &generator)
    let upstream = matrix(5, 9, from: &generator)
    let trial = try LayerTrial(Dropout(0.4), input)
    trial.forward()
    let dropped = trial.pass.output.toArray().count { $0 == 0 }
    #expect(dropped > 5 && dropped < 40)
    trial.backward(upstream)
    let gradient = try #require(trial.pass.inputGradient)
    expectGradient(gradient, at: input, "input") {
      trial.forward()
      return weightedSum(trial.pass.output, upstream)
    }
    #expect(trial.isFramed)
  }

  @Test func rateOfOneDropsAll() throws {
    var generator = SeededGenerator(seed: 4)
    let trial = try LayerTrial(Dropout(1), matrix(3, 4, from: &generator))
    trial.forward()
    #expect(trial.pass.output.toArray() == [Float](repeating: 0, count: 12))
  }

  @Test func rateMustBeFromZeroToOne() throws {
    for rate in [-0.1, 1.5, .nan, .infinity] as [Float] {
      expectError(.invalidArgument, "rate must be 0 to 1", "\(rate)") {
        _ = try Dropout(rate).outputShape(for: [[4]])
      }
    }
    #expect(try Dropout(0.5).outputShape(for: [[4, 3]]) == [4, 3])
  }
}
