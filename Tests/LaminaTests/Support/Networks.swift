@testable import Lamina

/// Two inputs, a layer used twice, branches, a skip, two outputs: the network of
/// Tests/Fixtures/keras/summaries/branching.json.
func branchedModel(seed: UInt64 = 1) throws -> Model {
  let (left, right) = (Input([4], name: "left"), Input([4], name: "right"))
  let shared = Dense(5, activation: .tanh, name: "shared")
  let (a, b) = (shared(left), shared(right))
  let hidden = Dense(5, activation: .tanh, name: "hidden")(Concatenate()(a, b))
  let skipped = Add()(hidden, a)
  let kind = Dense(3, name: "kind")(skipped)
  let amount = Dense(1, name: "amount")(Concatenate()(skipped, right))
  return try Model(
    inputs: [left, right], outputs: [kind, amount], name: "branching", seed: seed)
}

/// Two inputs of four numbers, a class of three and a number for each sample.
func branchedData(_ count: Int, name: String = "pairs", seed: UInt64 = 3) throws -> Dataset {
  var generator = SeededGenerator(seed: seed)
  let (left, right) = (generator.normals(4 * count), generator.normals(4 * count))
  let kinds = (0..<count).map { row -> Int32 in
    let sums = (0..<3).map { left[4 * row + $0] + right[4 * row + $0 + 1] }
    return Int32(sums.indices.max { sums[$0] < sums[$1] } ?? 0)
  }
  let amounts = (0..<count).map { left[4 * $0] * right[4 * $0 + 1] }
  return try Dataset(
    name: name,
    inputs: [
      Samples(.float32(left), shape: [4], count: count),
      Samples(.float32(right), shape: [4], count: count),
    ],
    targets: [Samples(labels: kinds), Samples(.float32(amounts), shape: [1], count: count)])
}

extension Model {
  /// Compiles a branched model for both of its outputs.
  func compileBranches(
    optimizer: any Optimizer = .adam(learningRate: 0.01), amountWeight: Double = 0.3
  ) throws {
    try compile(
      optimizer: optimizer,
      outputs: [
        "kind": OutputTraining(
          loss: .sparseCategoricalCrossentropy(fromLogits: true), metrics: [.accuracy]),
        "amount": OutputTraining(loss: .meanSquaredError(), weight: amountWeight, metrics: [.mae]),
      ])
  }
}

/// Pictures of 8 by 8 in, scores of three classes out; a convolution that is
/// normalized, and one that is not.
func convolutionalModel(seed: UInt64 = 1) throws -> Sequential {
  try Sequential(name: "convolutional", seed: seed) {
    Conv2D(4, kernelSize: 3, useBias: false, inputShape: [8, 8, 1])
    BatchNormalization(momentum: 0.9)
    Activation(.relu)
    MaxPooling2D()
    Conv2D(6, kernelSize: 3, padding: .same, activation: .relu)
    GlobalAveragePooling2D()
    Dense(3)
  }
}

/// Pictures of three classes, each around a picture of its own.
func pictures(_ count: Int, size: Int = 8, seed: UInt64 = 5) throws -> Dataset {
  let flat = try clusters(count, features: size * size, name: "pictures", seed: seed)
  return try Dataset(
    name: "pictures", features: flat.inputs[0].elements, sampleShape: [size, size, 1],
    labels: flat.labels)
}
