import Foundation
import Testing

@testable import Lamina

@Suite struct NormalQuantileTests {
  @Test func knownQuantilesComeOut() {
    #expect(normalQuantile(0.5) == 0)
    expectClose(normalQuantile(0.975), 1.959_963_984_540_054, absolute: 0, relative: 1e-15)
    expectClose(normalQuantile(0.75), 0.674_489_750_196_081_7, absolute: 0, relative: 1e-15)
    expectClose(normalQuantile(1e-9), -5.997_807_015_007_687, absolute: 0, relative: 1e-14)
  }

  /// Over both branches, as far out as 32 random bits go.
  @Test func distributionFunctionIsTheInverse() {
    for step in 1...1000 {
      for probability in [Double(step) / 1001, Double(step) * 1e-4, pow(0.5, Double(step) / 30.4)] {
        let quantile = normalQuantile(probability)
        let back = 0.5 * erfc(-quantile / 2.0.squareRoot())
        #expect(abs(back - probability) <= 1e-13 * probability, "\(probability)")
      }
    }
  }
}
