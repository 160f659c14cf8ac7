/// A picture with its paper taken off: what sticks out of it is light.
struct Paper {
  /// Whether the ink is lighter than the paper.
  let isInkLight: Bool
  /// Whether it is the plane through the picture's border.
  let isFlat: Bool
  /// By how much each pixel differs from the paper towards the ink.
  let excess: Excess
  /// The standard deviation of the picture's noise, in greys.
  let noise: Float

  /// The longer side, in pixels, of the picture in which the strokes' width is looked up.
  private static let scaleSide = 256

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
    let paper: GreyImage
    isFlat = plane.isFlatPaper(distances)
    if isFlat {
      isInkLight = known ?? (distances.above >= distances.below)
      paper = plane.picture(width: image.width, height: image.height)
    } else {
      let strokes = Self.strokes(in: image, noise: noise, isInkLight: known, distances)
      isInkLight = strokes.areLight
      let seen = Self.smoothed(isInkLight ? image : image.inverted, noise)
      let opened = seen.opening(radius: strokes.radius)
      paper = isInkLight ? opened : opened.inverted
    }
    excess =
      isInkLight
      ? Excess(of: image, over: paper)
      : Excess(of: paper, over: image).evened(on: paper)
  }

  /// Whether the strokes are light, and the radius of a window that is somewhat wider than they.
  private static func strokes(
    in image: GreyImage, noise: Float, isInkLight known: Bool?, _ distances: PaperPlane.Distances
  ) -> (areLight: Bool, radius: Int) {
    let longer = max(image.width, image.height)
    let factor = (longer + scaleSide - 1) / scaleSide
    let small = image.reduced(by: factor)
    let smallNoise = noise / Float(factor)
    func scale(_ image: GreyImage) -> StrokeScale {
      StrokeScale(of: image, smoothed: smoothed(image, smallNoise), noise: smallNoise)
    }
    let areLight: Bool
    let chosen: StrokeScale
    if let known {
      areLight = known
      chosen = scale(known ? small : small.inverted)
    } else {
      let (light, dark) = (scale(small), scale(small.inverted))
      areLight = StrokeScale.isInkLight(light, dark, distances)
      chosen = areLight ? light : dark
    }
    // Somewhat wider, for where strokes meet.
    return (areLight, min((3 * chosen.radius + 1) / 2 * factor, max(longer / 5, 1)))
  }

  private static func smoothed(_ image: GreyImage, _ noise: Float) -> GreyImage {
    image.blurred(radius: noise > 1 && max(image.width, image.height) >= 40 ? 1 : 0)
  }

  /// From each pixel's distance to the mean of its neighbours in the row, whose median strokes
  /// hardly move.
  private static func noise(of image: GreyImage) -> Float {
    let width = image.width
    guard width >= 3 else { return 0 }
    let pixels = image.pixels.span
    // Three pixels from each place on; the last two places of a row reach into the next.
    var distances = [UInt8](repeating: 0, count: pixels.count)
    var results = distances.mutableSpan
    for place in 0..<min(results.count, pixels.count) - 2 {
      let neighbours = Int16(pixels[place]) + Int16(pixels[place + 2])
      let distance = abs(2 * Int16(pixels[place + 1]) - neighbours)
      results[place] = UInt8(truncatingIfNeeded: min(distance, 255))
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
