import Foundation
import Lamina
import LaminaPNG
import Testing

@Suite struct PNGDecoderTests {
  private let decoder = PNGDecoder()

  @Test func fixturesAreThere() {
    #expect(Fixtures.sound.count > 80)
    #expect(Fixtures.damaged.count > 35)
  }

  // MARK: Sound pictures

  @Test(arguments: Fixtures.sound)
  func everyColourTypeDepthAndInterlacingGivesTheRightGreys(_ fixture: Fixtures.Sound) throws {
    let picture = try decoder.decode(path: Fixtures.path(fixture.name))
    #expect(picture.grey == fixture.image)
    #expect(picture.reduction == 1)
    #expect((picture.fileWidth, picture.fileHeight) == (picture.width, picture.height))
    let bytes = try Fixtures.bytes(fixture.name)
    #expect(try decoder.decode(bytes.span, name: fixture.name) == picture)
  }

  @Test(arguments: Fixtures.sound)
  func onlyColoursHaveThreeChannels(_ fixture: Fixtures.Sound) throws {
    let name = fixture.name
    let picture = try decoder.decode(path: Fixtures.path(name))
    #expect(picture.pixels.count == picture.width * picture.height * picture.channels)
    if name.hasPrefix("grey") || name == "digit-seven.png" {
      #expect(picture.channels == 1)
    } else {
      // The palettes of the fixtures have colours; so have all pictures in RGB.
      #expect(picture.channels == 3)
    }
  }

  @Test(arguments: [
    ("large.png", 6_000, 2_000), ("large-adam7.png", 2_500, 61), ("large-tall.png", 3, 10_000),
  ])
  func largePictureBecomesTheAveragesOfItsBoxes(name: String, width: Int, height: Int) throws {
    let image = try decoder.decode(path: Fixtures.path(name))
    let factor = (max(width, height) + 1_023) / 1_024
    #expect(image.reduction == factor)
    #expect((image.fileWidth, image.fileHeight) == (width, height))
    let boxes = (0..<(width + factor - 1) / factor).map {
      box($0, of: factor, within: width, stripe: 7)
    }
    let expected = (0..<(height + factor - 1) / factor).flatMap { row in
      let rows = box(row, of: factor, within: height, stripe: 5)
      return boxes.map { columns in
        // White is where one of the two stripes is odd, but not both.
        let white = columns.odd * (rows.all - rows.odd) + (columns.all - columns.odd) * rows.odd
        let all = columns.all * rows.all
        return UInt8((255 * white + all / 2) / all)
      }
    }
    #expect(image.width == boxes.count)
    #expect(image.pixels == expected)
  }

  /// How many pixels a box has along an axis, and how many of them lie in odd stripes.
  private func box(
    _ index: Int, of factor: Int, within length: Int, stripe: Int
  ) -> (all: Int, odd: Int) {
    let pixels = index * factor..<min((index + 1) * factor, length)
    return (pixels.count, pixels.count { $0 / stripe % 2 == 1 })
  }

  // MARK: Errors

  @Test(arguments: Fixtures.damaged)
  func damageGivesAnErrorWithFileAndReason(_ fixture: Fixtures.Damaged) throws {
    let path = Fixtures.path(fixture.name)
    let error = #expect(throws: LaminaError.self) { try decoder.decode(path: path) }
    #expect(error?.kind == .image)
    #expect(error?.message.hasPrefix("\(path): ") == true)
    #expect(error?.message.contains(fixture.words) == true, "\(error?.message ?? "")")

    let bytes = try Fixtures.bytes(fixture.name)
    let same = #expect(throws: LaminaError.self) {
      try decoder.decode(bytes.span, name: "<memory>")
    }
    #expect(same?.message.hasPrefix("<memory>: ") == true)
    #expect(same?.message.contains(fixture.words) == true)
  }

  @Test func everyTruncationIsAnError() throws {
    for name in ["rgb-8-5x7.png", "palette-4-trns.png", "grey-16-adam7-33x9.png"] {
      let bytes = try Fixtures.bytes(name)
      for count in bytes.indices {
        let part = Array(bytes.prefix(count))
        let error = #expect(throws: LaminaError.self) {
          try decoder.decode(part.span, name: "part")
        }
        let isNamed =
          error?.message == "part: truncated: it ends after \(count) bytes"
          || error?.message == "part: not a PNG file (it is empty)"
        #expect(isNamed, "\(error?.message ?? "")")
      }
    }
  }

  @Test func missingFileAndFolderAreInputErrors() {
    let missing = #expect(throws: LaminaError.self) { try decoder.decode(path: "/no/seven.png") }
    #expect(missing?.kind == .inputOutput)
    #expect(
      missing?.message == "/no/seven.png: cannot be opened: No such file or directory")
    let unnamed = #expect(throws: LaminaError.self) { try decoder.decode(path: "") }
    #expect(unnamed?.kind == .inputOutput)
    #expect(unnamed?.message == "the PNG file's path is empty")
    let folder = #expect(throws: LaminaError.self) { try decoder.decode(path: "/") }
    #expect(folder?.kind == .inputOutput)
    #expect(folder?.message == "/: cannot be read: Is a directory")
  }

  @Test func emptyMemoryIsNoPNGFile() {
    let nothing: [UInt8] = []
    let error = #expect(throws: LaminaError.self) {
      try decoder.decode(nothing.span, name: "<memory>")
    }
    #expect(error == LaminaError(.image, "<memory>: not a PNG file (it is empty)"))
  }
}
