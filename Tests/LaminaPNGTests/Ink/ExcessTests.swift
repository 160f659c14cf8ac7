import Testing

@testable import LaminaPNG

@Suite struct ExcessTests {
  @Test func excessIsWhatIsLighterThanThePaper() throws {
    let paper = try picture(4, 1) { _, _ in 100 }
    let image = try GreyImage(width: 4, height: 1, pixels: [90, 100, 100, 180])
    #expect(Excess(of: image, over: paper).picture.pixels == [0, 0, 0, 80])
  }

  @Test func excessLosesWhatThePaperItselfSticksOut() throws {
    let paper = try picture(9, 9) { _, _ in 100 }
    let image = try picture(9, 9) { x, y in x == 4 ? 200 : 104 }
    let excess = Excess(of: image, over: paper)
    #expect(Set(excess.picture.pixels) == [0, 96])
  }

  @Test func histogramIsThatOfThePicture() throws {
    let paper = try picture(30, 30) { x, _ in 200 - 4 * x }
    for grain in [0, 5] {
      let image = try picture(30, 30) { x, y in 200 - 4 * x - (y == 9 ? 60 : grain + y % 2) }
      let excess = Excess(of: paper, over: image)
      #expect(excess.histogram.counts == GreyHistogram(excess.picture.pixels).counts)
      let evened = excess.evened(on: paper)
      #expect(evened.picture != excess.picture)
      #expect(evened.histogram.counts == GreyHistogram(evened.picture.pixels).counts)
    }
  }

  @Test func evenPaperNeedsNoEvening() throws {
    let paper = try picture(9, 9) { x, _ in 200 + x }
    let excess = Excess(of: paper, over: try picture(9, 9) { x, _ in x == 4 ? 20 : 200 })
    #expect(excess.evened(on: paper).picture == excess.picture)
  }
}
