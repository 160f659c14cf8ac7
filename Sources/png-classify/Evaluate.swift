import ArgumentParser
import Lamina

/// `png-classify evaluate`: how good a network is.
struct Evaluate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure a network on pictures that it was not trained with.",
    discussion: """
      EXAMPLES:
        png-classify evaluate --model mnist.safetensors
        png-classify evaluate --model fashion.safetensors \\
          --data /usr/share/datasets/fashion-mnist

      \(Status.help)
      """
  )

  @OptionGroup var modelOptions: ModelOptions
  @OptionGroup var dataOptions: DataOptions

  func run() throws {
    let model = try modelOptions.load()
    let test = try dataOptions.loadTest()
    // A network that ends in a softmax gives probabilities, any other gives logits.
    let fromLogits = try !Session(model, maximumBatch: 1).givesProbabilities
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: fromLogits),
      metrics: [.accuracy])
    try Output.write(testLine(model.evaluate(test), of: test.name))
  }
}

/// "Test accuracy: 97.82 %, loss 0.0731 (10000 pictures of mnist)"
func testLine(_ evaluation: Evaluation, of dataset: String) -> String {
  "Test accuracy: \(percent(evaluation["accuracy"] ?? .nan)), "
    + "loss \(fixed(evaluation.loss, decimals: 4)) "
    + "(\(evaluation.sampleCount) pictures of \(printable(dataset)))\n"
}
