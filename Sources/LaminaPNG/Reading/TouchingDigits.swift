import CSystem
import Lamina

/// Takes digits apart that touch, by trying cuts and asking the network which pieces are digits.
struct TouchingDigits {
  /// What a piece of ink is, as far as the network knows.
  let classify: (DigitInk) throws(LaminaError) -> Prediction?

  /// Wider than this share of its height, ink may be several digits.
  private static let widestDigit: Float = 0.95
  /// How many places to cut at are tried.
  private static let mostCuts = 10

  /// The digits in a piece of ink, from the left; none where the network gives nothing.
  func digits(in ink: DigitInk) throws(LaminaError) -> [(ink: DigitInk, prediction: Prediction)] {
    let whole = try classify(ink).map { [(ink: ink, prediction: $0)] } ?? []
    guard Self.aspect(of: ink) > Self.widestDigit, let cut = try bestCut(of: ink) else {
      return whole
    }
    return whole.isEmpty || Self.isSeveral(ink, whole[0].prediction, cut) ? cut.pieces : whole
  }

  /// Whether ink is several digits, given what it is as one and as several.
  ///
  /// The weights were fitted by logistic regression to the pages made of the validation digits. The
  /// network is sure of things that no one writes, so that how wide the ink is counts for more.
  private static func isSeveral(_ ink: DigitInk, _ whole: Prediction, _ cut: Cut) -> Bool {
    let doubt = logf(max(1 - whole.probability, 1e-4))
    let weakest = cut.pieces.reduce(Float(1)) { min($0, $1.prediction.probability) }
    return 3.9 + 9.7 * logf(aspect(of: ink)) + doubt + 8.8 * logf(max(weakest, 1e-4)) > 0
  }

  private static func aspect(of ink: DigitInk) -> Float {
    Float(ink.amounts.width) / Float(ink.amounts.height)
  }

  private struct Cut {
    var pieces: [(ink: DigitInk, prediction: Prediction)] = []
    /// The sum of the pieces' scores.
    var score: Float = 0
  }

  /// The best way to cut, by dynamic programming over the places to cut at.
  private func bestCut(of ink: DigitInk) throws(LaminaError) -> Cut? {
    let places = [0] + cuts(of: ink) + [ink.amounts.width]
    let height = Float(ink.amounts.height)
    var best = [Cut?](repeating: nil, count: places.count)
    best[0] = Cut()
    for end in places.indices.dropFirst() {
      for start in 0..<end {
        guard let before = best[start] else { continue }
        let width = Float(places[end] - places[start])
        guard width >= 0.15 * height, width <= 1.4 * height, start > 0 || end < places.count - 1,
          let piece = ink.cropped(to: places[start]..<places[end]),
          Float(piece.amounts.height) >= 0.5 * height,
          let prediction = try classify(piece)
        else { continue }
        var cut = before
        cut.pieces.append((piece, prediction))
        cut.score += Self.score(of: piece, prediction)
        if cut.score > best[end]?.score ?? -.infinity { best[end] = cut }
      }
    }
    return best[places.count - 1]
  }

  /// The log-probability of a piece, less where it is wider than high and so rather two digits, and
  /// less for each piece, which may be one too many.
  private static func score(of piece: DigitInk, _ prediction: Prediction) -> Float {
    logf(max(prediction.probability, 1e-6)) - logf(1 + powf(aspect(of: piece) / 1.25, 6)) - 0.5
  }

  /// The columns with the least ink, each the least within an eighth of the height.
  private func cuts(of ink: DigitInk) -> [Int] {
    let (width, height) = (ink.amounts.width, ink.amounts.height)
    var sums = [Int](repeating: 0, count: width)
    for row in 0..<height {
      for column in 0..<width { sums[column] += Int(ink.amounts.pixels[row * width + column]) }
    }
    let reach = max(height / 8, 1)
    let least = (reach..<max(width - reach, reach)).filter { column in
      sums[max(column - reach, 0)...min(column + reach, width - 1)].allSatisfy {
        $0 >= sums[column]
      }
    }
    // Of columns alike, such as those of a bridge between two digits, the middle one.
    var middles: [Int] = []
    var first = least.startIndex
    for index in least.indices {
      let isLast = index + 1 == least.endIndex || least[index + 1] != least[index] + 1
      guard isLast else { continue }
      middles.append((least[first] + least[index]) / 2)
      first = index + 1
    }
    let thinnest = middles.sorted { (sums[$0], $0) < (sums[$1], $1) }.prefix(Self.mostCuts)
    return thinnest.sorted()
  }
}
