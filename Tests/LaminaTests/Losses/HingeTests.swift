import Testing

@testable import Lamina

@Suite struct HingeTests {
  @Test func lossIsWhatTheMarginLacks() {
    let (losses, gradient) = evaluate(.hinge(), [[0.5, -2], [2, 0]], [[1, 1], [1, -1]])
    #expect(losses == [1.75, 0.5])
    #expect(gradient == [-0.5, -0.5, 0, 0.5])
  }

  @Test func zerosAndOnesStandForSigns() {
    let (losses, gradient) = evaluate(.hinge(), [[0.5], [0.5]], [[0], [1]])
    #expect(losses == [1.5, 0.5])
    #expect(gradient == [1, -1])
  }

  @Test func zeroIsANumberBesideOtherLabels() {
    let (losses, _) = evaluate(.hinge(), [[0.5], [0.5]], [[0], [-1]])
    #expect(losses == [1, 1.5])
  }

  @Test func onTheMarginTheSlopeIsHalf() {
    #expect(evaluate(.hinge(), [[1], [-1]], [[1], [-1]]).gradient == [-0.5, 0.5])
  }
}
