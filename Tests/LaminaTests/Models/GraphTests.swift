import Testing

@testable import Lamina

@Suite struct GraphTests {
  private func names(_ layers: [any Layer]) throws -> [String] {
    try Graph(Topology(chain: layers, input: Input([4]))).nodes.map { $0.name }
  }

  @Test func layersAreNamedAfterTheirClass() throws {
    #expect(
      try names([Dense(1), Dropout(0), Dense(1), Flatten(), Dense(1), Dropout(0)])
        == ["dense", "dropout", "dense_1", "flatten", "dense_2", "dropout_1"])
  }

  @Test func namesOfOnesOwnStay() throws {
    #expect(try names([Dense(1, name: "first"), Dense(1)]) == ["first", "dense"])
    #expect(
      try names([Dense(1, name: "dense"), Dense(1), Dense(1)]) == ["dense", "dense_1", "dense_2"])
    #expect(try names([Dense(1), Dense(1, name: "dense_1"), Dense(1)])[2] == "dense_2")
  }

  @Test func namesMustBeUniqueAndUsable() {
    for name in ["twice", "", "a/b"] {
      expectError(.invalidArgument, "\(name): a layer's name") {
        _ = try names([Dense(1, name: "twice"), Dense(1, name: name)])
      }
    }
  }

  @Test func classNamesBecomeSnakeCaseAsInKeras() {
    // What keras.src.utils.naming.to_snake_case gives.
    for (name, expected) in [
      "Dense": "dense", "GlobalMaxPooling2D": "global_max_pooling2d", "LSTM": "lstm",
      "ReLU": "re_lu", "PReLU": "p_re_lu", "Conv2DTranspose": "conv2d_transpose",
      "BatchNormalization": "batch_normalization", "StackedRNNCells": "stacked_rnn_cells",
      "ConvLSTM2D": "conv_lstm2d", "TFSMLayer": "tfsm_layer", "LeakyReLU": "leaky_re_lu",
    ] { #expect(snakeCase(name) == expected) }
  }

  @Test func shapesPassThroughTheLayers() throws {
    let graph = try Graph(
      Topology(
        chain: [Dropout(0.5), Flatten(), Dense(3), Dense(2, useBias: false)], input: Input([2, 5])))
    #expect(graph.nodes.map { $0.inputShapes[0] } == [[2, 5], [2, 5], [10], [3]])
    #expect(graph.nodes.map { $0.outputShape } == [[2, 5], [10], [3], [2]])
    #expect(graph.inputs[0].count == 10 && graph.outputs[0].count == 2)
    #expect(graph.tensorCounts == [10, 10, 10, 3, 2])
    #expect(graph.nodes.map { $0.stateCount } == [10, 0, 0, 0])
  }

  @Test func variablesFollowEachOtherWithoutGaps() throws {
    let graph = try Graph(Topology(chain: [Dense(3), Dense(2)], input: Input([5])))
    #expect(
      graph.variables.map { $0.name }
        == ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"])
    #expect(graph.variables.map { $0.offset } == [0, 15, 18, 24])
    #expect(graph.variables.map { $0.rows } == [5, 1, 3, 1])
    #expect(graph.variables.map { $0.columns } == [3, 3, 2, 2])
    #expect(graph.parameterCount == 26)
    #expect(graph.nodes.map { $0.variables } == [0..<2, 2..<4])
  }

  @Test func networkWithoutLayersGivesItsInput() throws {
    let graph = try Graph(Topology(chain: [], input: Input([4, 5])))
    #expect(graph.outputs[0].shape == [4, 5])
    #expect(graph.parameterCount == 0)
  }

  @Test func errorsBeginWithTheLayersName() {
    expectError(.invalidArgument, "dense_1: units must be at least 1, got 0") {
      _ = try names([Dense(4), Dense(0)])
    }
    expectError(.invalidArgument, "hidden: expected an input of at least one axis") {
      _ = try Graph(Topology(chain: [Dense(4, name: "hidden")], input: Input([])))
    }
    expectError(.invalidArgument, "dropout: rate must be", "2.0") { _ = try names([Dropout(2)]) }
  }

  @Test func sizesThatCannotBeComputedAreErrors() {
    for shape in [[0], [3, 0], [-1], [1 << 31], [1 << 20, 1 << 20], [.max, .max]] as [Shape] {
      expectError(.invalidArgument, "the input: shape \(shape)") {
        _ = try Graph(Topology(chain: [], input: Input(shape)))
      }
    }
    expectError(.invalidArgument, "the input: shape [1, 1, 1, 1, 1, 1, 1, 1] has more than 7 axes")
    {
      _ = try Graph(Topology(chain: [], input: Input([1, 1, 1, 1, 1, 1, 1, 1])))
    }
    expectError(.invalidArgument, "dense: shape [\(Int.max)]") { _ = try names([Dense(.max)]) }
    expectError(.invalidArgument, "dense/kernel: shape [65536, 65536]") {
      _ = try Graph(Topology(chain: [Dense(65_536)], input: Input([65_536])))
    }
    expectError(.invalidArgument, "dense_1/kernel", "more than 268435456 parameters") {
      _ = try Graph(Topology(chain: [Dense(16_000), Dense(16_000)], input: Input([16_000])))
    }
  }
}
