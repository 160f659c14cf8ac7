import Lamina

/// What the network is trained on, and what its settings were chosen on.
///
/// The last 5,000 of MNIST's 60,000 training pictures are never trained on.
struct TrainingPictures {
  static let validationCount = 5_000
  /// How many of MNIST's pictures are also drawn anew.
  static let redrawnCount = 8_000
  /// How far the points of a grid move by which each of MNIST's pictures is also bent, in pixels.
  static let warpingStrength: Float = 1.5

  let training: Dataset
  let validation: Dataset
  /// The validation pictures, each drawn anew with another pen.
  let redrawnValidation: Dataset
  let test: Dataset

  /// - Parameters:
  ///   - directory: where MNIST's four files are; nil for where `make data` puts them.
  ///   - rendered: how the names of the printed digits' files begin; nil for none.
  ///   - limit: how many of MNIST's training pictures to take at most, for a quick look; the
  ///     other kinds become as many times fewer.
  init(
    directory: String?, rendered: String?, limit: Int?, seed: UInt64
  ) throws(LaminaError) {
    let (all, test) = try MNIST.load(from: directory)
    let trainingCount = all.count - Self.validationCount
    guard trainingCount > 0 else {
      throw LaminaError(
        .invalidArgument,
        "mnist: expected more than \(Self.validationCount) training pictures, got \(all.count)")
    }
    let handwritten = LabelledPictures(try all[0..<trainingCount])
    let share = Double(min(limit ?? .max, trainingCount)) / Double(trainingCount)
    func part(_ count: Int) -> Int { Int((Double(count) * share).rounded(.up)) }

    var pictures = handwritten.thinned(to: part(trainingCount))
    pictures.append(pictures.warped(seed: seed))
    let redrawn = handwritten.redrawn(part(Self.redrawnCount), seed: seed)
    pictures.append(redrawn)
    var name =
      "mnist train 0-\(trainingCount - 1), also warped, \(redrawn.count) of them redrawn"
    if let rendered {
      let digits = try RenderedDigits(rendered).pictures
      let printed = digits.thinned(to: part(digits.count))
      pictures.append(printed)
      name += ", \(printed.count) printed digits"
    }
    training = try pictures.dataset(name)

    let validation = try all[trainingCount..<all.count]
    self.validation = validation
    let seen = LabelledPictures(validation)
    // Another seed than any training's.
    redrawnValidation = try seen.redrawn(part(seen.count), seed: .max).dataset("mnist redrawn")
    self.test = test
  }

  /// How many batches an epoch has: half of those that all pictures make, since half of the
  /// handwritten ones are the others bent. The next epoch goes on with those that are left.
  func epochSteps(batchSize: Int) -> Int {
    let batches = (training.count + batchSize - 1) / batchSize
    return (batches + 1) / 2
  }
}

extension LabelledPictures {
  /// All of them, each bent in a way of its own.
  func warped(seed: UInt64) -> LabelledPictures {
    var result = LabelledPictures()
    for (index, label) in labels.enumerated() {
      var numbers = SeededNumbers(seed: ~seed, stream: UInt64(index))
      let warping = Warping(strength: TrainingPictures.warpingStrength, &numbers)
      result.append(warping.applied(to: self[index])[...], label: label)
    }
    return result
  }

  /// Some of them, drawn anew.
  func redrawn(_ wanted: Int, seed: UInt64) -> LabelledPictures {
    var result = LabelledPictures()
    // A few cannot be read any more; then another takes their place.
    for attempt in 0..<2 * wanted where result.count < wanted {
      var numbers = SeededNumbers(seed: seed, stream: UInt64(attempt))
      let index = numbers.index(below: count)
      let redrawing = Redrawing(&numbers)
      guard let picture = redrawing.digit(self[index], &numbers) else { continue }
      result.append(picture[...], label: labels[index])
    }
    return result
  }
}
