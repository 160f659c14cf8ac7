import Testing

@testable import Lamina

@Suite struct KerasSummaryTests {
  @Test(arguments: ["convolutional", "branching", "frozen"])
  func tablesAreKerass(name: String) throws {
    let model = try Model.make(configuration: KerasGoldens.text("summaries/\(name).json"))
    #expect(model.summary() == (try KerasGoldens.text("summaries/\(name).txt")))
  }

  @Test func trainedModelsHaveOptimizerParameters() throws {
    let model = try Model.make(configuration: KerasGoldens.text("summaries/trained.json"))
    #expect(!model.summary().contains("Optimizer"))
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    #expect(!model.summary().contains("Optimizer"))
    try model.fit(clusters(10, features: 6))
    #expect(model.summary() == (try KerasGoldens.text("summaries/trained.txt")))
    try model.compile(optimizer: .sgd(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    #expect(!model.summary().contains("Optimizer"))
  }

  /// What `optimizer.build` of one variable of ten numbers makes in Keras.
  @Test func optimizerParametersAreKerass() throws {
    let optimizers: [(any Optimizer, Int)] = [
      (.sgd(), 2), (.sgd(momentum: 0.9), 12), (.adam(), 22), (.adamW(), 22), (.nadam(), 23),
      (.rmsprop(), 12), (.adagrad(), 12),
      (Adam(learningRate: .schedule(CosineDecay(0.1, decaySteps: 10))), 21),
    ]
    for (optimizer, count) in optimizers {
      let model = try Sequential { Dense(2, useBias: false, inputShape: [5]) }
      try model.compile(
        optimizer: optimizer, loss: .sparseCategoricalCrossentropy(fromLogits: true))
      try model.trainOnBatch(
        Dataset(features: .float32([1, 2, 3, 4, 5]), sampleShape: [5], labels: [1]))
      #expect(
        model.summary().contains("\n Optimizer params: \(count) (\(4 * count).00 B)\n"),
        "\(optimizer.className)")
    }
  }

  @Test func frozenLayersHaveNoOptimizerParameters() throws {
    let model = try Sequential {
      Dense(3, inputShape: [4])
      Dense(3)
    }
    model.layers[0].trainable = false
    try model.compile(
      optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true))
    try model.trainOnBatch(clusters(5))
    #expect(
      model.summary().hasSuffix(
        """
         Total params: 53 (212.00 B)
         Trainable params: 12 (48.00 B)
         Non-trainable params: 15 (60.00 B)
         Optimizer params: 26 (104.00 B)

        """))
  }

  @Test func chainsShowTheirInputButNoConnections() throws {
    let input = Input([4], name: "input_layer")
    let hidden = Dense(2, name: "dense_1")(input)
    let model = try Model(
      inputs: [input], outputs: [Dense(3, name: "dense")(hidden)], name: "chain")
    let expected = """
      Model: "chain"
      ┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
      ┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
      ┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
      │ input_layer (InputLayer)        │ (None, 4)              │             0 │
      ├─────────────────────────────────┼────────────────────────┼───────────────┤
      │ dense_1 (Dense)                 │ (None, 2)              │            10 │
      ├─────────────────────────────────┼────────────────────────┼───────────────┤
      │ dense (Dense)                   │ (None, 3)              │             9 │
      └─────────────────────────────────┴────────────────────────┴───────────────┘
       Total params: 19 (76.00 B)
       Trainable params: 19 (76.00 B)
       Non-trainable params: 0 (0.00 B)

      """
    #expect(model.summary() == expected)
    // An output on the way makes no branch.
    let both = try Model(
      inputs: [input], outputs: [Dense(3, name: "dense")(hidden), hidden], name: "chain")
    #expect(both.summary() == expected)
  }

  @Test func longNamesAreWrappedAsInKeras() throws {
    let input = Input([4], name: "in" + String(repeating: "x", count: 40))
    let name = String(repeating: "n", count: 30) + " " + String(repeating: "m", count: 30)
    let sum = Add(name: "a name with spaces and many words in it")
    let model = try Model(
      inputs: [input], outputs: [sum(Dense(4, name: name)(input), input)], name: "long")
    #expect(
      model.summary().hasPrefix(
        """
        Model: "long"
        ┏━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━┓
        ┃ Layer (type)        ┃ Output Shape      ┃    Param # ┃ Connected to      ┃
        ┡━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━┩
        │ inxxxxxxxxxxxxxxxx… │ (None, 4)         │          0 │ -                 │
        │ (InputLayer)        │                   │            │                   │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ nnnnnnnnnnnnnnnnnn… │ (None, 4)         │         20 │ inxxxxxxxxxxxxxx… │
        │ mmmmmmmmmmmmmmmmmm… │                   │            │                   │
        │ (Dense)             │                   │            │                   │
        ├─────────────────────┼───────────────────┼────────────┼───────────────────┤
        │ a name with spaces  │ (None, 4)         │          0 │ nnnnnnnnnnnnnnnn… │
        │ and many words in   │                   │            │ mmmmmmmmmmmmmmmm… │
        │ it (Add)            │                   │            │ inxxxxxxxxxxxxxx… │
        └─────────────────────┴───────────────────┴────────────┴───────────────────┘

        """))
  }

  @Test func sharedLayersShowEachCallAndTheLastShape() throws {
    let (first, second) = (Input([4, 6], name: "a"), Input([4, 5, 6], name: "b"))
    let shared = Dense(2, name: "d")
    let model = try Model(
      inputs: [first, second], outputs: [shared(first), shared(second)], name: "shapes")
    #expect(
      model.summary().contains(
        """
        │ d (Dense)           │ (None, 4, 5, 2)   │         14 │ a[0][0], b[0][0]  │
        └─────
        """))
  }

  @Test func inputsThatNothingDependsOnAreShown() throws {
    let (used, unused) = (Input([4], name: "used"), Input([5], name: "unused"))
    let model = try Model(
      inputs: [used, unused], outputs: [Dense(2, name: "dense")(used)], name: "unused")
    let rows = model.summary().split(separator: "\n").filter { $0.hasPrefix("│") }
    #expect(
      rows == [
        "│ used (InputLayer)   │ (None, 4)         │          0 │ -                 │",
        "│ unused (InputLayer) │ (None, 5)         │          0 │ -                 │",
        "│ dense (Dense)       │ (None, 2)         │         10 │ used[0][0]        │",
      ])
  }

  @Test func shapesOfManyAxesAreWrapped() throws {
    let model = try Sequential { Dense(3, inputShape: [1, 2, 3, 4, 5, 6, 7], name: "dense_5") }
    let rows = model.summary().split(separator: "\n").filter { $0.hasPrefix("│") }
    #expect(
      rows == [
        "│ dense_5 (Dense)                 │ (None, 1, 2, 3, 4, 5,  │            24 │",
        "│                                 │ 6, 3)                  │               │",
      ])
  }

  @Test func layersThatWaitForAShapeAreUnbuilt() throws {
    let model = try Sequential(name: "later") {
      Dense(3)
      Dropout(0.2)
      Dense(3, name: "last")
    }
    let rows = model.summary().split(separator: "\n").filter { $0.hasPrefix("│") }
    #expect(
      rows == [
        "│ dense (Dense)                   │ ?                      │   0 (unbuilt) │",
        "│ dropout (Dropout)               │ ?                      │             0 │",
        "│ last (Dense)                    │ ?                      │   0 (unbuilt) │",
      ])
  }

  @Test func longModelNamesGoOnInTheNextLine() throws {
    let model = try Sequential(name: String(repeating: "m", count: 100)) {}
    #expect(
      model.summary().hasPrefix(
        "Model: \n\"" + String(repeating: "m", count: 79) + "\n"
          + String(repeating: "m", count: 21) + "\"\n┏"))
  }
}
