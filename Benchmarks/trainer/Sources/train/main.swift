import Glibc
import Lamina

// train NETWORK THREADS EPOCHS FILE: trains "mlp" or "convnet" on MNIST, saves it, and prints what
// that took as JSON.

/// The quickstart's network.
func makeMLP() throws -> Sequential {
  try Sequential(seed: 1) {
    Flatten(inputShape: [28, 28])
    Dense(128, activation: .relu)
    Dropout(0.2)
    Dense(10)
  }
}

/// Keras's "simple MNIST convnet".
func makeConvnet() throws -> Sequential {
  try Sequential(seed: 1) {
    Reshape([28, 28, 1], inputShape: [28, 28])
    Conv2D(32, kernelSize: 3, activation: .relu)
    MaxPooling2D(poolSize: 2)
    Conv2D(64, kernelSize: 3, activation: .relu)
    MaxPooling2D(poolSize: 2)
    Flatten()
    Dropout(0.5)
    Dense(10, activation: .softmax)
  }
}

func train(network: String, threadCount: Int, epochs: Int, file: String) throws {
  let isMLP = network == "mlp"
  let model = try isMLP ? makeMLP() : makeConvnet()
  try model.compile(
    optimizer: .adam(), loss: .sparseCategoricalCrossentropy(fromLogits: isMLP),
    metrics: [.accuracy])
  model.threadCount = threadCount
  let (train, test) = try MNIST.load()
  let clock = ContinuousClock()
  var history: History?
  let seconds = try clock.measure {
    history = try model.fit(train, batchSize: isMLP ? 32 : 128, epochs: epochs)
  }
  let accuracy = try model.evaluate(test)["accuracy"] ?? 0
  try model.save(file)
  let epochSeconds = (history?.epochs ?? []).map { "\($0.seconds)" }.joined(separator: ", ")
  print(
    "{\"fit_seconds\": \(seconds / .seconds(1)), \"epoch_seconds\": [\(epochSeconds)],",
    "\"accuracy\": \(accuracy)}")
}

let arguments = CommandLine.arguments
guard arguments.count == 5, let threadCount = Int(arguments[2]), let epochs = Int(arguments[3]),
  ["mlp", "convnet"].contains(arguments[1])
else {
  print("usage: train mlp|convnet THREADS EPOCHS FILE")
  exit(64)
}
do {
  try train(
    network: arguments[1], threadCount: threadCount, epochs: epochs, file: arguments[4])
} catch {
  print(error)
  exit(1)
}
