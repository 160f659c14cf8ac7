import CLamina
import Lamina

/// Predicting from the caller's memory into the caller's memory.
extension SessionHandle {
  /// Computes all outputs, which need as many rows as the inputs have.
  ///
  /// - Returns: a sentence with the sizes that are needed, where an output's
  ///   capacity is too small; nothing is computed then.
  /// - Throws: `.invalidArgument`, naming the tensor.
  func predict(
    _ inputs: UnsafePointer<lamina_tensor>, into outputs: UnsafeMutablePointer<lamina_tensor>
  ) throws(LaminaError) -> String? {
    let rows = try readBatches(inputs)
    var missing: String?
    for index in outputCounts.indices {
      let needed = try prepare(outputs + index, index, rows: rows)
      guard needed > 0 else { continue }
      missing =
        (missing.map { $0 + ", " } ?? "too small a capacity: ")
        + "outputs[\(index)] needs \(needed) bytes"
    }
    guard missing == nil, rows > 0 else { return missing }
    for index in outputCounts.indices {
      let place = TensorPlace(list: "outputs", index: index)
      _ = try require(outputs[index].data, place("data"))
    }
    try checkOverlaps(outputs, rows)
    run(outputs, rows)
    return nil
  }

  /// Fills `batches`, but where there are no samples.
  ///
  /// - Returns: how many rows each input has.
  private func readBatches(_ inputs: UnsafePointer<lamina_tensor>) throws(LaminaError) -> Int {
    var rows = 0
    batches.removeAll(keepingCapacity: true)
    for index in inputCounts.indices {
      let batch = try batch(inputs + index, index)
      let count = batch?.rows ?? 0
      if index == 0 { rows = count }
      guard count == rows else {
        throw LaminaError(
          .invalidArgument, "inputs[\(index)] has \(count) rows, inputs[0] has \(rows)")
      }
      if let batch { batches.append(batch) }
    }
    return rows
  }

  /// - Throws: `.invalidArgument` where an output shares bytes with an input or
  ///   with another output.
  private func checkOverlaps(
    _ outputs: UnsafeMutablePointer<lamina_tensor>, _ rows: Int
  ) throws(LaminaError) {
    for index in outputCounts.indices {
      let bytes = bytes(of: outputs, index, rows)
      for (input, batch) in batches.enumerated() where overlap(bytes, batch.bytes) {
        throw LaminaError(.invalidArgument, "outputs[\(index)] overlaps inputs[\(input)]")
      }
      for other in 0..<index where overlap(bytes, self.bytes(of: outputs, other, rows)) {
        throw LaminaError(.invalidArgument, "outputs[\(index)] overlaps outputs[\(other)]")
      }
    }
  }

  private func bytes(
    of outputs: UnsafeMutablePointer<lamina_tensor>, _ index: Int, _ rows: Int
  ) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: outputs[index].data, count: 4 * rows * outputCounts[index])
  }

  private func run(_ outputs: UnsafeMutablePointer<lamina_tensor>, _ rows: Int) {
    samples.removeAll(keepingCapacity: true)
    predictions.removeAll(keepingCapacity: true)
    for batch in batches { samples.append(batch.samples) }
    for index in outputCounts.indices {
      guard let elements = outputs[index].data?.assumingMemoryBound(to: Float.self) else { return }
      predictions.append(
        MatrixView(rows: rows, columns: outputCounts[index], elements: elements))
    }
    session.predict(samples, into: predictions)
  }

  /// The same for one float32 input and one output.
  ///
  /// - Parameter output: room for a row of outputs for each sample.
  /// - Throws: `.invalidArgument` where it shares bytes with the samples.
  func predict(
    _ input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>
  ) throws(LaminaError) {
    let inputBytes = UnsafeRawBufferPointer(start: input, count: 4 * rows * inputCounts[0])
    let outputBytes = UnsafeRawBufferPointer(start: output, count: 4 * rows * outputCounts[0])
    guard !overlap(inputBytes, outputBytes) else {
      throw LaminaError(.invalidArgument, "the output overlaps the input")
    }
    session.predict(
      .float32(input), into: MatrixView(rows: rows, columns: outputCounts[0], elements: output))
  }
}

extension SessionHandle {
  /// Predicts from one float32 input, if all is as it must be.
  ///
  /// - Returns: false, and nothing is written, where something is wrong.
  func predictIfRight(
    _ input: UnsafePointer<Float>, _ rows: Int, _ output: UnsafeMutablePointer<Float>,
    _ capacity: Int
  ) -> Bool {
    let addresses = UInt(bitPattern: input) | UInt(bitPattern: output)
    guard let (inputCount, outputCount) = onlyCounts, rows >= 0, rows <= maximumRows,
      addresses.isMultiple(of: 4), UInt(bitPattern: capacity) >= UInt(rows * outputCount),
      !overlap(
        UnsafeRawBufferPointer(start: input, count: 4 * rows * inputCount),
        UnsafeRawBufferPointer(start: output, count: 4 * rows * outputCount))
    else { return false }
    session.predict(
      .float32(input), into: MatrixView(rows: rows, columns: outputCount, elements: output))
    return true
  }
}

/// Whether two pieces of memory share bytes. Their sizes are checked before, so
/// that no end is beyond what memory has.
private func overlap(_ a: UnsafeRawBufferPointer, _ b: UnsafeRawBufferPointer) -> Bool {
  let (startOfA, startOfB) = (UInt(bitPattern: a.baseAddress), UInt(bitPattern: b.baseAddress))
  return startOfA &+ UInt(a.count) > startOfB && startOfB &+ UInt(b.count) > startOfA
}
