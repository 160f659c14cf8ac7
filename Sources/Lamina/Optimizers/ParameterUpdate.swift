/// One step of a training: clips the gradients, decays the parameters and lets
/// the optimizer change them. All slices are cut beforehand, so that a step
/// allocates nothing; without clipping and decay it is the optimizer's loop alone.
///
/// Source: _backend_apply_gradients in keras/src/optimizers/base_optimizer.py
final class ParameterUpdate {
  /// A variable that is to change, and where its numbers lie.
  struct Variable {
    /// Its own name, "bias", or one with its layer's, "dense/bias".
    var name: String
    var offset: Int
    var count: Int

    fileprivate var range: Range<Int> { offset..<offset + count }
  }

  private let optimizer: any Optimizer
  /// Neighbouring variables together, as large as gaps allow; pieces of them where
  /// threads share the work.
  private let runs: [OptimizerStep]
  private let workers: Workers
  private let clipping: GradientClipping?
  /// The gradients of what is clipped together.
  private let clipped: [MatrixView]
  private let decayRate: Float
  private let decayed: [MatrixView]

  /// - Parameters:
  ///   - variables: those that are to change, by increasing offset.
  ///   - parameters: one row. All views live longer than this object.
  ///   - gradients: laid out like the parameters. Clipping changes them.
  ///   - slots: the optimizer's, laid out like the parameters.
  init(
    optimizer: any Optimizer, variables: [Variable], parameters: MatrixView,
    gradients: MatrixView, slots: [MatrixView], workers: Workers = .single
  ) {
    assert(slots.count == optimizer.slots.count)
    let runs = ParameterUpdate.joined(variables)
    self.optimizer = optimizer
    self.workers = workers
    self.runs = runs.flatMap { workers.pieces(ofParameters: $0) }.map { range in
      OptimizerStep(
        parameters: parameters.columns(range), gradients: gradients.columns(range),
        slots: slots.map { $0.columns(range) }, number: 1, learningRate: 0)
    }

    clipping = optimizer.clipping
    if case .norm? = clipping {
      clipped = variables.map { gradients.columns($0.range) }
    } else {
      clipped = runs.map { gradients.columns($0) }
    }

    let decay = optimizer.weightDecay ?? WeightDecay(0)
    decayRate = Float(decay.rate)
    decayed =
      decay.rate == 0
      ? []
      : ParameterUpdate.joined(variables.filter { decay.applies(to: $0.name) })
        .map { parameters.columns($0) }
  }

  /// - Parameter step: 1 for the first.
  func apply(step: Int, learningRate: Float) {
    clip()
    for parameters in decayed { parameters.decay(by: decayRate * learningRate) }
    workers.perform(runs.count) { index, _ in
      var run = runs[index]
      run.number = step
      run.learningRate = learningRate
      optimizer.update(run)
    }
  }

  private func clip() {
    switch clipping {
    case .value(let limit)? where limit > 0:
      for gradient in clipped { gradient.clip(to: Float(limit)) }
    case .norm(let limit)? where limit > 0:
      for gradient in clipped {
        let norm = gradient.sumOfSquares.squareRoot()
        // Not "norm > limit", so that not-a-number comes through.
        if !(norm <= limit) { gradient.scale(by: Float(limit / norm)) }
      }
    case .globalNorm(let limit)? where limit > 0:
      var sum = 0.0
      for gradient in clipped { sum += gradient.sumOfSquares }
      let norm = sum.squareRoot()
      guard !(norm <= limit) else { return }
      let factor = norm.isFinite ? Float(limit / norm) : .nan
      for gradient in clipped { gradient.scale(by: factor) }
    default: break
    }
  }

  /// What the variables cover, those without a gap between them as one range.
  private static func joined(_ variables: [Variable]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    for variable in variables {
      if let last = ranges.last, last.upperBound == variable.offset {
        ranges[ranges.count - 1] = last.lowerBound..<variable.range.upperBound
      } else {
        ranges.append(variable.range)
      }
    }
    return ranges
  }
}
