import Lamina

/// The sheet of paper that a page is on: a part of the picture where a table shows around it, else
/// all of it.
struct PageSheet {
  /// The sheet alone.
  let image: GreyImage
  /// Where it is in the picture.
  let place: PixelBox
  /// Whether the ink is lighter than the paper; nil where that is to be found out.
  let isInkLight: Bool?
  private let surfaces: SurfaceSearch

  init(in picture: GreyImage) {
    surfaces = SurfaceSearch(in: picture, for: .page)
    if let (sheet, isInkLight) = surfaces.pageSheet {
      image = picture.cropped(to: sheet)
      place = sheet.box
      self.isInkLight = isInkLight
    } else {
      image = picture
      place = PixelBox(columns: 0..<picture.width, rows: 0..<picture.height)
      isInkLight = nil
    }
  }

  /// - Throws: `.noDigit` where what was taken for characters is the paper's grain or an empty sheet.
  func check(_ characters: [PageLayout.Character], isFaint: Bool) throws(LaminaError) {
    // Grain fades at all its edges, strokes only at theirs.
    let parts = characters.flatMap { $0.parts }
    let isSolid = parts.reduce(0) { $0 + 3 * $1.coreArea - 2 * $1.area } >= 0
    guard isSolid || !isFaint else { throw LaminaError.faintInk }
    guard isInkLight == nil, let first = characters.first else { return }
    let box = characters.reduce(first.box) { $0.union($1.box) }
    guard !surfaces.isEmptySheet(box) else { throw LaminaError.emptySheet }
  }

  /// The digit in a cell that was itself taken for a character, such as a light one in an odometer's
  /// dark cell; nil where the character is no such cell.
  func digit(
    inCell character: PageLayout.Character, of components: InkComponents, isCellLight: Bool
  ) -> DigitInk? {
    guard let cell = character.parts.max(by: { $0.area < $1.area }),
      let surface = Surface(cell, in: components, of: image, for: .cell),
      surface.content == .strokes, let inner = surface.enlarged(by: 1, in: image)
    else { return nil }
    let alone = image.cropped(to: inner)
    let whole = PixelBox(columns: 0..<alone.width, rows: 0..<alone.height)
    let look = try? DigitLook(at: alone, part: whole, factor: 1, isLight: !isCellLight)
    return look?.digit.moved(
      right: inner.box.columns.lowerBound, down: inner.box.rows.lowerBound)
  }
}
