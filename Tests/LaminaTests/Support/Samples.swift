@testable import Lamina

/// Samples of three classes around centres of their own, easy to learn.
func clusters(
  _ count: Int, features: Int = 4, name: String = "clusters", seed: UInt64 = 1
) throws -> Dataset {
  var centres = SeededGenerator(seed: 99)
  let centre = centres.normals(3 * features).map { 2 * $0 }
  var generator = SeededGenerator(seed: seed)
  var values: [Float] = []
  var labels: [Int32] = []
  for _ in 0..<count {
    let label = Int.random(in: 0..<3, using: &generator)
    labels.append(Int32(label))
    for feature in 0..<features {
      values.append(centre[label * features + feature] + generator.normal())
    }
  }
  return try Dataset(
    name: name, features: .float32(values), sampleShape: [features], labels: labels)
}

/// Four numbers in, scores of three classes out; a layer of each kind.
func smallModel(seed: UInt64 = 1, dropout: Float = 0.2) throws -> Sequential {
  try Sequential(seed: seed) {
    Flatten(inputShape: [4])
    Dense(8, activation: .relu)
    Dropout(dropout)
    Dense(3)
  }
}

func compiledModel(seed: UInt64 = 1, dropout: Float = 0.2) throws -> Sequential {
  let model = try smallModel(seed: seed, dropout: dropout)
  try model.compile(
    optimizer: .adam(learningRate: 0.01), loss: .sparseCategoricalCrossentropy(fromLogits: true),
    metrics: [.accuracy])
  return model
}

extension Model {
  /// All weights as bits, so that equal means the same to the last bit.
  var weightBits: [UInt32] {
    variableNames.flatMap { name in values(of: name)?.elements.map { $0.bitPattern } ?? [] }
  }
}

extension Dataset {
  var rows: [[Float]] {
    let size = sampleShape.checkedElementCount ?? 0
    guard case .float32(let values)? = inputs.first?.elements else { return [] }
    return (0..<count).map { Array(values[$0 * size..<($0 + 1) * size]) }
  }

  /// All samples as a batch.
  func batch() throws -> Tensor {
    try Tensor(shape: Shape([count] + sampleShape.dimensions), elements: rows.flatMap { $0 })
  }
}
