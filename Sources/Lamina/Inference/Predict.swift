extension Model {
  /// The outputs for a batch of samples: [rows, ...sample shape] gives
  /// [rows, ...output shape], with a model of one input and one output. Whoever
  /// predicts often keeps a `Session`.
  ///
  /// - Throws: `.invalidArgument` where the samples do not fit; `.outOfMemory`
  public func predict(_ samples: Tensor) throws(LaminaError) -> Tensor {
    do throws(LaminaError) {
      return try Session(self, threadCount: workers.threadCount).predict(samples)
    } catch {
      throw error.at(name)
    }
  }

  /// The outputs for a batch of samples: a tensor for each input gives one for
  /// each output.
  ///
  /// - Throws: `.invalidArgument` where the samples do not fit; `.outOfMemory`
  public func predict(_ samples: [Tensor]) throws(LaminaError) -> [Tensor] {
    do throws(LaminaError) {
      return try Session(self, threadCount: workers.threadCount).predict(samples)
    } catch {
      throw error.at(name)
    }
  }
}

extension Session {
  /// The outputs for a batch of samples: [rows, ...sample shape] gives
  /// [rows, ...output shape].
  ///
  /// - Throws: `.invalidArgument` where the samples do not fit, or the model has
  ///   several inputs or outputs; `.outOfMemory`
  public func predict(_ samples: Tensor) throws(LaminaError) -> Tensor {
    let outputs = try predict([samples])
    guard outputs.count == 1 else {
      throw LaminaError(
        .invalidArgument, "expected a model of one output, it has \(outputs.count)")
    }
    return outputs[0]
  }

  /// The outputs for a batch of samples: a tensor for each input gives one for
  /// each output.
  ///
  /// - Throws: `.invalidArgument` where the samples do not fit; `.outOfMemory`
  public func predict(_ samples: [Tensor]) throws(LaminaError) -> [Tensor] {
    guard samples.count == inputShapes.count else {
      throw LaminaError(
        .invalidArgument, "expected \(inputShapes.count) inputs, got \(samples.count)")
    }
    let rows = samples.first?.shape.dimensions.first ?? 0
    for (tensor, shape) in zip(samples, inputShapes)
    where tensor.shape != Shape([rows] + shape.dimensions) {
      throw LaminaError(
        .invalidArgument,
        "expected a batch of samples of shape \(shape), got \(tensor.shape)"
          + (samples.count > 1 ? "; the first input has \(rows) samples" : ""))
    }
    let inputs = try samples.map { (tensor) throws(LaminaError) in
      let storage = try FloatStorage(count: tensor.elements.count, for: "samples")
      storage.row.assign(tensor.elements)
      return storage
    }
    let outputs = try outputShapes.map { (shape) throws(LaminaError) in
      try FloatStorage(
        rows: rows, columns: [shape.checkedElementCount ?? 0], for: "predictions")
    }
    // Views do not keep their storages alive.
    return try withExtendedLifetime((inputs, outputs)) { () throws(LaminaError) in
      predict(
        inputs.map { .float32(UnsafePointer($0.base)) },
        into: outputs.map {
          $0.matrix(at: 0, rows: rows, columns: $0.count / max(1, rows))
        })
      return try zip(outputShapes, outputs).map { (shape, storage) throws(LaminaError) in
        try Tensor(shape: Shape([rows] + shape.dimensions), elements: storage.row.toArray())
      }
    }
  }

  /// The probability of each class for one sample of bytes: the softmax of the
  /// logits, divided by `temperature`.
  ///
  /// - Parameter sample: `inputCount` bytes.
  /// - Throws: `.invalidArgument` where there are more or fewer, or the model has
  ///   several inputs or outputs; `.outOfMemory`
  public func probabilities(of sample: [UInt8]) throws(LaminaError) -> [Float] {
    guard inputShapes.count == 1, outputShapes.count == 1 else {
      throw LaminaError(
        .invalidArgument,
        "expected a model of one input and one output, it has \(inputShapes.count) and "
          + "\(outputShapes.count)")
    }
    guard sample.count == inputCount else {
      throw LaminaError(
        .invalidArgument, "expected a sample of \(inputCount) bytes, got \(sample.count)")
    }
    let storage = try FloatStorage(count: outputCount, for: "probabilities")
    return withExtendedLifetime(storage) {
      let outputs = storage.row
      SampleView.with(sample) { predict($0, into: outputs) }
      makeProbabilities(of: outputs)
      return outputs.toArray()
    }
  }
}
