import Lamina
import Testing

@testable import LaminaPNG

@Suite struct FrameTests {
  private func isBar(_ x: Int, _ y: Int) -> Bool {
    (46..<54).contains(x) && (20..<80).contains(y)
  }

  /// A bar on 100x100 pixels of paper, and a frame along the border.
  private func framed(_ frame: Int, ink: Int = 0, paper: Int = 255) throws -> GreyImage {
    try picture(100, 100) { x, y in
      let edge = min(min(x, y), 99 - max(x, y))
      return isBar(x, y) || edge < frame ? ink : paper
    }
  }

  @Test(arguments: [(1, 2), (2, 3), (3, 4), (7, 8), (8, 8)])
  func partInsideAFrameIsOnePixelLess(frame: Int, margin: Int) throws {
    let inner = PixelBox(columns: margin..<100 - margin, rows: margin..<100 - margin)
    #expect(try framed(frame).boxInsideFrame == inner)
    #expect(try framed(frame, ink: 200, paper: 90).boxInsideFrame == inner)
  }

  @Test func whatIsNoFrameLeavesTheWholePicture() throws {
    let whole = PixelBox(columns: 0..<100, rows: 0..<100)
    #expect(try framed(0).boxInsideFrame == whole)
    #expect(try framed(9).boxInsideFrame == whole, "wider than a twelfth")
    #expect(try framed(3, ink: 200, paper: 240).boxInsideFrame == whole, "hardly darker")
    #expect(try noise(100, 100, seed: 141).boxInsideFrame == whole)
    #expect(try picture(100, 100) { x, _ in x < 5 ? 0 : 255 }.boxInsideFrame == whole)
  }

  @Test func smallPicturesHaveNoFrame() throws {
    for side in 1...11 {
      let image = try picture(side, 40) { x, y in
        min(min(x, y), min(side - 1 - x, 39 - y)) == 0 ? 0 : 255
      }
      #expect(image.boxInsideFrame == PixelBox(columns: 0..<side, rows: 0..<40))
    }
  }

  @Test(arguments: [1, 2, 3, 5, 7])
  func digitInAFrameIsFound(frame: Int) throws {
    for image in [try framed(frame), try framed(frame).inverted] {
      let steps = DigitPreprocessor().steps(of: Picture(image))
      let box = try #require(steps.box)
      #expect(box == PixelBox(columns: 46..<54, rows: 20..<80))
      #expect(steps.digit == (try DigitPreprocessor().digit(from: image)))
    }
  }
}
