/// A picture with its paper taken off: what sticks out of it is light.
struct Paper {
  /// Whether the ink is lighter than the paper.
  let isInkLight: Bool
  /// By how much each pixel differs from the paper towards the ink.
  let excess: GreyImage
  /// The standard deviation of the picture's noise, in greys.
  let noise: Float

  /// The longer side, in pixels, of the picture in which the strokes' width is looked up.
  private static let scaleSide = 256
  /// What ink in a shadow is brought up by, at most.
  private static let mostLight: Float = 2.5

  /// Looks at the paper of a picture.
  ///
  /// Where the paper is flat, it is the plane through the border. Elsewhere its grey is looked up
  /// for each pixel: the picture without what is narrower than a stroke, so that ramps of light,
  /// grain and the edges of shadows go away with it.
  ///
  /// - Parameter isInkLight: nil where that is to be found out.
  init(of image: GreyImage, isInkLight known: Bool? = nil) {
    noise = Self.noise(of: image)
    let plane = PaperPlane(borderOf: image)
    let distances = plane.distances(in: image)
    if plane.isFlatPaper(of: image, distances) {
      isInkLight = known ?? (distances.above >= distances.below)
      let paper = plane.picture(width: image.width, height: image.height)
      excess =
        isInkLight
        ? image.excess(over: paper)
        : Self.evened(paper.excess(over: image), on: paper)
      return
    }
    let longer = max(image.width, image.height)
    let factor = (longer + Self.scaleSide - 1) / Self.scaleSide
    let small = image.reduced(by: factor)
    let smallNoise = noise / Float(factor)
    func scale(_ image: GreyImage) -> StrokeScale {
      StrokeScale(of: image, smoothed: Self.smoothed(image, smallNoise), noise: smallNoise)
    }
    var chosen: StrokeScale
    if let known {
      isInkLight = known
      chosen = scale(known ? small : small.inverted)
    } else {
      let (light, dark) = (scale(small), scale(small.inverted))
      isInkLight = StrokeScale.isInkLight(light, dark, distances)
      chosen = isInkLight ? light : dark
    }
    let seen = isInkLight ? image : image.inverted
    // Somewhat wider, for where strokes meet.
    let radius = min((3 * chosen.radius + 1) / 2 * factor, max(longer / 5, 1))
    let paper = Self.smoothed(seen, noise).opening(radius: radius)
    let found = seen.excess(over: paper)
    excess = isInkLight ? found : Self.evened(found, on: paper.inverted)
  }

  /// The excess of dark ink as it would be if all paper had the light of the brightest: ink takes
  /// away a share of the light, so it differs less from paper that lies in a shadow.
  private static func evened(_ excess: GreyImage, on paper: GreyImage) -> GreyImage {
    let (darkest, lightest) = paper.range
    guard Float(lightest) > 1.15 * Float(darkest) else { return excess }
    let greys = GreyHistogram(paper.pixels)
    let brightest = Float(greys.quantile(0.9))
    guard brightest > 1.15 * Float(greys.quantile(0.05)) else { return excess }
    let gains = (0..<256).map { grey in max(1, min(brightest / Float(max(grey, 1)), mostLight)) }
    return GreyImage(
      rows: excess.height, of: excess.width,
      pixels: zip(excess.pixels, paper.pixels).map { amount, grey in
        UInt8(clamping: Int(Float(amount) * gains[Int(grey)] + 0.5))
      })
  }

  private static func smoothed(_ image: GreyImage, _ noise: Float) -> GreyImage {
    image.blurred(radius: noise > 1 && max(image.width, image.height) >= 40 ? 1 : 0)
  }

  /// From each pixel's distance to the mean of its neighbours in the row, whose median strokes
  /// hardly move.
  private static func noise(of image: GreyImage) -> Float {
    let width = image.width
    guard width >= 3 else { return 0 }
    let pixels = image.pixels
    // Three pixels from each place on; the last two places of a row reach into the next.
    var distances = pixels
    for place in 0..<pixels.count - 2 {
      let neighbours = Int16(pixels[place]) + Int16(pixels[place + 2])
      let distance = abs(2 * Int16(pixels[place + 1]) - neighbours)
      distances[place] = UInt8(truncatingIfNeeded: min(distance, 255))
    }
    var histogram = GreyHistogram(distances)
    for row in 1...image.height {
      histogram.remove(distances[row * width - 2])
      histogram.remove(distances[row * width - 1])
    }
    // Of a normal noise of deviation 1 the doubled distance has the deviation sqrt(6), and its
    // absolute value the median 0.6745 of that.
    return Float(histogram.median) / 1.652
  }
}
