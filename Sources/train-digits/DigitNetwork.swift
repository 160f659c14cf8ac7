import Lamina

/// The network that reads digits: two pairs of 3x3 convolutions, each with a pooling behind it,
/// a fifth convolution, and a dense layer on its 256 numbers.
///
/// The random layers at its beginning change pictures while it is trained; a session leaves them
/// out. A normalization stands behind the pooling where there is one: it then has a quarter of
/// the numbers to look at, and the convolution is trained together with the pooling.
enum DigitNetwork {
  static let batchSize = 128
  static let epochCount = 40

  static func layers() -> [any Layer] {
    augmentation + [
      Conv2D(32, kernelSize: 3, activation: .relu, kernelInitializer: .heNormal),
      convolution(32),
      MaxPooling2D(poolSize: 2),
      BatchNormalization(),
      Activation(.relu),
      convolution(64),
      BatchNormalization(),
      Activation(.relu),
      convolution(64),
      MaxPooling2D(poolSize: 2),
      BatchNormalization(),
      Activation(.relu),
      Dropout(0.1),
      convolution(64),
      BatchNormalization(),
      Activation(.relu),
      Flatten(),
      Dropout(0.3),
      Dense(10),
    ]
  }

  /// Turned by up to 14 degrees, larger or smaller by up to 12 % in each direction, moved by up
  /// to 2 pixels.
  private static var augmentation: [any Layer] {
    let zoom = FactorRange(-0.12, 0.12)
    let shift = FactorRange(-0.07, 0.07)
    return [
      Reshape([28, 28, 1], inputShape: [28, 28]),
      RandomRotation(FactorRange(-0.04, 0.04), fillMode: .constant),
      RandomZoom(zoom, zoom, fillMode: .constant),
      RandomTranslation(shift, shift, fillMode: .constant),
    ]
  }

  /// Without a bias, which the normalization behind it would take away.
  private static func convolution(_ filters: Int) -> Conv2D {
    Conv2D(filters, kernelSize: 3, useBias: false, kernelInitializer: .heNormal)
  }

  /// AdamW, whose steps rise to 0.003 in the first 300 and then fall to almost nothing along a
  /// cosine; what a normalization has is not decayed.
  static func optimizer(stepCount: Int) -> AdamW {
    let peak = 0.003
    let rise = min(300, stepCount / 4)
    return .adamW(
      learningRate: .schedule(
        .cosineDecay(
          peak / 20, decaySteps: max(1, stepCount - rise), alpha: 0.001, warmUpTarget: peak,
          warmUpSteps: rise)),
      weightDecay: WeightDecay(0.01, excluding: ["gamma", "beta", "bias"]))
  }
}
