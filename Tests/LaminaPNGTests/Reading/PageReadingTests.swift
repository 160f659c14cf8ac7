import Testing

@testable import LaminaPNG

@Suite struct PageReadingTests {
  private func digit(_ index: Int, line: Int = 0, beginsWord: Bool = false) -> PageReading.Digit {
    PageReading.Digit(
      prediction: Prediction(classIndex: index, probability: 0.5),
      box: PixelBox(columns: 0..<1, rows: 0..<1), line: line, beginsWord: beginsWord)
  }

  @Test func wordsHaveASpaceBetweenThemAndLinesABreak() {
    let reading = PageReading(digits: [
      digit(1, beginsWord: true), digit(2), digit(3, beginsWord: true),
      digit(4, line: 1, beginsWord: true), digit(5, line: 1), digit(6, line: 3, beginsWord: true),
    ])
    #expect(reading.text(labels: (0...9).map { "\($0)" }) == "12 3\n45\n6")
  }

  @Test func classesWithoutALabelHaveTheirNumber() {
    let reading = PageReading(digits: [digit(0), digit(1), digit(12)])
    #expect(reading.text(labels: ["a"]) == "a112")
    #expect(reading.text(labels: []) == "0112")
  }

  @Test func nothingHasNoText() {
    #expect(PageReading(digits: []).text(labels: ["0"]) == "")
  }
}
