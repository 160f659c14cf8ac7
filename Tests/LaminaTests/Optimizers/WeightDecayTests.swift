import Testing

@testable import Lamina

@Suite struct WeightDecayTests {
  @Test func everyVariableDecaysUnlessItIsExcluded() {
    let decay: WeightDecay = 0.5
    #expect(decay.rate == 0.5)
    #expect(decay.applies(to: "kernel"))
    #expect(decay.applies(to: "bias"))
  }

  @Test func partsOfNamesExclude() {
    let decay = WeightDecay(0.5, excluding: ["ias", "gamma"])
    #expect(!decay.applies(to: "bias"))
    #expect(!decay.applies(to: "dense_1/bias"))
    #expect(!decay.applies(to: "gamma"))
    #expect(decay.applies(to: "beta"))
    #expect(decay.applies(to: "as"))
  }

  @Test func layersNamesDoNotExclude() {
    let decay = WeightDecay(0.5, excluding: ["bias", "dense"])
    #expect(decay.applies(to: "bias_layer/kernel"))
    #expect(decay.applies(to: "dense/kernel"))
  }

  @Test func patternsAreRefused() throws {
    for pattern in ["^bias$", "bi.s", "gamma|beta", "b(ias)?", "[kb]"] {
      expectError(.unsupported, "exclude_from_weight_decay", pattern) {
        try SGD(weightDecay: WeightDecay(0.1, excluding: ["kernel", pattern])).check()
      }
    }
    try SGD(weightDecay: WeightDecay(0.1, excluding: ["kernel", "moving_mean"])).check()
  }
}
