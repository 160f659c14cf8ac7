import Foundation
import Testing

@testable import Lamina

extension Trait where Self == ConditionTrait {
  /// Skips a test where `make data` found no way to get Fashion-MNIST.
  static var needsFashionMNIST: Self {
    .enabled(
      if: FileManager.default.fileExists(
        atPath: FashionMNIST.defaultDirectory + "/train-images-idx3-ubyte"),
      "Fashion-MNIST is not there (`make data` gets it)")
  }
}
