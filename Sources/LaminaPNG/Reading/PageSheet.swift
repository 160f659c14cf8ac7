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
      image = picture.paintedOver(besides: sheet).cropped(to: sheet.box)
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
}
