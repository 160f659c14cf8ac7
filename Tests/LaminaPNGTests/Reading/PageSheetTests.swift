import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PageSheetTests {
  private func written() throws -> Page {
    var page = try Page(420, 260)
    try page.writeLine([3, 1, nil, 4, 1], top: 40, height: 44)
    try page.writeLine([2, 7, 8], top: 140, height: 44)
    return page
  }

  /// The page on a table, turned a little, its left top corner at (150, 110).
  private func onTable(_ page: GreyImage, table: Int = 70, slope: Double = 0.03) throws -> GreyImage
  {
    try picture(page.width + 320, page.height + 250) { x, y in
      let column = Int((Double(x - 150) + slope * Double(y - 110)).rounded())
      let row = Int((Double(y - 110) - slope * Double(x - 150)).rounded())
      guard (0..<page.width).contains(column), (0..<page.height).contains(row) else {
        return table + (x * 5 + y * 3) % 7
      }
      return Int(page.pixels[row * page.width + column])
    }
  }

  private func reading(of image: GreyImage) throws -> PageReading {
    try PNGReader(session: Session(Model.digits())).read(Picture(image))
  }

  @Test func pageOnATableIsReadAsThePageAlone() throws {
    let page = try written()
    let labels = (0...9).map { "\($0)" }
    let reading = try reading(of: onTable(page.image))
    #expect(reading.text(labels: labels) == "31 41\n278")
    for (digit, box) in zip(reading.digits, page.boxes) {
      // The sheet is turned by up to 0.03 * 420 pixels.
      #expect(abs(digit.box.columns.lowerBound - box.columns.lowerBound - 150) <= 14)
      #expect(abs(digit.box.rows.lowerBound - box.rows.lowerBound - 110) <= 16)
    }
    let inverted = try self.reading(of: onTable(page.image).inverted)
    #expect(inverted.text(labels: labels) == "31 41\n278")
  }

  @Test func pageWithoutATableIsTheWholePicture() throws {
    let image = try written().image
    let page = PageSheet(in: image)
    #expect(page.image == image)
    #expect(page.place == PixelBox(columns: 0..<420, rows: 0..<260))
    #expect(page.isInkLight == nil)
  }

  @Test func cellOfATableIsNoSheet() throws {
    var page = try written()
    try page.draw { x, y in
      [10, 11, 300, 301, 410, 411].contains(x) || [10, 11, 120, 121, 240, 241].contains(y) ? 255 : 0
    }
    #expect(PageSheet(in: page.image).image == page.image)
  }

  @Test func emptySheetHasNoDigits() throws {
    let empty = try Page(420, 260).image
    let error = #expect(throws: LaminaError.self) { try reading(of: onTable(empty)) }
    #expect(error?.kind == .noDigit)
  }

  @Test func digitsInCellsOfTheOtherSideAreRead() throws {
    var page = try Page(420, 120)
    let cells = (0..<5).map { number in
      PixelBox(columns: 30 + 74 * number..<86 + 74 * number, rows: 24..<96)
    }
    for (digit, cell) in zip([4, 0, 8, 1, 6], cells) {
      try page.write(digit, left: cell.columns.lowerBound + 14, top: 38, height: 44)
    }
    let written = page.image
    let odometer = try picture(420, 120) { x, y in
      let isCell = cells.contains { $0.columns.contains(x) && $0.rows.contains(y) }
      return isCell ? 270 - Int(written.pixels[y * 420 + x]) : 240
    }
    for image in [odometer, odometer.inverted] {
      let reading = try reading(of: image)
      #expect(reading.text(labels: (0...9).map { "\($0)" }) == "40816")
      for (digit, cell) in zip(reading.digits, cells) {
        #expect(digit.box.clamped(to: cell) == digit.box)
      }
    }
  }

  @Test func faintGrainIsNoPage() throws {
    let page = PageSheet(in: try written().image)
    var part = InkComponents.Component(
      label: 1, box: PixelBox(columns: 0..<30, rows: 0..<40))
    part.area = 90
    part.coreArea = 59
    let grain = PageLayout.Character(parts: [part], box: part.box)
    let error = #expect(throws: LaminaError.self) { try page.check([grain], isFaint: true) }
    #expect(error?.kind == .noDigit)
    try page.check([grain], isFaint: false)
    part.coreArea = 60
    try page.check([PageLayout.Character(parts: [part], box: part.box)], isFaint: true)
  }
}
