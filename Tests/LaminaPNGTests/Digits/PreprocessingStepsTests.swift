import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PreprocessingStepsTests {
  private let preprocessor = DigitPreprocessor()

  @Test(arguments: SampleDigits.names + ["0-plain", "7-plain"])
  func stepsEndInTheDigit(name: String) throws {
    let picture = try SampleDigits.picture(of: name)
    let steps = preprocessor.steps(of: picture)
    #expect(steps.original == picture)
    #expect(steps.error == nil)
    #expect(steps.digit == (try preprocessor.digit(from: picture)))
    let ink = try #require(steps.ink)
    #expect((ink.width, ink.height) == (picture.width, picture.height))
    let box = try #require(steps.box)
    #expect(box.columns.lowerBound >= 0 && box.columns.upperBound <= picture.width)
    #expect(box.rows.lowerBound >= 0 && box.rows.upperBound <= picture.height)
    // The digit's ink is light, and the box holds it.
    let inBox = ink.cropped(to: box).pixels
    #expect(inBox.max() == 255)
    #expect(inBox.count { $0 > 128 } * 10 >= ink.pixels.count { $0 > 128 } * 9)
  }

  @Test func boxIsTheDigits() throws {
    let image = try picture(500, 300) { x, y in
      (310..<330).contains(x) && (100..<220).contains(y) ? 30 : 230
    }
    let box = try #require(preprocessor.steps(of: Picture(image)).box)
    #expect(abs(box.columns.lowerBound - 310) <= 2 && abs(box.columns.upperBound - 330) <= 2)
    #expect(abs(box.rows.lowerBound - 100) <= 2 && abs(box.rows.upperBound - 220) <= 2)
  }

  @Test func pictureOfMNISTsFormIsItsOwnInk() throws {
    let digit = try SampleDigits.plain()[4]
    let steps = preprocessor.steps(of: Picture(digit))
    #expect(steps.ink == digit && steps.digit == digit)
    #expect(steps.box == digit.inkBox)
  }

  @Test func blankPictureHasOnlyItsError() throws {
    let blank = Picture(try picture(40, 30) { _, _ in 99 })
    let steps = preprocessor.steps(of: blank)
    #expect(steps.original == blank)
    #expect(steps.ink == nil && steps.box == nil && steps.digit == nil)
    #expect(
      steps.error
        == LaminaError(.noDigit, "no digit found: the picture is blank (all pixels about 99)"))
  }

  @Test func picturesWithoutADigitHaveItsError() throws {
    var generator = SeededGenerator(seed: 101)
    for seed in 0..<100 {
      let width = Int.random(in: 1...60, using: &generator)
      let image = Picture(try noise(width, 61 - width, seed: UInt64(seed)))
      let steps = preprocessor.steps(of: image)
      do throws(LaminaError) {
        let digit = try preprocessor.digit(from: image)
        #expect(steps.digit == digit && steps.box != nil && steps.error == nil)
      } catch {
        #expect(steps.error == error && steps.digit == nil && steps.box == nil)
      }
    }
  }
}
