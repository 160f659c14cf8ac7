import CLaminaKernels
import Testing

@testable import Lamina

@Suite struct RandomStreamTests {
  private func words(
    seed: UInt64, step: UInt32, layer: UInt32, purpose: UInt32, count: Int
  ) -> [UInt32] {
    var words = [UInt32](repeating: 0, count: count + 1)
    words[count] = 0xABCD_EF01
    laminakernel_random_words(seed, step, layer, purpose, &words, count)
    #expect(words[count] == 0xABCD_EF01)
    return Array(words.dropLast())
  }

  /// The vectors of Random123 1.14, tests/kat_vectors, "philox4x32 10".
  @Test func referenceGivesThePublishedVectors() {
    #expect(
      philox([0, 0, 0, 0], key: [0, 0]) == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    let ones = UInt32.max
    #expect(
      philox([ones, ones, ones, ones], key: [ones, ones])
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      philox(
        [0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344], key: [0xa409_3822, 0x299f_31d0])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  @Test func kernelGivesThePublishedVectorOfZeros() {
    #expect(
      words(seed: 0, step: 0, layer: 0, purpose: 0, count: 4)
        == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
  }

  /// The counter's first word counts blocks, so that the published vector of ones
  /// cannot be asked for; the reference stands in for it.
  @Test(arguments: oddSizes)
  func kernelEqualsTheReference(count: Int) {
    var generator = SeededGenerator(seed: UInt64(count))
    for trial in 0..<20 {
      let seed = trial == 0 ? .max : generator.next()
      let counter: [UInt32] = (0..<3).map { _ in
        trial == 0 ? .max : UInt32.random(in: 0 ... .max, using: &generator)
      }
      let key = [UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)]
      let expected = (0..<(count + 3) / 4).flatMap { philox([UInt32($0)] + counter, key: key) }
      #expect(
        words(seed: seed, step: counter[0], layer: counter[1], purpose: counter[2], count: count)
          == Array(expected.prefix(count)))
    }
  }

  @Test func uniformNumbersFillTheirRange() {
    let values = matrix(100, 1001)
    RandomStream(seed: 3, purpose: .initialization).fillUniform(values, from: -0.25, to: 0.75)
    let numbers = values.toArray().map { Double($0) }
    #expect(numbers.allSatisfy { $0 >= -0.25 && $0 < 0.75 })
    let mean = numbers.reduce(0, +) / Double(numbers.count)
    let variance = numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(numbers.count)
    // Five standard errors.
    expectClose(mean, 0.25, absolute: 0.0046, relative: 0)
    expectClose(variance, 1.0 / 12, absolute: 0.0012, relative: 0)
    for bin in 0..<10 {
      let lower = -0.25 + Double(bin) / 10
      let count = numbers.count { $0 >= lower && $0 < lower + 0.1 }
      expectClose(Double(count), 10_010, absolute: 480, relative: 0)
    }
  }

  @Test func streamsThatDifferInOneThingDiffer() {
    func draw(_ stream: RandomStream) -> [Float] {
      let values = matrix(1, 64)
      stream.fillUniform(values, from: 0, to: 1)
      return values.toArray()
    }
    let streams = [
      RandomStream(seed: 1, purpose: .dropout, layer: 2, step: 3),
      RandomStream(seed: 1 << 32 | 1, purpose: .dropout, layer: 2, step: 3),
      RandomStream(seed: 2, purpose: .dropout, layer: 2, step: 3),
      RandomStream(seed: 1, purpose: .shuffle, layer: 2, step: 3),
      RandomStream(seed: 1, purpose: .dropout, layer: 3, step: 3),
      RandomStream(seed: 1, purpose: .dropout, layer: 2, step: 4),
    ]
    let draws = streams.map(draw)
    #expect(draws == streams.map(draw))
    for index in draws.indices {
      for other in 0..<index { #expect(draws[index] != draws[other]) }
    }
  }

  @Test(arguments: [0, 1, 2, 3, 10, 64, 1000])
  func shuffleIsAPermutation(count: Int32) {
    var order = Array(0..<count)
    RandomStream(seed: 1, purpose: .shuffle).shuffle(&order)
    #expect(order.sorted() == Array(0..<count))
    if count >= 10 { #expect(order != Array(0..<count)) }
  }

  @Test func shufflesOfEpochsDifferAndRepeat() {
    func order(epoch: UInt32) -> [Int32] {
      var order = Array(0..<Int32(100))
      RandomStream(seed: 1, purpose: .shuffle, step: epoch).shuffle(&order)
      return order
    }
    #expect(order(epoch: 0) != order(epoch: 1))
    #expect(order(epoch: 1) == order(epoch: 1))
  }

  @Test func allPermutationsAreEquallyLikely() {
    var counts: [[Int32]: Int] = [:]
    for step in 0..<24_000 {
      var order: [Int32] = [0, 1, 2, 3]
      RandomStream(seed: 5, purpose: .shuffle, step: UInt32(step)).shuffle(&order)
      counts[order, default: 0] += 1
    }
    #expect(counts.count == 24)
    // Five standard deviations around 1000.
    #expect(counts.values.allSatisfy { (845...1155).contains($0) })
  }
}

/// Philox 4x32-10, as the paper writes it.
private func philox(_ counter: [UInt32], key: [UInt32]) -> [UInt32] {
  var (c, k) = (counter, key)
  for _ in 0..<10 {
    let a = (0xD251_1F53 as UInt32).multipliedFullWidth(by: c[0])
    let b = (0xCD9E_8D57 as UInt32).multipliedFullWidth(by: c[2])
    c = [b.high ^ c[1] ^ k[0], b.low, a.high ^ c[3] ^ k[1], a.low]
    k = [k[0] &+ 0x9E37_79B9, k[1] &+ 0xBB67_AE85]
  }
  return c
}
