import CLaminaKernels
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
  public let learningRate: Float
  public let beta1: Float
  public let beta2: Float
  public let epsilon: Float
  public let name = "adam"
  public let slotNames = ["momentum", "velocity"]

  public init(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7
  ) {
    self.learningRate = learningRate
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  public var configuration: [JSON.Member] {
    [
      JSON.Member("learning_rate", .number(of: learningRate)),
      JSON.Member("beta_1", .number(of: beta1)),
      JSON.Member("beta_2", .number(of: beta2)),
      JSON.Member("epsilon", .number(of: epsilon)),
    ]
  }

  public func update(
    _ parameters: MatrixView, gradients: MatrixView, slots: [MatrixView], step: Int,
    learningRate: Float
  ) {
    let stepSize =
      learningRate * (1 - powf(beta2, Float(step))).squareRoot() / (1 - powf(beta1, Float(step)))
    laminakernel_adam(
      parameters.elements, gradients.elements, slots[0].elements, slots[1].elements,
      parameters.count, stepSize, 1 - beta1, 1 - beta2, epsilon)
  }
}

extension Optimizer where Self == Adam {
  public static func adam(
    learningRate: Float = 0.001, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7
  ) -> Adam {
    Adam(learningRate: learningRate, beta1: beta1, beta2: beta2, epsilon: epsilon)
  }
}
