import Testing

@testable import Lamina

@Suite struct SlopeComparisonTests {
  /// The sum of f(x) * (1, 2, ...) at a point, compared with a gradient.
  private func comparison(
    at values: [Float], gradient: [Float], _ function: @escaping (Double) -> Double
  ) -> SlopeComparison {
    let point = matrix([values])
    let comparison = SlopeComparison(matrix([gradient]), at: point) {
      point.toArray().enumerated().reduce(0) {
        $0 + function(Double($1.element)) * Double($1.offset + 1)
      }
    }
    #expect(point.toArray() == values)
    return comparison
  }

  @Test func gradientsOfSmoothFunctionsAreTheSlopes() {
    let some = comparison(at: [1, -2, 3], gradient: [2, -8, 18]) { $0 * $0 }
    #expect(some.checked == 4 && some.error < 1e-3)
  }

  @Test(arguments: [[2, -8, 18.5], [2, 8, 18], [0, 0, 0], [4, -16, 36]] as [[Float]])
  func otherGradientsAreFarFromTheSlopes(gradient: [Float]) {
    let some = comparison(at: [1, -2, 3], gradient: gradient) { $0 * $0 }
    #expect(some.checked == 4 && some.error > 1e-2)
  }

  @Test(arguments: [0, 1e-4, 1e-3, -2e-3] as [Float])
  func directionsOverKinksAreLeftOut(distance: Float) {
    let some = comparison(at: [distance, distance], gradient: [1, 2]) { max($0, 0) }
    #expect(some.checked == 0)
  }

  @Test func directionsBesideKinksAreChecked() {
    let some = comparison(at: [0.02, -0.02], gradient: [1, 0]) { max($0, 0) }
    #expect(some.checked == 4 && some.error < 1e-3)
  }

  @Test func constantsCountAsNothingChecked() {
    let some = comparison(at: [1, 2], gradient: [0, 0]) { _ in 1 }
    #expect(some.checked == 0 && some.error == 0)
  }

  @Test(arguments: [.nan, .infinity] as [Float])
  func numbersThatAreNotFiniteAreErrors(number: Float) {
    #expect(comparison(at: [1], gradient: [number]) { $0 }.error == .infinity)
    #expect(comparison(at: [1], gradient: [1]) { _ in Double(number) }.error == .infinity)
  }
}
