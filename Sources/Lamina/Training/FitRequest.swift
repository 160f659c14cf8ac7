/// What a call of `fit` asks for.
struct FitRequest {
  let batchSize: Int
  let epochs: Int
  let initialEpoch: Int
  let stepsPerEpoch: Int?
  let classWeights: [Int: Float]
  let callbacks: [any Callback]
  let onEvent: ((TrainingEvent) -> TrainingDecision)?

  var weights: ClassWeights? {
    classWeights.isEmpty ? nil : ClassWeights(weights: classWeights)
  }

  var allCallbacks: [any Callback] {
    if let onEvent { return callbacks + [EventCallback(onEvent)] }
    return callbacks
  }

  /// - Throws: `.invalidArgument` where a number is out of range, or both
  ///   classes and samples have weights.
  func check(_ dataset: Dataset) throws(LaminaError) {
    guard batchSize > 0, batchSize <= 65_536 else {
      throw LaminaError(
        .invalidArgument, "expected a batch size of 1 to 65536, got \(batchSize)")
    }
    guard epochs >= 0, initialEpoch >= 0 else {
      throw LaminaError(
        .invalidArgument,
        "expected no negative epochs, got \(epochs) and the initial epoch \(initialEpoch)")
    }
    if let stepsPerEpoch, stepsPerEpoch < 1 {
      throw LaminaError(
        .invalidArgument, "expected at least 1 step an epoch, got \(stepsPerEpoch)")
    }
    guard classWeights.isEmpty || dataset.sampleWeights == nil else {
      throw LaminaError(
        .invalidArgument,
        "\(dataset.name): expected class weights or sample weights, got both")
    }
    let badClasses = classWeights.filter { !$0.value.isFinite || $0.value < 0 }.keys.sorted()
    if let label = badClasses.first {
      throw LaminaError(
        .invalidArgument, "the weight of class \(label) is not a number from 0 on")
    }
  }
}
