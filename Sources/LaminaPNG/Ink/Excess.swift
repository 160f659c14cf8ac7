/// By how much a picture's pixels are lighter than its paper, less what the paper's own noise is.
struct Excess {
  let picture: GreyImage
  let histogram: GreyHistogram

  /// What brings ink in a shadow up, at most.
  private static let mostLight: Float = 2.5

  init(of image: GreyImage, over paper: GreyImage) {
    let excess = image.combined(with: paper) { $0 > $1 ? $0 - $1 : 0 }
    let histogram = GreyHistogram(excess.pixels)
    let noise = histogram.below(histogram.greatest(rank: 1) / 2).median
    picture = noise > 0 ? excess.map { $0 > noise ? $0 - noise : 0 } : excess
    self.histogram = noise > 0 ? histogram.lowered(by: noise) : histogram
  }

  private init(_ picture: GreyImage) {
    self.picture = picture
    histogram = GreyHistogram(picture.pixels)
  }

  /// The excess of dark ink as it would be if all paper had the light of the brightest: ink takes
  /// away a share of the light, so it differs less from paper that lies in a shadow.
  func evened(on paper: GreyImage) -> Excess {
    let (darkest, lightest) = paper.range
    guard Float(lightest) > 1.15 * Float(darkest) else { return self }
    let greys = GreyHistogram(paper.pixels)
    let brightest = Float(greys.quantile(0.9))
    guard brightest > 1.15 * Float(greys.quantile(0.05)) else { return self }
    let gains = (0..<256).map { max(1, min(brightest / Float(max($0, 1)), Self.mostLight)) }
    return Excess(
      picture.combined(with: paper) { amount, grey in
        UInt8(clamping: Int(Float(amount) * gains[Int(grey)] + 0.5))
      })
  }
}
