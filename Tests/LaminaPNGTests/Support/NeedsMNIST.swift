import Foundation
import Lamina
import Testing

extension Trait where Self == ConditionTrait {
  /// Skips a test where `make data` found no way to get MNIST.
  static var needsMNIST: Self {
    .enabled(
      if: FileManager.default.fileExists(
        atPath: MNIST.defaultDirectory + "/train-images-idx3-ubyte"),
      "MNIST is not there (`make data` gets it)")
  }
}
