import Lamina

/// How much ink each pixel of a picture has: 0 where the paper shows, 255 where all is ink.
struct Ink {
  /// The least distance between ink and paper, in greys; below it a picture is blank.
  static let leastContrast = 16
  /// Below it ink is looked at twice, lest it be the paper's grain.
  private static let surelyInk = 80
  /// The least amount of a printed line beside darker ink.
  private static let paleLine: UInt8 = 38

  /// The amounts of ink.
  let amounts: GreyImage
  /// The amount from which a pixel surely belongs to a stroke.
  private(set) var threshold: UInt8
  /// The least amount that is no paper: below it noise may lie.
  let floor: UInt8
  /// Whether it is lighter than its paper.
  let isLight: Bool
  /// Whether the paper is the plane through the picture's border.
  let isPaperFlat: Bool
  /// Whether so little sticks out that it may be the paper's grain.
  let isFaint: Bool

  /// Takes the paper off a picture and measures what sticks out by the strongest of it.
  ///
  /// - Parameter isLight: whether the ink is lighter than the paper, nil where that is to be found
  ///   out.
  /// - Throws: `.noDigit` where nothing sticks out of the paper's noise.
  init(of image: GreyImage, isLight known: Bool? = nil) throws(LaminaError) {
    let paper = Paper(of: image, isInkLight: known)
    isLight = paper.isInkLight
    isPaperFlat = paper.isFlat
    let longer = max(image.width, image.height)
    var histogram = paper.excess.histogram
    let smoothing = Self.smoothing(
      noise: paper.noise, contrast: histogram.greatest(rank: Self.rank(in: image)), longer: longer)
    let excess = paper.excess.picture.blurred(radius: smoothing)
    if smoothing > 0 { histogram = GreyHistogram(excess.pixels) }
    let noise = paper.noise / Float(2 * smoothing + 1)

    let contrast = Int(histogram.greatest(rank: paper.noise < 1 ? 1 : Self.rank(in: image)))
    guard contrast >= Self.leastContrast, Float(contrast) >= 4 * noise else {
      let grey = GreyHistogram(image.pixels).median
      throw LaminaError(
        .noDigit, "no digit found: the picture is blank (all pixels about \(grey))")
    }
    guard 10 * Int(histogram.median) < 3 * contrast || contrast >= Self.surelyInk else {
      throw LaminaError(.noDigit, "no digit found: the picture is noise, and no stroke stands out")
    }
    isFaint = contrast < Self.surelyInk
    amounts = Self.amounts(of: excess, contrast: contrast)
    let noiseAmount = 3 * noise * 255 / Float(contrast)
    threshold = UInt8(clamping: Int(max(0.35 * 255, noiseAmount)))
    floor = UInt8(clamping: Int(max(255 / 32, noiseAmount)))
  }

  /// The same with a lower threshold, for lines that are paler than strokes.
  var withPaleLines: Ink {
    var ink = self
    ink.threshold = max(floor, min(threshold, Self.paleLine))
    return ink
  }

  /// The rank, from the lightest, of the pixel whose excess counts as the strongest: single pixels
  /// may be noise.
  static func rank(in image: GreyImage) -> Int { max(image.width, image.height) < 40 ? 8 : 24 }

  /// The radius of the blur that a noisy picture needs before it is cut at a threshold.
  private static func smoothing(noise: Float, contrast: UInt8, longer: Int) -> Int {
    var radius = 0
    while 3.5 * noise / Float(2 * radius + 1) > 0.35 * Float(contrast), radius < longer / 48 {
      radius += 1
    }
    return radius
  }

  /// The excess in parts of the strongest.
  private static func amounts(of excess: GreyImage, contrast: Int) -> GreyImage {
    let amounts = (0..<256).map { UInt8(clamping: ($0 * 255 + contrast / 2) / contrast) }
    return excess.map { amounts[Int($0)] }
  }
}
