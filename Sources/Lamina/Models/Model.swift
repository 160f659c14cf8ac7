/// A network with its weights, which can be trained, asked and saved.
///
/// ```swift
/// let image = Input([28, 28])
/// let hidden = Dense(128, activation: .relu)(Flatten()(image))
/// let model = try Model(inputs: [image], outputs: [Dense(10)(hidden)])
/// ```
/// A model is used by one thread at a time; threads that only predict make
/// a `Session` each.
///
/// Source: keras/src/models/functional.py
public class Model {
  public let name: String

  /// What the initial weights, the shuffles and the dropout masks follow from.
  public internal(set) var seed: UInt64

  /// What turns a picture into the network's input; a training sets it from
  /// its data set.
  public var preprocessing: Preprocessing?

  /// How many threads fit, evaluate and predict with at most, the calling one
  /// among them; results do not depend on it. `Workers.all` knows how many
  /// processors there are.
  public var threadCount = 1

  /// The threads that it computes with.
  var workers: Workers { Workers(threadCount: threadCount) }

  /// The classes' names in order; empty where there are none.
  public var labels: [String] = []

  /// What a classifier's logits are divided by before softmax makes probabilities
  /// of them; finite and above 0. It says how sure they are, never which class is
  /// the best. It belongs to the weights: `fitTemperature` finds it after a
  /// training, which leaves it as it is.
  public var temperature: Float = 1

  /// What the model was trained on and how it went, a JSON array with an object
  /// for each `fit`; nil before the first.
  public package(set) var trainingRecord: String?

  /// Metadata that a file brought and Lamina does not know, kept for saving.
  var foreignMetadata: [Metadata] = []

  private(set) var graph: Graph?
  private(set) var store: ParameterStore?
  var training: TrainingState?
  /// What `trainOnBatch` laid out, kept for the next batch.
  var batchTrainer: BatchTrainer?
  /// What `applyGradients` laid out, kept for the next step.
  var gradientStep: GradientStep?
  /// Whether a `fit` is under way: its callback may not start another.
  var isTraining = false

  init(name: String, seed: UInt64) {
    self.name = name
    self.seed = seed
  }

  /// The network that leads from the inputs to the outputs.
  ///
  /// - Parameter seed: what the initial weights, the shuffles and the dropout
  ///   masks follow from.
  /// - Throws: `.invalidArgument` where a layer cannot take what it is given, or
  ///   an output depends on an `Input` that is not listed; `.outOfMemory`
  public convenience init(
    inputs: [SymbolicTensor], outputs: [SymbolicTensor], name: String = "functional",
    seed: UInt64 = 0
  ) throws(LaminaError) {
    self.init(name: name, seed: seed)
    try install(Topology(inputs: inputs, outputs: outputs))
  }

  /// Keras's class name, such as "Sequential".
  public var className: String { "Functional" }

  /// The layers, in Keras's order; those of a `Sequential` that is not built
  /// yet, too.
  public var layers: [any Layer] { graph?.layers.map { $0.layer } ?? [] }

  /// The shape of a sample that goes into the first input; nil before the model
  /// is built.
  public var inputShape: Shape? { graph?.inputs.first?.shape }

  /// The shape of a sample that comes out of the first output; nil before the
  /// model is built.
  public var outputShape: Shape? { graph?.outputs.first?.shape }

  /// The shapes of a sample that goes into each input.
  public var inputShapes: [Shape] { graph?.inputs.map { $0.shape } ?? [] }

  /// The shapes of a sample that comes out of each output.
  public var outputShapes: [Shape] { graph?.outputs.map { $0.shape } ?? [] }

  /// The names of the layers that give the inputs and the outputs.
  public var inputNames: [String] { graph?.inputs.map { $0.name } ?? [] }
  public var outputNames: [String] { graph?.outputs.map { $0.name } ?? [] }

  /// How many numbers all variables have.
  public var parameterCount: Int { graph?.parameterCount ?? 0 }

  /// Builds the model for samples of these shapes, where it is not built yet.
  ///
  /// - Throws: `.invalidArgument` where it was built for other shapes or a
  ///   layer cannot take its input; `.outOfMemory`
  public func build(inputShapes: [Shape]) throws(LaminaError) {
    if let graph {
      try check(inputShapes: inputShapes, graph)
    } else {
      try install(makeTopology(inputShapes: inputShapes))
    }
  }

  /// The same for a model with one input.
  public func build(inputShape: Shape) throws(LaminaError) {
    try build(inputShapes: [inputShape])
  }

  private func check(inputShapes: [Shape], _ graph: Graph) throws(LaminaError) {
    guard graph.inputs.count == inputShapes.count else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected \(graph.inputs.count) inputs, got \(inputShapes.count)")
    }
    for (input, shape) in zip(graph.inputs, inputShapes) where input.shape != shape {
      let place = graph.inputs.count > 1 ? "\(name): \(input.name)" : name
      throw LaminaError(
        .invalidArgument, "\(place): expected samples of shape \(input.shape), got \(shape)")
    }
  }

  /// The network on inputs of these shapes, where it waited for them.
  func makeTopology(inputShapes: [Shape]) throws(LaminaError) -> Topology {
    throw LaminaError(.invalidArgument, "\(name) has no layers")
  }

  /// Makes the network and its first weights.
  func install(_ topology: Topology) throws(LaminaError) {
    let graph = try Graph(topology)
    try install(graph, ParameterStore(for: graph, seed: seed))
  }

  /// Forgets network and weights.
  func uninstall() {
    graph = nil
    store = nil
    training?.forgetNetwork()
    batchTrainer = nil
    gradientStep = nil
  }

  func install(_ graph: Graph, _ store: ParameterStore) {
    self.graph = graph
    self.store = store
  }

  /// - Throws: `.invalidArgument` before the model is built.
  func built() throws(LaminaError) -> (graph: Graph, store: ParameterStore) {
    guard let graph, let store else {
      throw LaminaError(
        .invalidArgument, "\(name) is not built: give its first layer an inputShape, or fit it")
    }
    return (graph, store)
  }

  /// Parameters that nobody else sees, so that sessions made before a training
  /// keep the weights that they were made from.
  func makeStoreUnique() throws(LaminaError) {
    guard !isKnownUniquelyReferenced(&store) else { return }
    store = try store?.copy()
  }
}

extension Model {
  /// What comes of changing a model from inside the callback of its own `fit`.
  var busy: LaminaError {
    LaminaError(.busy, "\(name): a training is under way; its callback cannot change the model")
  }
}

/// An entry of a weights file's metadata.
public struct Metadata: Equatable, Sendable {
  public var key: String
  public var value: String
}
