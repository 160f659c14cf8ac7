import Foundation
import Testing

@testable import Lamina

/// The quickstart's network on data that tell networks apart better than digits
/// do, beside Keras's runs.
@Suite struct FashionMNISTTrainingTests {
  /// What Keras reached: Tests/Fixtures/keras/make/fashion_mnist.py.
  private struct Reference {
    let epochs: Int
    let batchSize: Int
    let accuracies: [Double]

    init() throws {
      let file = KerasFixture.folder.appending(path: "fashion_mnist.json")
      let json = try JSON(parsing: String(contentsOf: file, encoding: .utf8))
      let runs = try #require(json["runs"]?.arrayValue)
      epochs = try #require(json["epochs"]?.integerValue)
      batchSize = try #require(json["batch_size"]?.integerValue)
      accuracies = try runs.map { try #require($0["accuracy"]?.numberValue) }
    }
  }

  /// One seed's accuracy is within some 0.4 points of the mean, on either side;
  /// five make that 0.2.
  @Test(.needsFashionMNIST) func quickstartIsAsAccurateAsInKeras() throws {
    let reference = try Reference()
    let (train, test) = try FashionMNIST.load()
    var accuracies: [Double] = []
    for seed in 1...5 as ClosedRange<UInt64> {
      let model = try Sequential(seed: seed) {
        Flatten(inputShape: [28, 28])
        Dense(128, activation: .relu)
        Dropout(0.2)
        Dense(10)
      }
      try model.compile(
        optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
        metrics: [.accuracy])
      try model.fit(train, batchSize: reference.batchSize, epochs: reference.epochs)
      accuracies.append(try #require(model.evaluate(test)["accuracy"]))
    }
    #expect(reference.accuracies.count == 10)
    let difference = mean(accuracies) - mean(reference.accuracies)
    #expect(abs(difference) <= 0.005, "\(accuracies), Keras \(reference.accuracies)")
  }

  private func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
}
