import Testing

@testable import Lamina

@Suite struct MeanSquaredErrorTests {
  @Test func lossIsTheMeanOfTheSquares() {
    let (losses, gradient) = evaluate(.meanSquaredError(), [[1, 2, 3]], [[1, 0, 4.5]])
    #expect(losses == [6.25 / 3])
    expectClose(gradient, [0, 4 / 3, -1])
  }

  @Test func rowsOfAnySizeAreAddedUp() {
    for columns in oddSizes where columns > 0 {
      let (losses, gradient) = evaluate(
        .meanSquaredError(), [[Float](repeating: 3, count: columns)],
        [[Float](repeating: 1, count: columns)])
      expectClose(losses, [4])
      expectClose(gradient, [Float](repeating: 4 / Float(columns), count: columns))
    }
  }
}
