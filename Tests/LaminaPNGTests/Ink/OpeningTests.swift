import Testing

@testable import LaminaPNG

@Suite struct OpeningTests {
  /// The extreme of a square window, looked up pixel by pixel.
  private func extremes(
    of image: GreyImage, radius: Int, _ pick: ([UInt8]) -> UInt8?
  ) throws -> GreyImage {
    try picture(image.width, image.height) { x, y in
      var window: [UInt8] = []
      for row in max(y - radius, 0)...min(y + radius, image.height - 1) {
        for column in max(x - radius, 0)...min(x + radius, image.width - 1) {
          window.append(image.pixels[row * image.width + column])
        }
      }
      return Int(pick(window) ?? 0)
    }
  }

  @Test func minimaMaximaAndOpeningsAreThoseOfAllWindows() throws {
    var generator = SeededGenerator(seed: 21)
    for trial in 0..<150 {
      let width = Int.random(in: 1...40, using: &generator)
      let height = Int.random(in: 1...40, using: &generator)
      let radius = trial < 51 ? trial : Int.random(in: 0...12, using: &generator)
      let image = try noise(width, height, seed: UInt64(trial))
      let least = try extremes(of: image, radius: radius) { $0.min() }
      let greatest = try extremes(of: image, radius: radius) { $0.max() }
      let opened = try extremes(of: least, radius: radius) { $0.max() }
      let note = "\(width)x\(height), radius \(radius)"
      #expect(image.minima(radius: radius) == least, "\(note)")
      #expect(image.maxima(radius: radius) == greatest, "\(note)")
      #expect(image.opening(radius: radius) == opened, "\(note)")
    }
  }

  @Test func openingTakesStrokesThatAreNarrowerThanItsWindow() throws {
    func bar(_ width: Int) throws -> GreyImage {
      try picture(40, 30) { x, _ in x >= 15 && x < 15 + width ? 200 : 50 }
    }
    #expect(Set(try bar(6).opening(radius: 3).pixels) == [50])
    #expect(try bar(7).opening(radius: 3) == bar(7))
  }

  @Test func openingKeepsRamps() throws {
    let ramp = try picture(40, 40) { x, y in 3 * x + 2 * y }
    // But for the corner where the ramp is highest: no window there is as light.
    let opened = ramp.opening(radius: 4)
    #expect(zip(ramp.pixels, opened.pixels).allSatisfy { $0 >= $1 && $0 - $1 <= 5 * 4 })
  }

  @Test func openingTwiceIsOpeningOnce() throws {
    let opened = try noise(37, 23, seed: 22).opening(radius: 2)
    #expect(opened.opening(radius: 2) == opened)
  }

  @Test func invertedTwiceIsTheSame() throws {
    let image = try noise(9, 5, seed: 23)
    #expect(image.inverted.inverted == image)
    #expect(zip(image.pixels, image.inverted.pixels).allSatisfy { Int($0) + Int($1) == 255 })
  }
}
