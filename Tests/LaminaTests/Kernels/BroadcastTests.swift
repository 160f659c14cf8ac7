import Testing

@testable import Lamina

@Suite struct BroadcastTests {
  @Test func shapesAreNumPys() {
    #expect(Broadcast.shape([2, 3], [2, 3]) == [2, 3])
    #expect(Broadcast.shape([2, 1], [3]) == [2, 3])
    #expect(Broadcast.shape([], [4]) == [4])
    #expect(Broadcast.shape([4, 1, 2], [3, 1]) == [4, 3, 2])
    #expect(Broadcast.shape([2, 3], [2]) == nil)
    #expect(Broadcast.shape([3], [2]) == nil)
  }

  /// Against the place that the indices of each axis give.
  @Test func elementsMeetTheOnesAtTheirIndices() {
    let output: Shape = [2, 3, 4]
    for input in [[2, 3, 4], [3, 4], [4], [], [1, 1, 4], [2, 1, 1], [1, 3, 1], [2, 1, 4]] as [Shape]
    {
      let count = input.checkedElementCount ?? 0
      let values = matrix(2, count) { Float($0) }
      let result = matrix(2, 24) { _ in .nan }
      result.assign(values, Broadcast(input: input, output: output))
      let missing = 3 - input.rank
      for place in 0..<48 {
        let indices = [place / 12 % 2, place / 4 % 3, place % 4]
        var expected = 0
        for (axis, length) in input.dimensions.enumerated() {
          expected = expected * length + (length == 1 ? 0 : indices[axis + missing])
        }
        #expect(result.toArray()[place] == Float(place / 24 * count + expected), "\(input)")
      }
      #expect(isFramed(result))
    }
  }
}
