/// The neuron of McCulloch and Pitts: many inputs, one output, fixed weights.
///
///     y(t + 1) = f(sum over i of weights[i] x_i(t) - threshold)
///
/// With the step function as f it fires (y = 1) only when the weighted sum
/// strictly exceeds the threshold, and else rests (y = 0). An input is
/// excitatory where its weight is above 0 and inhibitory where it is below 0.
/// The output comes one step after its inputs, the synaptic delay: `step` is
/// the neuron in time, `response` the same formula at once.
///
/// The paper has no weights: as many excitatory inputs as the threshold demands
/// make the neuron fire, and one active inhibitory input prevents it from
/// firing, whatever the others do. Weights of 1 for the former, any weight
/// below 0 for the latter and `Inhibition.absolute` give that neuron; the
/// paper's "at least n inputs" is any threshold from n - 1 up to below n here.
///
/// Source: McCulloch and Pitts, "A logical calculus of the ideas immanent in
/// nervous activity", Bulletin of Mathematical Biophysics 5, 1943
public struct McCullochPittsNeuron: Sendable {
  /// What an active inhibitory input does.
  public enum Inhibition: Equatable, Sendable {
    /// It takes its weight off the sum, which other inputs can make up for.
    case weighted
    /// It keeps the neuron at rest, whatever the sum is (the paper's rule). An
    /// input is active where it is above 0.
    case absolute
  }

  /// One for each input.
  public let weights: [Float]
  /// What the weighted sum must exceed for the neuron to fire.
  public let threshold: Float
  public let inhibition: Inhibition
  /// f; it is given the sum less the threshold.
  public let activation: @Sendable (Double) -> Float
  /// What the neuron gives in the next step; 0, at rest, before the first one.
  private var nextOutput: Float = 0

  /// - Parameter activation: by default the step function.
  /// - Throws: `.invalidArgument` where there is no weight, or a weight or the
  ///   threshold is not finite.
  public init(
    weights: [Float], threshold: Float, inhibition: Inhibition = .weighted,
    activation: @escaping @Sendable (Double) -> Float = { McCullochPittsNeuron.unitStep($0) }
  ) throws(LaminaError) {
    guard !weights.isEmpty else {
      throw LaminaError(.invalidArgument, "neuron: no weights; expected one for each input")
    }
    for (index, weight) in weights.enumerated() where !weight.isFinite {
      throw LaminaError(.invalidArgument, "neuron: weight \(index) is \(weight), expected a number")
    }
    guard threshold.isFinite else {
      throw LaminaError(
        .invalidArgument, "neuron: the threshold is \(threshold), expected a number")
    }
    self.weights = weights
    self.threshold = threshold
    self.inhibition = inhibition
    self.activation = activation
  }

  /// The step function: 1 where x > 0, else 0; so 0 at 0 itself.
  public static func unitStep(_ x: Double) -> Float { x > 0 ? 1 : 0 }

  /// One step of time.
  ///
  /// - Parameter inputs: this step's, one for each weight.
  /// - Returns: the response to the inputs of the step before; 0 in the first.
  /// - Throws: `.invalidArgument` as `response`; the neuron then stays as it is.
  public mutating func step(_ inputs: [Float]) throws(LaminaError) -> Float {
    let response = try response(to: inputs)
    defer { nextOutput = response }
    return nextOutput
  }

  /// Forgets the inputs of the step before.
  public mutating func reset() {
    nextOutput = 0
  }

  /// The output for these inputs, without the delay.
  ///
  /// - Throws: `.invalidArgument` where there is not one finite input for each
  ///   weight.
  public func response(to inputs: [Float]) throws(LaminaError) -> Float {
    let netInput = try netInput(of: inputs)
    if inhibition == .absolute {
      for (weight, input) in zip(weights, inputs) where weight < 0 && input > 0 { return 0 }
    }
    return activation(netInput)
  }

  /// The weighted sum less the threshold. It is in double, so that rounding to
  /// float32 makes no sum that exceeds the threshold equal to it.
  private func netInput(of inputs: [Float]) throws(LaminaError) -> Double {
    guard inputs.count == weights.count else {
      throw LaminaError(
        .invalidArgument, "neuron: \(inputs.count) inputs, expected \(weights.count)")
    }
    var sum = 0.0
    for (index, input) in inputs.enumerated() {
      guard input.isFinite else {
        throw LaminaError(.invalidArgument, "neuron: input \(index) is \(input), expected a number")
      }
      sum += Double(weights[index]) * Double(input)
    }
    return sum - Double(threshold)
  }
}

/// The gates of logic; inputs and outputs are 0 and 1.
extension McCullochPittsNeuron {
  /// Fires when all inputs are 1: weights of 1, a threshold of
  /// `inputCount` - 1.
  ///
  /// - Throws: `.invalidArgument` where `inputCount` is not 1 to 2^20.
  public static func and(inputCount: Int = 2) throws(LaminaError) -> McCullochPittsNeuron {
    let weights = try ones(inputCount)
    return try McCullochPittsNeuron(weights: weights, threshold: Float(inputCount - 1))
  }

  /// Fires when an input is 1: weights of 1, a threshold of 0.
  ///
  /// - Throws: `.invalidArgument` where `inputCount` is not 1 to 2^20.
  public static func or(inputCount: Int = 2) throws(LaminaError) -> McCullochPittsNeuron {
    try McCullochPittsNeuron(weights: ones(inputCount), threshold: 0)
  }

  /// Fires when its one input is 0: an inhibitory input, and a threshold that
  /// rest exceeds.
  public static func not() throws(LaminaError) -> McCullochPittsNeuron {
    try McCullochPittsNeuron(weights: [-1], threshold: -0.5)
  }

  /// So many that float32 holds their sum exactly.
  private static func ones(_ count: Int) throws(LaminaError) -> [Float] {
    guard count >= 1, count <= 1 << 20 else {
      throw LaminaError(.invalidArgument, "neuron: \(count) inputs, expected 1 to \(1 << 20)")
    }
    return [Float](repeating: 1, count: count)
  }
}
