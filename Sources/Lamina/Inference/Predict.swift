extension Model {
  /// The outputs for a batch of samples: [rows, ...sample shape] gives
  /// [rows, ...output shape]. Whoever predicts often keeps a `Session`.
  ///
  /// - Throws: `.invalidArgument` where the samples do not fit; `.outOfMemory`
  public func predict(_ samples: Tensor) throws(LaminaError) -> Tensor {
    do throws(LaminaError) {
      return try Session(self).predict(samples)
    } catch {
      throw error.at(name)
    }
  }
}

extension Session {
  /// The outputs for a batch of samples: [rows, ...sample shape] gives
  /// [rows, ...output shape].
  ///
  /// - Throws: `.invalidArgument` where the samples do not fit; `.outOfMemory`
  public func predict(_ samples: Tensor) throws(LaminaError) -> Tensor {
    guard let rows = samples.shape.dimensions.first,
      Shape(Array(samples.shape.dimensions.dropFirst())) == inputShape
    else {
      throw LaminaError(
        .invalidArgument,
        "expected a batch of samples of shape \(inputShape), got \(samples.shape)")
    }
    let storage = try FloatStorage(rows: rows, columns: [outputCount], for: "predictions")
    let outputs = storage.matrix(at: 0, rows: rows, columns: outputCount)
    SampleView.with(samples.elements) { predict($0, into: outputs) }
    return try Tensor(
      shape: Shape([rows] + outputShape.dimensions), elements: outputs.toArray())
  }

  /// The probability of each class for one sample of bytes.
  ///
  /// - Parameter sample: `inputCount` bytes.
  /// - Throws: `.invalidArgument` where there are more or fewer; `.outOfMemory`
  public func probabilities(of sample: [UInt8]) throws(LaminaError) -> [Float] {
    guard sample.count == inputCount else {
      throw LaminaError(
        .invalidArgument, "expected a sample of \(inputCount) bytes, got \(sample.count)")
    }
    let storage = try FloatStorage(count: outputCount, for: "probabilities")
    let outputs = storage.row
    SampleView.with(sample) { predict($0, into: outputs) }
    if !givesProbabilities { outputs.applySoftmax() }
    return outputs.toArray()
  }
}
