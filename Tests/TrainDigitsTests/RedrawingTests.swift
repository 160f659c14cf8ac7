import Testing

@testable import train_digits

@Suite struct RedrawingTests {
  private let ring = picture { row, column in
    let distance = (row - 14) * (row - 14) + (column - 14) * (column - 14)
    return (36...80).contains(distance)
  }

  /// The ring, drawn by this pen without noise.
  private func drawn(widening: Int, blurs: Int = 1) throws -> [UInt8] {
    var numbers = SeededNumbers(seed: 1, stream: 0)
    var redrawing = Redrawing(&numbers)
    (redrawing.widening, redrawing.blurs) = (widening, blurs)
    (redrawing.sharpness, redrawing.noise, redrawing.slant) = (1, 0, 0)
    return try #require(redrawing.digit(ring[...], &numbers))
  }

  @Test func isAPictureAsMNISTs() throws {
    let digit = try drawn(widening: 0)
    #expect(digit.count == 784 && digit.max() == 255 && digit.first == 0)
  }

  @Test func aWiderPenLeavesMoreInk() throws {
    let digits = try [-2, 0, 3].map { try ink(drawn(widening: $0)) }
    #expect(digits[0] < digits[1] && digits[1] < digits[2])
  }

  @Test func whatVanishesUnderAThinPenIsNoPicture() {
    let dot = picture { row, column in row == 14 && column == 14 }
    var numbers = SeededNumbers(seed: 1, stream: 0)
    var redrawing = Redrawing(&numbers)
    redrawing.widening = -2
    #expect(redrawing.digit(dot[...], &numbers) == nil)
  }
}
