import Testing

@testable import Lamina

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 3, 8])
  func eachPieceIsComputedOnce(threadCount: Int) throws {
    let counts = try FloatStorage(count: 1000, for: "counts")
    for _ in 0..<200 {
      let view = counts.row
      Workers(threadCount: threadCount).perform(1000) { piece, _ in view.elements[piece] += 1 }
    }
    withExtendedLifetime(counts) {
      #expect(counts.row.toArray() == [Float](repeating: 200, count: 1000))
    }
  }

  @Test func noTwoThreadsHaveTheSameWorkerAtOnce() throws {
    let threadCount = 4
    let state = try FloatStorage(count: 16 * threadCount + 1, for: "marks")
    let view = state.row
    Workers(threadCount: threadCount).perform(2000) { _, worker in
      let place = view.elements + 16 * worker
      if place.pointee != 0 { view.elements[16 * threadCount] = 1 }
      place.pointee = 1
      var sum: Float = 0
      for index in 0..<100 { sum += Float(index) }
      if sum > 0 { place.pointee = 0 }
    }
    withExtendedLifetime(state) { #expect(state.row.toArray().allSatisfy { $0 == 0 }) }
  }

  @Test func aComputationWithinAPieceIsDoneToo() throws {
    let sums = try FloatStorage(count: 8, for: "sums")
    let view = sums.row
    let workers = Workers(threadCount: 3)
    workers.perform(8) { piece, _ in
      workers.perform(10) { inner, _ in view.elements[piece] += Float(inner) }
    }
    withExtendedLifetime(sums) {
      #expect(sums.row.toArray() == [Float](repeating: 45, count: 8))
    }
  }

  @Test func thereIsAlwaysAThread() {
    #expect(Workers(threadCount: 0).threadCount == 1)
    #expect(Workers(threadCount: -3).threadCount == 1)
    #expect(Workers(threadCount: .max).threadCount == Workers.maximumThreadCount)
    #expect(Workers.all.threadCount >= 1)
    var count = 0
    Workers.all.perform(0) { _, _ in count += 1 }
    #expect(count == 0)
  }
}
