import CSystem

/// How wide a picture's strokes are, if its ink is light: the narrowest window that takes them.
///
/// Strokes are the narrowest parts of a picture that have the same width everywhere. Windows of
/// growing width take more and more of it away; once they are wider than the strokes, the next
/// takes hardly more. Of the two ways to see a picture, light on dark and dark on light, the one
/// with the narrower strokes is the right one, mostly.
struct StrokeScale {
  /// Of the window, in pixels.
  private(set) var radius: Int
  /// Which of the windows tried it is, from the narrowest.
  private(set) var step = 0
  /// The sum of what the window takes.
  private(set) var mass: Float = 0
  /// That sum over the sum of what the next window takes: near 1 for strokes.
  private(set) var share: Float = 0.5
  /// The share of the border that the window takes; a digit's border is paper.
  private(set) var borderShare: Float = 0

  /// Measures a picture whose ink, if any, is light.
  ///
  /// - Parameter smoothed: the picture, with less noise.
  init(of image: GreyImage, smoothed: GreyImage, noise: Float) {
    let radii = Self.radii(for: max(image.width, image.height))
    let excesses = radii.map { Excess(of: image, over: smoothed.opening(radius: $0)) }
    radius = radii.last ?? 1
    guard let widest = excesses.last else { return }
    let contrast = Float(widest.histogram.greatest(rank: Ink.rank(in: image)))
    let threshold = max(0.3 * contrast, 3 * noise)
    let masses = excesses.map { Self.mass(of: $0.picture, from: threshold) }
    let most = masses.last ?? 0

    step = masses.count - 1
    var bestShare: Float = 0
    for (index, mass) in masses.dropLast().enumerated() where 4 * mass >= most {
      let share = min(mass / max(masses[index + 1], 1), 1)
      if share > bestShare {
        bestShare = share
        step = index
      }
      if share >= 0.9 { break }
    }
    radius = radii[step]
    mass = masses[step]
    share = step < masses.count - 1 ? bestShare : 0.5
    borderShare = Self.borderShare(of: excesses[step].picture, from: threshold)
  }

  /// Whether the ink is light, given how the two ways to see a picture measure.
  ///
  /// The weights were fitted by logistic regression to the hard cases made of the validation
  /// digits.
  static func isInkLight(
    _ light: StrokeScale, _ dark: StrokeScale, _ distances: PaperPlane.Distances
  ) -> Bool {
    func limited(_ value: Float, _ limit: Float) -> Float { max(-limit, min(value, limit)) }
    let narrower = limited(Float(dark.step - light.step), 2)
    let border = limited(dark.borderShare - light.borderShare, 0.6)
    let plane = limited(logf((distances.above + 1) / (distances.below + 1)), 3)
    let mass = limited(logf((light.mass * light.share + 1) / (dark.mass * dark.share + 1)), 3)
    let share = limited(logf(max(light.share, 0.1) / max(dark.share, 0.1)), 1.2)
    return 1.7 * narrower + border + plane + 1.1 * mass + 1.4 * share >= 0
  }

  /// A fifth of the longer side, and halves of it.
  private static func radii(for longer: Int) -> [Int] {
    var radii = [max(longer / 5, 1)]
    while let last = radii.last, last > 2 { radii.append(last / 2) }
    return radii.reversed()
  }

  private static func mass(of excess: GreyImage, from threshold: Float) -> Float {
    var sum = 0
    let least = UInt8(clamping: Int(threshold) + 1)
    for pixel in excess.pixels where pixel >= least { sum += Int(pixel) }
    return Float(sum)
  }

  private static func borderShare(of excess: GreyImage, from threshold: Float) -> Float {
    let (width, height) = (excess.width, excess.height)
    let least = UInt8(clamping: Int(threshold) + 1)
    var inked = 0
    for column in 0..<width {
      if excess.pixels[column] >= least { inked += 1 }
      if excess.pixels[(height - 1) * width + column] >= least { inked += 1 }
    }
    for row in 0..<height {
      if excess.pixels[row * width] >= least { inked += 1 }
      if excess.pixels[row * width + width - 1] >= least { inked += 1 }
    }
    return Float(inked) / Float(2 * (width + height))
  }
}
