import Lamina
import LaminaPNG
import Testing

@Suite struct GreyImageTests {
  @Test func keepsSizeAndPixels() throws {
    let image = try GreyImage(width: 3, height: 2, pixels: [1, 2, 3, 4, 5, 6])
    #expect(image.width == 3)
    #expect(image.height == 2)
    #expect(image.pixels == [1, 2, 3, 4, 5, 6])
  }

  @Test(arguments: [(0, 0), (0, 5), (2, 2), (-2, -3), (7, 1), (Int.max, 2), (Int.min, -1)])
  func refusesASizeThatDoesNotFit(width: Int, height: Int) {
    let error = #expect(throws: LaminaError.self) {
      try GreyImage(width: width, height: height, pixels: [1, 2, 3, 4, 5, 6])
    }
    #expect(error?.kind == .invalidArgument)
    #expect(error?.message == "a picture of \(width)x\(height) cannot have 6 pixels")
  }
}
