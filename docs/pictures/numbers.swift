// Computes what the pictures of docs/from-neuron-to-network.md show, with the networks of that
// page, and prints it as JSON: `make pictures` keeps it in numbers.json and draws it.

import Foundation
import Lamina

func rounded<Number: BinaryFloatingPoint>(_ values: [Number], decimals: Double) -> [Double] {
  let scale = pow(10, decimals)
  return values.map { (Double($0) * scale).rounded() / scale }
}

/// Learns a gate, and gives the separating line with the mistakes by epoch.
func perceptron(_ samples: [[Float]], labels: [Int32], epochs: Int) throws -> String {
  var perceptron = try Perceptron(inputCount: 2)
  let training = try perceptron.fit(samples, labels: labels, maximumEpochs: epochs)
  let line = rounded(perceptron.weights + [perceptron.bias], decimals: 4)
  return #"{"line": \#(line), "mistakes": \#(training.mistakes)}"#
}

/// The cloud of the page's perceptron: points on both sides of a gap.
func cloud() -> (points: [[Float]], labels: [Int32]) {
  var points: [[Float]] = []
  var labels: [Int32] = []
  for i in 0..<72 {
    let (x, y) = (Float(i) / 72, Float(i * 45 % 73) / 73)
    let height = y - 0.7 * x - 0.2
    guard abs(height) > 0.04 else { continue }
    points.append([x, y])
    labels.append(height > 0 ? 1 : 0)
  }
  return (points, labels)
}

/// The page's network for XOR, asked on a grid from -0.5 to 1.5, row by row from below.
func exclusiveOrRegions(side: Int) throws -> [Double] {
  let data = try Dataset(
    x: Tensor(shape: [4, 2], elements: [0, 0, 0, 1, 1, 0, 1, 1]),
    y: Tensor(shape: [4, 1], elements: [0, 1, 1, 0]))
  let model = try Sequential(seed: 2) {
    Dense(4, activation: .tanh, inputShape: [2])
    Dense(1, activation: .sigmoid)
  }
  try model.compile(optimizer: .adam(learningRate: 0.05), loss: .binaryCrossentropy())
  try model.fit(data, batchSize: 4, epochs: 300)
  let steps = (0..<side).map { -0.5 + 2 * (Float($0) + 0.5) / Float(side) }
  let grid = steps.flatMap { y in steps.flatMap { x in [x, y] } }
  let answers = try model.predict(Tensor(shape: [side * side, 2], elements: grid))
  return rounded(answers.elements, decimals: 2)
}

/// The tutorial's network on MNIST: the loss of each batch of 500, the validation loss of each
/// epoch, and what it makes of some digits that it has not seen.
func digits(_ indices: [Int]) throws -> [(key: String, json: String)] {
  let (train, test) = try MNIST.load()
  let model = try Sequential(seed: 1) {
    Flatten(inputShape: [28, 28])
    Dense(128, activation: .relu)
    Dropout(0.2)
    Dense(10)
  }
  try model.compile(
    optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: true),
    metrics: [.accuracy])
  var losses: [Double] = []
  let history = try model.fit(train, batchSize: 500, epochs: 5, validation: test) { event in
    if case .batchEnded(let progress) = event { losses.append(progress.batchLoss) }
    return .goOn
  }
  guard case .uint8(let bytes)? = test.inputs.first?.elements else { return [] }
  let session = try Session(model)
  let answers = try indices.map { index in
    let pixels = Array(bytes[index * 784..<(index + 1) * 784])
    let hexadecimal = pixels.map { String(format: "%02x", $0) }.joined()
    let probabilities = rounded(try session.probabilities(of: pixels), decimals: 3)
    return #"{"label": \#(test.labels[index]), "probabilities": \#(probabilities), "#
      + #""pixels": "\#(hexadecimal)"}"#
  }
  return [
    ("batch_losses", "\(rounded(losses, decimals: 3))"),
    ("validation_losses", "\(rounded(history["val_loss"], decimals: 3))"),
    ("digits", "[\n    \(answers.joined(separator: ",\n    "))\n  ]"),
  ]
}

let corners: [[Float]] = [[0, 0], [0, 1], [1, 0], [1, 1]]
let (points, labels) = cloud()
let numbers: [(key: String, json: String)] =
  [
    ("and", try perceptron(corners, labels: [0, 0, 0, 1], epochs: 20)),
    ("or", try perceptron(corners, labels: [0, 1, 1, 1], epochs: 20)),
    ("xor", try perceptron(corners, labels: [0, 1, 1, 0], epochs: 20)),
    ("cloud", try perceptron(points, labels: labels, epochs: 1000)),
    ("cloud_points", "\(points.map { rounded($0, decimals: 4) })"),
    ("cloud_labels", "\(labels)"),
    ("xor_regions", "\(try exclusiveOrRegions(side: 40))"),
  ] + (try digits([0, 1, 2, 8, 18]))
print("{\n  \(numbers.map { "\"\($0.key)\": \($0.json)" }.joined(separator: ",\n  "))\n}")
