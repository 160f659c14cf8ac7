import CSystem

/// Probabilities that mean what they say: a temperature softens or sharpens them
/// without changing which class is the best.
///
/// Source: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural
/// Networks", 2017, section 4.2
extension Model {
  /// Where `fitTemperature` looks.
  public static let temperatures: ClosedRange<Float> = 0.05...20

  /// Sets `temperature` to the one with the least mean negative log-likelihood of
  /// the right classes, -log softmax(logits / temperature)[class].
  ///
  /// It is found by halving an interval of `temperatures`, and so the same for the
  /// same logits. Where the likelihood only grows towards an end of them, as it
  /// does where each sample is right, it is that end.
  ///
  /// A network that ends in softmax gives probabilities p; log p stands for its
  /// logits.
  ///
  /// - Parameter dataset: samples that neither trained nor chose the network, each
  ///   with its class; sample weights count.
  /// - Returns: the temperature.
  /// - Throws: `.invalidArgument` where data and network do not fit, the network
  ///   has several inputs or outputs or gives no score for each class, or a score
  ///   is not finite; `.busy` in a callback of `fit`; `.outOfMemory`
  @discardableResult
  public func fitTemperature(on dataset: Dataset) throws(LaminaError) -> Float {
    guard !isTraining else { throw busy }
    let outputs = try ClassOutputs(of: self, on: dataset)
    try outputs.makeLogits(name: name)
    temperature = bestTemperature(for: outputs, in: Model.temperatures)
    return temperature
  }

  /// How far a classifier's probabilities are from how often they are right.
  ///
  /// - Parameters:
  ///   - dataset: samples, each with its class; sample weights do not count.
  ///   - binCount: how many bins the probabilities fall into.
  /// - Throws: as `fitTemperature`.
  public func calibrationError(
    on dataset: Dataset, binCount: Int = 15
  ) throws(LaminaError) -> CalibrationError {
    var error = try CalibrationError(binCount: binCount)
    let outputs = try ClassOutputs(of: self, on: dataset)
    // Views do not keep their storages alive.
    try withExtendedLifetime(outputs) { () throws(LaminaError) in
      outputs.makeProbabilities()
      try error.add(probabilities: outputs.rows, classes: outputs.classes)
    }
    return error
  }

  /// - Throws: `.invalidArgument`
  func checkTemperature() throws(LaminaError) {
    guard temperature.isFinite, temperature > 0 else {
      throw LaminaError(
        .invalidArgument, "\(name): the temperature is \(temperature), expected above 0")
    }
  }
}

extension Session {
  /// Rows of outputs become probabilities.
  func makeProbabilities(of outputs: MatrixView) {
    if temperature != 1 {
      if givesProbabilities { outputs.applyLogarithm() }
      outputs.divide(by: temperature)
    } else if givesProbabilities {
      return
    }
    outputs.applySoftmax()
  }
}

/// Where the slope, by 1 / temperature, changes its sign.
private func bestTemperature(
  for outputs: ClassOutputs, in range: ClosedRange<Float>
) -> Float {
  // Logits that are all the same have the same probabilities at any temperature.
  guard outputs.slope(at: 1) != 0 else { return 1 }
  var lower = 1 / Double(range.upperBound)
  var upper = 1 / Double(range.lowerBound)
  guard outputs.slope(at: lower) < 0 else { return range.upperBound }
  guard outputs.slope(at: upper) > 0 else { return range.lowerBound }
  while upper / lower > 1 + 1e-7 {
    let middle = (lower * upper).squareRoot()
    if outputs.slope(at: middle) < 0 { lower = middle } else { upper = middle }
  }
  return Float(1 / (lower * upper).squareRoot())
}

extension ClassOutputs {
  /// The derivative of the negative log-likelihood, which the logits times
  /// `factor` give, by the factor; it grows with it.
  ///
  /// Of a sample it is the mean of its logits, weighed by their probabilities,
  /// less the right class's logit.
  fileprivate func slope(at factor: Double) -> Double {
    var sum = 0.0
    for (sample, target) in classes.enumerated() {
      let largest = Double(rows[sample, rows.indexOfLargest(inRow: sample)])
      var (powers, products) = (0.0, 0.0)
      for index in 0..<rows.columns {
        let logit = Double(rows[sample, index])
        let power = exp(factor * (logit - largest))
        powers += power
        products += power * logit
      }
      let weight = weights.map { Double($0[sample]) } ?? 1
      sum += weight * (products / powers - Double(rows[sample, target]))
    }
    return sum
  }
}
