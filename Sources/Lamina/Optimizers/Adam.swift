import CSystem

/// Steps in the direction of the gradients' running mean, divided by the root
/// of their running mean square:
///
///     m += (g - m) (1 - beta1)
///     v += (g^2 - v) (1 - beta2)
///     w -= a m / (sqrt(v) + epsilon),  a = learningRate sqrt(1 - beta2^t) / (1 - beta1^t)
///
/// As in Keras, epsilon is added to the root before the bias is corrected.
///
/// Sources: Kingma and Ba, "Adam: a method for stochastic optimization", 2014;
/// keras/src/optimizers/adam.py
public final class Adam: Optimizer {
  public let learningRate: Double
  public let beta1: Double
  public let beta2: Double
  public let epsilon: Double
  public let name = "adam"
  public let slotNames = ["momentum", "velocity"]

  public init(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-7
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("learning_rate", .number(learningRate)),
      JSON.Member("beta_1", .number(beta1)),
      JSON.Member("beta_2", .number(beta2)),
      JSON.Member("epsilon", .number(epsilon)),
    ]
  }

  public func update(
    _ parameters: MatrixView, gradients: MatrixView, slots: [MatrixView], step: Int,
    learningRate: Double
  ) {
    // Single precision where Keras has it: 1 - beta is rounded once, powers are float32's.
    let power1 = powf(Float(beta1), Float(step))
    let power2 = powf(Float(beta2), Float(step))
    let stepSize = Float(learningRate) * (1 - power2).squareRoot() / (1 - power1)
    parameters.stepByAdam(
      gradients: gradients, momentums: slots[0], velocities: slots[1], stepSize: stepSize,
      oneMinusBeta1: Float(1 - beta1), oneMinusBeta2: Float(1 - beta2), epsilon: Float(epsilon))
  }
}

extension Optimizer where Self == Adam {
  public static func adam(
    learningRate: Double = 0.001, beta1: Double = 0.9, beta2: Double = 0.999,
    epsilon: Double = 1e-7
  ) -> Adam {
    Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}
