import Testing

@testable import LaminaPNG

@Suite struct SecondMomentsTests {
  private func moments(_ isInside: (_ x: Double, _ y: Double) -> Bool) -> SecondMoments {
    var moments = SecondMoments()
    for y in 0..<200 {
      for x in 0..<200 where isInside(Double(x) - 99.5, Double(y) - 99.5) {
        moments.add(column: x, row: y)
      }
    }
    return moments
  }

  @Test func figureWithoutPixelsHasNone() {
    #expect((SecondMoments().area, SecondMoments().compactness) == (0, 0))
  }

  @Test func onePixelIsASquare() {
    var moments = SecondMoments()
    moments.add(column: 70, row: 3)
    #expect(moments.area == 1)
    #expect(abs(moments.compactness - 12) < 1e-3)
    #expect(abs(moments.roundness - 1) < 1e-3)
  }

  @Test(arguments: [0.0, 0.2, 0.5, 0.9])
  func rectanglesHaveTheSameCompactnessHoweverTheyLie(slope: Double) {
    let rectangle = moments { x, y in abs(x + slope * y) < 60 && abs(y - slope * x) < 30 }
    #expect(abs(rectangle.compactness - 12) < 0.03)
    #expect(abs(rectangle.roundness - 0.5) < 0.02)
    let parallelogram = moments { x, y in abs(x + slope * y) < 50 && abs(y) < 40 }
    #expect(abs(parallelogram.compactness - 12) < 0.03)
  }

  @Test func ellipsesAreTheMostCompact() {
    let disc = moments { x, y in x * x + y * y < 6_400 }
    let ellipse = moments { x, y in x * x + 4 * y * y < 6_400 }
    for figure in [disc, ellipse] { #expect(abs(figure.compactness - 4 * .pi) < 0.01) }
    #expect(disc.roundness > 0.99)
    #expect(abs(ellipse.roundness - 0.5) < 0.01)
  }

  @Test func trianglesRingsAndAnglesAreLessCompact() {
    let triangle = moments { x, y in y > -60 && y < 60 && abs(x) < (60 - y) / 2 }
    #expect(abs(triangle.compactness - 10.39) < 0.1)
    let ring = moments { x, y in (40.0..<60).contains((x * x + y * y).squareRoot()) }
    #expect(ring.compactness < 6)
    let angle = moments { x, y in
      (abs(x) < 50 && abs(y + 45) < 6) || (abs(x - 45) < 6 && abs(y) < 50)
    }
    #expect(angle.compactness < 6)
  }

  @Test func strokesAreLongAndNarrow() {
    #expect(moments { x, y in abs(x) < 4 && abs(y) < 60 }.roundness < 0.1)
  }
}
