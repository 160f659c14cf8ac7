import CLaminaKernels

/// Counter-based random numbers (Philox 4x32-10; Salmon et al., 2011): the
/// number at an index depends on seed, purpose, layer and step alone, whatever
/// was drawn before and on however many threads.
struct RandomStream {
  enum Purpose: UInt32 {
    case initialization = 1
    case shuffle = 2
    case dropout = 3
  }

  var seed: UInt64
  var purpose: Purpose
  /// Which of the model's layers or variables draws.
  var layer: UInt32 = 0
  /// Which training step or epoch it is.
  var step: UInt32 = 0

  /// Dropout: factors are `scale` with probability 1 - `rate`, else 0; outputs are
  /// inputs times factors.
  func drop(
    _ inputs: MatrixView, factors: MatrixView, outputs: MatrixView, rate: Float, scale: Float,
    workers: Workers = .single
  ) {
    assert(inputs.count == factors.count && inputs.count == outputs.count)
    workers.performRanges(of: factors.count) { range in
      let first = range.lowerBound
      laminakernel_dropout(
        seed, step, layer, purpose.rawValue, rate, scale, first, inputs.elements + first,
        factors.elements + first, outputs.elements + first, range.count)
    }
  }

  /// Numbers evenly spread over `lower ..< upper`.
  func fillUniform(_ values: MatrixView, from lower: Float, to upper: Float) {
    let words = words(count: values.count)
    for index in 0..<values.count {
      let unit = Float(words[index] >> 8) * 0x1p-24
      values.elements[index] = lower + (upper - lower) * unit
    }
  }

  /// Numbers from the normal distribution, each the quantile of a random
  /// probability.
  func fillNormal(_ values: MatrixView, mean: Double, standardDeviation: Double) {
    fillNormal(values, mean: mean, standardDeviation: standardDeviation, leavingOut: 0)
  }

  /// The same without what lies further from the mean than two standard deviations.
  func fillTruncatedNormal(_ values: MatrixView, mean: Double, standardDeviation: Double) {
    let beyondTwo = 0.022_750_131_948_179_207_2
    fillNormal(values, mean: mean, standardDeviation: standardDeviation, leavingOut: beyondTwo)
  }

  /// - Parameter tail: the probability of what is left out on each side.
  private func fillNormal(
    _ values: MatrixView, mean: Double, standardDeviation: Double, leavingOut tail: Double
  ) {
    let words = words(count: values.count)
    for index in 0..<values.count {
      // Neither 0 nor 1, whose quantiles are infinite.
      let unit = (Double(words[index]) + 0.5) * 0x1p-32
      let quantile = normalQuantile(tail + (1 - 2 * tail) * unit)
      values.elements[index] = Float(mean + standardDeviation * quantile)
    }
  }

  /// Puts the elements in random order (Fisher and Yates).
  func shuffle(_ elements: inout [Int32]) {
    guard elements.count > 1 else { return }
    let words = words(count: 2 * elements.count)
    for last in stride(from: elements.count - 1, to: 0, by: -1) {
      let random = UInt64(words[2 * last]) << 32 | UInt64(words[2 * last + 1])
      let other = random.multipliedFullWidth(by: UInt64(last + 1)).high
      elements.swapAt(last, Int(other))
    }
  }

  private func words(count: Int) -> [UInt32] {
    [UInt32](unsafeUninitializedCapacity: count) { buffer, initializedCount in
      guard let base = buffer.baseAddress else { return }
      laminakernel_random_words(seed, step, layer, purpose.rawValue, base, count)
      initializedCount = count
    }
  }
}
