/// The search for surfaces on which a picture's digit, or a page, may stand.
struct SurfaceSearch {
  /// What may be written on them; a cell is a digit's on a page.
  enum Subject { case digit, cell, page }

  let image: GreyImage
  /// Of each threshold, and whether they are lighter than what lies around them and on them.
  private let surfaces: [(surface: Surface, isLight: Bool)]
  private let factor: Int

  /// The longer side, in pixels, of the picture in which they are looked for.
  private static func side(for subject: Subject) -> Int { subject == .page ? 512 : 128 }

  init(in image: GreyImage, for subject: Subject = .digit) {
    self.image = image
    let side = Self.side(for: subject)
    factor = (max(image.width, image.height) + side - 1) / side
    let small = image.reduced(by: factor)
    let inverted = small.inverted
    var surfaces: [(surface: Surface, isLight: Bool)] = []
    for threshold in Self.thresholds(for: small) {
      for isLight in [true, false] {
        let parts = InkComponents(
          of: isLight ? small : inverted, threshold: isLight ? threshold : 255 - threshold + 1)
        for part in parts.components {
          if let surface = Surface(part, in: parts, of: small, for: subject) {
            surfaces.append((surface, isLight))
          }
        }
      }
    }
    self.surfaces = surfaces
  }

  /// The greys that part the picture best, and then its darker and its lighter pixels.
  private static func thresholds(for image: GreyImage) -> [UInt8] {
    let greys = GreyHistogram(image.pixels)
    let middle = greys.bestThreshold
    return [middle, greys.below(middle).bestThreshold, greys.from(middle).bestThreshold]
      .filter { $0 > 0 }
  }

  /// The largest part of the picture on which there are strokes, and whether these are light.
  var writtenOn: (surface: Surface, isInkLight: Bool)? {
    var best: (surface: Surface, isLight: Bool)?
    for found in surfaces where found.surface.content == .strokes && !found.surface.isWhole {
      // Of several that are nearly as large, the first was cut out at the best threshold.
      if 5 * found.surface.area > 6 * (best?.surface.area ?? 0) { best = found }
    }
    guard let best, let surface = best.surface.enlarged(by: factor, in: image) else { return nil }
    return (surface, !best.isLight)
  }

  /// Whether a part that was taken for ink is an empty sheet, the edge of one, or the table beside it.
  func isEmptySheet(_ box: PixelBox) -> Bool {
    empty(like: box)?.isRectangle ?? isBesideEmpty(box)
  }

  /// The sheet that a page is on: with all of its edges in the picture, and of another grey than
  /// what lies around it, as no cell of a table is.
  var pageSheet: (surface: Surface, isInkLight: Bool)? {
    for (surface, isLight) in surfaces
    where surface.content == .strokes && surface.isRectangle && surface.isInside {
      guard 5 * surface.area * factor * factor > image.width * image.height,
        let sheet = surface.enlarged(by: factor, in: image),
        abs(surface.meanGrey - medianGrey(around: enlarged(surface.box))) >= 32
      else { continue }
      return (sheet, !isLight)
    }
    return nil
  }

  private func medianGrey(around box: PixelBox) -> Int {
    var greys = GreyHistogram()
    for row in 0..<image.height {
      for column in 0..<image.width
      where !(box.rows.contains(row) && box.columns.contains(column)) {
        greys.add(image.pixels[row * image.width + column])
      }
    }
    return Int(greys.median)
  }

  /// Whether the picture itself is a light surface with strokes on it, or a dark one; nil where it
  /// is neither, or may be both.
  var isPaperLight: Bool? {
    let papers = surfaces.filter { $0.surface.isWhole && $0.surface.content == .strokes }
    guard let first = papers.first, papers.allSatisfy({ $0.isLight == first.isLight }) else {
      return nil
    }
    return first.isLight
  }

  /// The empty one that a part is which was taken for ink.
  func empty(like box: PixelBox) -> Surface? {
    let found = surfaces.first { surface, _ in
      let sheet = enlarged(surface.box)
      let (both, common) = (sheet.union(box), sheet.clamped(to: box))
      return surface.content == .nothing && (surface.isBroad || !surface.isRectangle)
        && 10 * common.rows.count >= 9 * both.rows.count
        && 10 * common.columns.count >= 9 * both.columns.count
    }
    return found?.surface.enlarged(by: factor, in: image)
  }

  /// Whether a part is the edge of an empty light sheet, or the table beside it.
  private func isBesideEmpty(_ box: PixelBox) -> Bool {
    surfaces.contains { surface, isLight in
      guard isLight, surface.content == .nothing, surface.isRectangle, surface.isBroad,
        2 * surface.area * factor * factor > image.width * image.height
      else { return false }
      let sheet = enlarged(surface.box)
      guard sheet.gap(to: box) <= 2 * factor else { return false }
      return (surface.isInside && box.clamped(to: sheet) != box)
        || isBeside(box.columns, sheet.columns, of: image.width)
        || isBeside(box.rows, sheet.rows, of: image.height)
    }
  }

  /// Whether a part lies at one of a sheet's sides, or between it and the picture's border, along
  /// one axis.
  private func isBeside(_ part: Range<Int>, _ sheet: Range<Int>, of length: Int) -> Bool {
    let reach = 4 * factor
    let isThin = 8 * part.count < length
    let isBefore = sheet.lowerBound > 0 && part.upperBound <= sheet.lowerBound + reach
    let isAfter = sheet.upperBound < length && part.lowerBound >= sheet.upperBound - reach
    return (isBefore && (isThin || part.lowerBound == 0))
      || (isAfter && (isThin || part.upperBound == length))
  }

  private func enlarged(_ box: PixelBox) -> PixelBox {
    box.enlarged(by: factor, width: image.width, height: image.height)
  }
}
