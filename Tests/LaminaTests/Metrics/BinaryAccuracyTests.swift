import Testing

@testable import Lamina

@Suite struct BinaryAccuracyTests {
  @Test func outputsGreaterThanTheThresholdSayYes() {
    let predictions: [[Float]] = [[0.4, 0.5], [0.6, 0.5]]
    #expect(measure(.binaryAccuracy(), predictions, [[0, 0], [1, 1]]) == 0.75)
    #expect(measure(.binaryAccuracy(threshold: 0.45), predictions, [[0, 0], [1, 1]]) == 0.75)
    #expect(measure(.binaryAccuracy(threshold: 0), [[-1], [2]], [[0], [1]]) == 1)
  }
}
