import Lamina
import Testing

@testable import LaminaPNG

@Suite struct PNGClassifierTests {
  /// A network of one layer whose scores are its biases, whatever it sees.
  private func classifier(
    biases: [Float], preprocessing: Preprocessing? = .mnist,
    activation: ActivationFunction = .linear
  ) throws -> PNGClassifier {
    let model = try Sequential {
      Flatten(inputShape: [28, 28])
      Dense(biases.count, activation: activation)
    }
    let kernel = [Float](repeating: 0, count: 784 * biases.count)
    try model.setValues(
      of: "dense/kernel", to: Tensor(shape: [784, biases.count], elements: kernel))
    try model.setValues(
      of: "dense/bias", to: Tensor(shape: [biases.count], elements: biases))
    model.preprocessing = preprocessing
    return try PNGClassifier(session: Session(model))
  }

  private let digit = Fixtures.path("digit-seven.png")

  @Test func bestClassesComeFirstAndEqualOnesInTheirOrder() throws {
    let predictions = try classifier(biases: [0, 1, 0, 2]).classify(path: digit, top: 9)
    #expect(predictions.map { $0.classIndex } == [3, 1, 0, 2])
    #expect(abs(predictions.reduce(0) { $0 + $1.probability } - 1) < 1e-6)
    #expect(
      try classifier(biases: [0, 1, 0, 2]).classify(path: digit).map { $0.classIndex } == [3])
    #expect(try classifier(biases: [1, 2]).classify(path: digit, top: 0).isEmpty)
  }

  @Test func outputsOfASoftmaxAreProbabilitiesAlready() throws {
    let logits = try classifier(biases: [1, 3]).classify(path: digit, top: 2)
    let probabilities = try classifier(biases: [1, 3], activation: .softmax)
      .classify(path: digit, top: 2)
    #expect(probabilities == logits)
  }

  @Test func scoresThatAreNotFiniteAreAnError() throws {
    let classifier = try classifier(biases: [0, .nan])
    #expect { try classifier.classify(path: digit) } throws: { error in
      (error as? LaminaError)?.message.contains("scores are not finite") == true
    }
  }

  @Test func modelsThatTakeNoPicturesAreRefused() {
    for preprocessing in [nil, Preprocessing(recipe: nil, divisor: 255)] {
      #expect { try classifier(biases: [1], preprocessing: preprocessing) } throws: { error in
        (error as? LaminaError)?.message.contains("it has no preprocessing recipe") == true
      }
    }
  }

  @Test func modelsOfSeveralInputsOrOutputsAreRefused() throws {
    let (image, other) = (Input([28, 28]), Input([784]))
    let flat = Flatten()(image)
    func expect(_ message: String, inputs: [SymbolicTensor], outputs: [SymbolicTensor]) throws {
      let model = try Model(inputs: inputs, outputs: outputs)
      model.preprocessing = .mnist
      #expect { try PNGClassifier(session: Session(model)) } throws: { error in
        (error as? LaminaError)?.message.hasPrefix(message) == true
      }
    }
    try expect(
      "expected a model of one input, a picture; it has 2", inputs: [image, other],
      outputs: [Add()([flat, other])])
    try expect(
      "expected a model of one output, a score for each class; it has 2", inputs: [image],
      outputs: [Dense(2)(flat), Dense(3)(flat)])
  }

  @Test func errorsBeginWithThePicture() throws {
    let classifier = try classifier(biases: [1])
    let missing = Fixtures.path("missing.png")
    #expect { try classifier.classify(path: missing) } throws: { error in
      (error as? LaminaError)?.message.hasPrefix("\(missing): cannot be opened") == true
    }
    let blank = try #require(Fixtures.sound.first { Set($0.image.pixels).count == 1 }).name
    let bytes = try Fixtures.bytes(blank)
    #expect { try classifier.classify(bytes.span, name: "mine") } throws: { error in
      guard let error = error as? LaminaError else { return false }
      return error.kind == .noDigit && error.message.hasPrefix("mine: no digit found")
    }
  }
}
