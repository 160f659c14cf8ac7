import Testing

@testable import LaminaPNG

@Suite struct ColourAxisTests {
  private typealias Colour = (Int, Int, Int)

  /// Upright and level bars of ink on paper.
  private func drawn(
    _ ink: Colour, on paper: Colour, side: Int = 60, bar: Range<Int> = 27..<33
  ) -> Picture {
    colourPicture(side, side) { x, y in
      bar.contains(x) && y > side / 6 && y < side * 5 / 6 ? ink : paper
    }
  }

  /// How far the ink lies from the paper, in greys, darker being less.
  private func contrast(_ image: GreyImage) -> Int {
    Int(image.pixels[30 * image.width + 30]) - Int(image.pixels[0])
  }

  @Test(arguments: [
    ((255, 0, 0), (0, 130, 0)), ((200, 60, 60), (60, 131, 60)), ((0, 0, 255), (97, 0, 0)),
    ((30, 100, 200), (200, 50, 60)),
  ])
  func inkWithThePapersLumaStandsOut(ink: (Int, Int, Int), paper: (Int, Int, Int)) throws {
    let picture = drawn(ink, on: paper)
    #expect(abs(contrast(picture.grey)) <= 10)
    #expect(abs(contrast(picture.inkGreys)) >= 90)
  }

  @Test func greyPicturesHaveNoAxis() throws {
    let coloured = drawn((40, 40, 40), on: (250, 250, 250))
    #expect(ColourAxis(of: coloured) == nil)
    #expect(coloured.inkGreys == coloured.grey)
    #expect(ColourAxis(of: Picture(try noise(20, 20, seed: 41))) == nil)
    // A tinge of yellow, as paper has, is no colour yet.
    #expect(ColourAxis(of: drawn((40, 40, 40), on: (250, 250, 241))) == nil)
  }

  @Test(arguments: [
    ((20, 30, 120), (255, 250, 200)), ((120, 0, 0), (255, 255, 255)), ((0, 0, 0), (255, 255, 0)),
    ((0, 0, 160), (200, 255, 200)),
  ])
  func darkInkStaysDarkAndLightInkLight(dark: (Int, Int, Int), light: (Int, Int, Int)) {
    #expect(contrast(drawn(dark, on: light).inkGreys) < -90)
    #expect(contrast(drawn(light, on: dark).inkGreys) > 90)
  }

  @Test func contrastsAreAtLeastThoseOfTheLuma() {
    var generator = SeededGenerator(seed: 42)
    func colour() -> Colour {
      (
        Int.random(in: 0...255, using: &generator), Int.random(in: 0...255, using: &generator),
        Int.random(in: 0...255, using: &generator)
      )
    }
    for _ in 0..<200 {
      let (ink, paper) = (colour(), colour())
      let picture = drawn(ink, on: paper)
      let luma = abs(contrast(picture.grey))
      let along = abs(contrast(picture.inkGreys))
      // Of one ink and one paper the contrast is their distance, or 255 where that is more; the
      // range from 0 to 255 may have no room for it.
      #expect(along >= luma * 7 / 10, "\(ink) on \(paper): \(along), luma \(luma)")
    }
  }

  @Test func contrastsKeepTheirSizeWhereThereIsRoom() {
    let (ink, paper) = ((100, 90, 60), (130, 140, 160))
    let distance = (30.0 * 30 + 50 * 50 + 100 * 100).squareRoot()
    let found = contrast(drawn(ink, on: paper).inkGreys)
    #expect(abs(Double(-found) - distance) <= 1.5)
  }

  @Test func weakColoursOfThePaperChangeNothing() {
    // Yellow blots as large as the ink, but much weaker.
    let picture = colourPicture(60, 60) { x, y in
      if (27..<33).contains(x) && y > 10 && y < 50 { return (0, 0, 160) }
      return x < 20 && y > 20 && y < 30 ? (250, 245, 225) : (255, 255, 255)
    }
    let greys = picture.inkGreys
    let ink = abs(contrast(greys))
    let blot = abs(Int(greys.pixels[25 * 60 + 10]) - Int(greys.pixels[0]))
    #expect(blot * 5 < ink)
  }

  /// Pixels are sampled in steps; no column of a picture may be left out by all of them.
  @Test(arguments: [256, 512, 1_000, 1_024])
  func uprightStrokesAreSeenInPicturesOfAnyWidth(side: Int) {
    for left in [side / 2 + 1, side / 2 + side / 32] {
      let bar = left..<left + max(side / 40, 3)
      let picture = drawn((255, 0, 0), on: (0, 130, 0), side: side, bar: bar)
      let greys = picture.inkGreys
      let ink = Int(greys.pixels[side / 2 * side + left + 1])
      #expect(abs(ink - Int(greys.pixels[0])) >= 90, "\(side) pixels, from \(left)")
    }
  }

  @Test func picturesOfOnePixelAndOfOneColourHaveSomeGreys() {
    for side in [1, 2, 5] {
      let greys = colourPicture(side, side) { _, _ in (200, 30, 90) }.inkGreys
      #expect((greys.width, greys.height) == (side, side))
      #expect(Set(greys.pixels).count == 1)
    }
  }
}
