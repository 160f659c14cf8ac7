import Foundation
import Testing

@testable import Lamina

/// The README's example on the real digits, which `make data` gets.
@Suite(.serialized) struct QuickstartTests {
  private func quickstart(seed: UInt64) throws -> Sequential {
    try Sequential(seed: seed) {
      Flatten(inputShape: [28, 28])
      Dense(128, activation: .relu)
      Dropout(0.2)
      Dense(10)
    }
  }

  @Test func fiveSeedsReachTheirMeanAccuracy() throws {
    let (train, test) = try MNIST.load()
    var accuracies: [Double] = []
    for seed in 1...5 as ClosedRange<UInt64> {
      let model = try quickstart(seed: seed)
      try model.compile(
        optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
        metrics: [.accuracy])
      let history = try model.fit(train, epochs: 5)
      #expect(history["loss"].count == 5)
      #expect(history["loss"][4] < 0.1)
      accuracies.append(try #require(model.evaluate(test)["accuracy"]))
    }
    #expect(accuracies.reduce(0, +) / 5 >= 0.976, "\(accuracies)")
    #expect(Set(accuracies).count > 1)
  }

  /// The README's program cannot be compiled at run time; its lines are those
  /// of `quickstart` and the tests here.
  @Test func readmeShowsTheQuickstart() throws {
    let file = fixturesFolder.appending(path: "../../README.md")
    let readme = try String(contentsOf: file, encoding: .utf8)
    let program = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
    let lines = try #require(program.components(separatedBy: "```").first).split(separator: "\n")
    for line in [
      "let (train, test) = try MNIST.load()", "  Flatten(inputShape: [28, 28])",
      "  Dense(128, activation: .relu)", "  Dropout(0.2)", "  Dense(10)",
      "try model.compile(optimizer: .adam(), "
        + "loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy])",
      "try model.fit(train, epochs: 5)", #"print(try model.evaluate(test)["accuracy"] ?? 0)"#,
      #"try model.save("mnist.safetensors")"#,
    ] {
      #expect(lines.contains(Substring(line)), "\(line)")
    }
  }

  @Test func trainedModelComesBackFromItsFile() throws {
    let (train, test) = try MNIST.load()
    let model = try quickstart(seed: 1)
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
    try model.fit(train)
    let folder = try TemporaryFolder()
    try model.save(folder.path("mnist.safetensors"))
    let again = try Model.load(folder.path("mnist.safetensors"))
    #expect(again.weightBits == model.weightBits)
    #expect(try again.encoded() == model.encoded())
    #expect(again.labels == MNIST.classNames)
    #expect(again.preprocessing == .mnist)
    try again.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
      metrics: [.accuracy])
    #expect(try again.evaluate(test).values == model.evaluate(test).values)
  }
}
