import CSystem
import Lamina

/// Takes digits apart that touch, by trying cuts and asking the network which pieces are digits.
struct TouchingDigits {
  /// What a piece of ink is, as far as the network knows.
  let classify: (DigitInk) throws(LaminaError) -> Prediction?

  /// Wider than this share of its height, ink may be several digits.
  private static let widestDigit: Float = 1.05
  /// Wider than this, it surely is.
  private static let widestOfAll: Float = 1.3
  /// How many places to cut at are tried.
  private static let mostCuts = 10

  /// The digits in a piece of ink, from the left; none where the network gives nothing.
  func digits(in ink: DigitInk) throws(LaminaError) -> [(ink: DigitInk, prediction: Prediction)] {
    let aspect = Float(ink.amounts.width) / Float(ink.amounts.height)
    let whole = try classify(ink).map { [(ink: ink, prediction: $0)] } ?? []
    guard aspect > Self.widestDigit else { return whole }
    let cut = try bestCut(of: ink)
    guard let cut, !whole.isEmpty, aspect <= Self.widestOfAll else { return cut?.pieces ?? whole }
    // Each more piece needs to be worth it.
    let score = logf(max(whole[0].prediction.probability, 1e-6))
    return cut.score - 0.2 > score ? cut.pieces : whole
  }

  private struct Cut {
    var pieces: [(ink: DigitInk, prediction: Prediction)] = []
    /// The sum of the pieces' log-probabilities.
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
        guard width >= 0.15 * height, width <= 1.2 * height, start > 0 || end < places.count - 1,
          let piece = ink.cropped(to: places[start]..<places[end]),
          Float(piece.amounts.height) >= 0.5 * height,
          let prediction = try classify(piece)
        else { continue }
        var cut = before
        cut.pieces.append((piece, prediction))
        cut.score += logf(max(prediction.probability, 1e-6)) - 0.05
        if cut.score > best[end]?.score ?? -.infinity { best[end] = cut }
      }
    }
    return best[places.count - 1]
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
