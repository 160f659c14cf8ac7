import Testing

@testable import Lamina

@Suite struct InferencePlanTests {
  private func plan(_ layers: [any Layer], _ shape: Shape = [2, 3]) throws -> InferencePlan {
    InferencePlan(try Graph(Topology(chain: layers, input: Input(shape))))
  }

  private func plan(_ input: SymbolicTensor, _ outputs: SymbolicTensor...) throws -> InferencePlan {
    InferencePlan(try Graph(Topology(inputs: [input], outputs: outputs)))
  }

  /// The steps by their kinds, with the function at their end.
  private func names(_ plan: InferencePlan) -> [String] {
    plan.steps.map { step in
      switch step {
      case .copy: "copy"
      case .activation(let step): "activation \(step.activation.function)"
      case .dense(let step): "dense \(step.activation.function)"
      case .normalization(let step): "normalization \(step.activation.function)"
      case .convolution(let call): "convolution \(plan.convolutions[call].activation)"
      case .layer(let call):
        "\(plan.layers[call].node.layer.className) \(plan.layers[call].activation.function)"
      }
    }
  }

  @Test func layersThatDoNothingAreGone() throws {
    let plan = try plan([Dropout(0.2), Flatten(), Dense(7), Dropout(0.5), Dense(4), Dropout(0.1)])
    #expect(names(plan) == ["dense linear", "dense linear"])
    #expect(plan.inputCounts == [6] && plan.outputCounts == [4])
    // Only what lies between the two is kept, in a whole cache line.
    #expect(plan.scratchCount == 16)
  }

  @Test func networkWithoutComputationCopies() throws {
    let plan = try plan([Flatten(), Dropout(0.5), Activation(.linear)])
    #expect(names(plan) == ["copy"])
    #expect(plan.inputCounts == [6] && plan.outputCounts == [6])
    #expect(plan.scratchCount == 0)
    #expect(!plan.endsInSoftmax)
  }

  @Test func onlyASoftmaxAtTheEndGivesProbabilities() throws {
    #expect(try plan([Flatten(), Dense(3, activation: .softmax), Dropout(0.5)]).endsInSoftmax)
    #expect(try plan([Flatten(), Dense(3), Activation(.softmax)]).endsInSoftmax)
    #expect(try !plan([Flatten(), Dense(3, activation: .softmax), Dense(3)]).endsInSoftmax)
    #expect(try !plan([Flatten(), Dense(3, activation: .sigmoid)]).endsInSoftmax)
  }

  @Test func activationsBecomePartOfTheLayerBefore() throws {
    #expect(try names(plan([Dense(4), Dropout(0.5), Activation(.relu)])) == ["dense relu"])
    #expect(
      try names(plan([GlobalMaxPooling2D(), Activation(.tanh)], [3, 3, 2]))
        == ["GlobalMaxPooling2D tanh"])
    #expect(
      try names(plan([Dense(4, activation: .relu), Activation(.softmax)]))
        == ["dense relu", "activation softmax"])
    #expect(try names(plan([Activation(.relu), Dense(4)])) == ["activation relu", "dense linear"])
  }

  @Test func softmaxOverAnotherAxisStaysAStep() throws {
    #expect(
      try names(plan([Dense(4), Flatten(), Activation(.softmax)]))
        == ["dense linear", "activation softmax"])
    #expect(try names(plan([Dense(4), Flatten(), Activation(.relu)])) == ["dense relu"])
  }

  @Test func whatOthersReadIsNotChanged() throws {
    let input = Input([3])
    let hidden = Dense(4)(input)
    let both = try plan(input, Add()(Activation(.relu)(hidden), hidden))
    #expect(names(both) == ["dense linear", "activation relu", "Add linear"])
    let given = try plan(input, Activation(.relu)(hidden), hidden)
    #expect(names(given) == ["dense linear", "activation relu"])
    let twice = try plan(input, Add()(Flatten()(hidden), BatchNormalization()(hidden)))
    #expect(names(twice) == ["dense linear", "normalization linear", "Add linear"])
  }

  @Test func normalizationsAreFoldedIntoTheWeightsBefore() throws {
    let normalized = try plan([
      Dense(4), BatchNormalization(), Dropout(0.5), BatchNormalization(), Activation(.relu),
    ])
    #expect(names(normalized) == ["dense relu"])
    #expect(normalized.weights[0].normalizations.count == 2)
    #expect(
      try names(plan([DepthwiseConv2D(kernelSize: 2), BatchNormalization()], [4, 4, 3]))
        == ["convolution linear"])
  }

  @Test func normalizationsThatCannotBeFoldedAreSteps() throws {
    #expect(
      try names(plan([Dense(4, activation: .relu), BatchNormalization(), Activation(.tanh)]))
        == ["dense relu", "normalization tanh"])
    // Eight channels of one number each are not four of two.
    #expect(
      try names(plan([Dense(4), Flatten(), BatchNormalization()]))
        == ["dense linear", "normalization linear"])
    #expect(try names(plan([BatchNormalization(), Dense(4)])).first == "normalization linear")
    let graph = try Graph(
      Topology(chain: [Dense(4), BatchNormalization()], input: Input([3])))
    #expect(
      names(InferencePlan(graph, foldsNormalizations: false))
        == ["dense linear", "normalization linear"])
  }

  @Test func resultsGiveTheirPlaceToLaterOnes() throws {
    let layers: [any Layer] = (0..<10).map { _ in Dense(32, activation: .relu) }
    #expect(try plan(layers).scratchCount == 2 * 2 * 32)
  }

  @Test func piecesAreSmallWhereASampleIsLarge() throws {
    #expect(try plan([Flatten(), Dense(128), Dense(10)], [28, 28]).pieceRows == 128)
    let images = try plan(
      [Conv2D(32, kernelSize: 3), Conv2D(64, kernelSize: 3), GlobalMaxPooling2D()], [64, 64, 3])
    #expect(images.pieceRows == 1)
    // Weights that are used once a sample are worth a piece of many samples.
    #expect(try plan([Dense(100_000), Dense(10)], [10]).pieceRows >= 32)
  }
}
