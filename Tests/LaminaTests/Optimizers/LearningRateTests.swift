import Testing

@testable import Lamina

@Suite struct LearningRateTests {
  @Test func constantsAreSinglePrecision() {
    let rate: LearningRate = 0.1
    #expect(rate.value(atStep: 0) == Float(0.1))
    #expect(rate.value(atStep: 1_000_000) == Float(0.1))
  }

  @Test func integersAreRates() {
    let rate: LearningRate = 1
    #expect(rate.value(atStep: 0) == 1)
  }

  @Test func schedulesGiveTheirValues() {
    let rate = LearningRate.schedule(.exponentialDecay(1, decaySteps: 2, decayRate: 0.25))
    #expect((0...4).map { rate.value(atStep: $0) } == [1, 0.5, 0.25, 0.125, 0.0625])
  }

  @Test func constantsAreWrittenShort() {
    // Keras writes the float32's value, 0.0010000000474974513.
    #expect(LearningRate.constant(0.0010000000474974513).json.text == "0.001")
  }
}
