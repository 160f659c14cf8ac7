import Lamina

/// What the network is trained on, and what its settings were chosen on.
///
/// The last 5,000 of MNIST's 60,000 training pictures are never trained on.
struct TrainingPictures {
  static let validationCount = 5_000
  /// How many of MNIST's pictures are also drawn anew.
  static let redrawnCount = 8_000
  /// How many times each of MNIST's pictures is also bent, and how far the points of a grid move
  /// then, in pixels.
  static let warpedCopies = 2
  static let warpingStrength: Float = 2
  /// What part of all pictures is an epoch.
  private static let epochsInAll = 3

  /// All kinds of pictures.
  let training: Dataset
  /// The same without those that are bent.
  let unbent: Dataset
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
    let warped = pictures.warped(copies: Self.warpedCopies, seed: seed)
    let redrawn = handwritten.redrawn(part(Self.redrawnCount), seed: seed)
    pictures.append(redrawn)
    var name = "mnist train 0-\(trainingCount - 1), \(redrawn.count) of them redrawn"
    if let rendered {
      let digits = try RenderedDigits(rendered).pictures
      let printed = digits.thinned(to: part(digits.count))
      pictures.append(printed)
      name += ", \(printed.count) printed digits"
    }
    unbent = try pictures.dataset(name)
    pictures.append(warped)
    training = try pictures.dataset(name + ", \(warped.count) warped")

    let validation = try all[trainingCount..<all.count]
    self.validation = validation
    let seen = LabelledPictures(validation)
    // Another seed than any training's.
    redrawnValidation = try seen.redrawn(part(seen.count), seed: .max).dataset("mnist redrawn")
    self.test = test
  }

  /// How many batches an epoch has, a third of those that all pictures make; the next epoch goes
  /// on with those that are left.
  func epochSteps(batchSize: Int) -> Int {
    let batches = (training.count + batchSize - 1) / batchSize
    return (batches + Self.epochsInAll - 1) / Self.epochsInAll
  }
}

extension LabelledPictures {
  /// All of them, some times over, each bent in a way of its own.
  func warped(copies: Int, seed: UInt64) -> LabelledPictures {
    var result = LabelledPictures()
    for place in 0..<copies * count {
      var numbers = SeededNumbers(seed: ~seed, stream: UInt64(place))
      let warping = Warping(strength: TrainingPictures.warpingStrength, &numbers)
      let index = place % count
      result.append(warping.applied(to: self[index])[...], label: labels[index])
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
