import Testing

@testable import LaminaPNG

@Suite struct PixelBoxTests {
  private let box = PixelBox(columns: 10..<14, rows: 20..<30)

  @Test func unionHoldsBoth() {
    let other = PixelBox(columns: 2..<11, rows: 29..<31)
    #expect(box.union(other) == PixelBox(columns: 2..<14, rows: 20..<31))
    #expect(box.union(box) == box)
  }

  @Test func marginsEndAtThePicture() {
    #expect(
      box.expanded(by: 3, width: 100, height: 100) == PixelBox(columns: 7..<17, rows: 17..<33))
    #expect(
      box.expanded(by: 15, width: 16, height: 32) == PixelBox(columns: 0..<16, rows: 5..<32))
  }

  @Test func enlargedBoxesEndAtThePicture() {
    // 14 reduced columns of 3 pixels are 40 of the picture's: the last has one only.
    #expect(
      box.enlarged(by: 3, width: 40, height: 100) == PixelBox(columns: 30..<40, rows: 60..<90))
  }

  @Test func movesWithoutAChangeOfSize() {
    #expect(box.moved(right: 5, down: -20) == PixelBox(columns: 15..<19, rows: 0..<10))
    #expect(box.longerSide == 10)
  }

  @Test func gapIsTheOneAlongTheAxisOnWhichTheyAreFartherApart() {
    #expect(box.gap(to: PixelBox(columns: 17..<18, rows: 31..<32)) == 3)
    #expect(box.gap(to: PixelBox(columns: 0..<8, rows: 0..<15)) == 5)
    #expect(box.gap(to: PixelBox(columns: 14..<15, rows: 20..<21)) == 0)
    #expect(box.gap(to: PixelBox(columns: 11..<12, rows: 22..<23)) == 0)
    let other = PixelBox(columns: 40..<41, rows: 2..<3)
    #expect(box.gap(to: other) == other.gap(to: box))
  }
}
