import Foundation
import Testing

@testable import Lamina

@Suite struct DecimalFormatTests {
  private let numbers: [Double] = {
    var generator = SeededGenerator(seed: 4)
    var numbers: [Double] = [
      0, -0.0, 1, 0.03125, 0.09375, 0.5, 1.5, 2.5, 0.99995, 0.99996, 9.99995, 0.00005, 1e-3,
      0.00012345, 1e22, 1e-22, 123_456.78905, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
      .pi, -2.71828, 1e5, 99_999.5, 1 / 3,
    ]
    for exponent in -30..<30 {
      numbers.append(Double(generator.normal()) * Foundation.pow(10, Double(exponent)))
    }
    return numbers
  }()

  @Test func numbersAreRoundedFromTheirExactValue() {
    for number in numbers {
      #expect(decimal(number, places: 4) == String(format: "%.4f", number))
      #expect(decimal(number, places: 0) == String(format: "%.0f", number))
    }
  }

  @Test func powersOfTenAreAsInC() {
    for number in numbers {
      #expect(scientific(number, places: 4) == String(format: "%.4e", number))
    }
  }

  @Test func whatIsNotFiniteHasItsName() {
    for (number, name) in [(Double.nan, "nan"), (.infinity, "inf"), (-.infinity, "-inf")] {
      #expect(decimal(number, places: 4) == name)
      #expect(scientific(number, places: 4) == name)
    }
  }
}
