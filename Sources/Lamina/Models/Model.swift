/// A network with its weights, which can be trained, asked and saved.
///
/// A model is used by one thread at a time; threads that only predict make
/// a `Session` each.
public class Model {
  public let name: String

  /// What the initial weights, the shuffles and the dropout masks follow from.
  public let seed: UInt64

  /// What turns a picture into the network's input; a training sets it from
  /// its data set.
  public var preprocessing: Preprocessing?

  /// The classes' names in order; empty where there are none.
  public var labels: [String] = []

  /// What the model was trained on and how it went, a JSON array with an object
  /// for each `fit`; nil before the first.
  public internal(set) var trainingRecord: String?

  /// Metadata that a file brought and Lamina does not know, kept for saving.
  var foreignMetadata: [Metadata] = []

  private(set) var graph: Graph?
  private(set) var store: ParameterStore?
  var training: TrainingState?
  /// Whether a `fit` is under way: its callback may not start another.
  var isTraining = false

  init(name: String, seed: UInt64) {
    self.name = name
    self.seed = seed
  }

  /// Keras's class name, such as "Sequential".
  public var className: String { "Functional" }

  /// The shape of a sample that goes in; nil before the model is built.
  public var inputShape: Shape? { graph?.inputShape }

  /// The shape of a sample that comes out; nil before the model is built.
  public var outputShape: Shape? { graph?.outputShape }

  public var parameterCount: Int { graph?.parameterCount ?? 0 }

  /// Builds the model for samples of this shape, where it is not built yet.
  ///
  /// - Throws: `.invalidArgument` where it was built for another shape or a
  ///   layer cannot take its input; `.outOfMemory`
  public func build(inputShape: Shape) throws(LaminaError) {
    if let graph {
      guard graph.inputShape == inputShape else {
        throw LaminaError(
          .invalidArgument,
          "\(name): expected samples of shape \(graph.inputShape), got \(inputShape)")
      }
      return
    }
    let graph = try makeGraph(inputShape: inputShape)
    try install(graph, ParameterStore(for: graph, seed: seed))
  }

  /// The network on an input of this shape; each kind of model makes its own.
  func makeGraph(inputShape: Shape) throws(LaminaError) -> Graph {
    try Graph(chain: [], inputShape: inputShape)
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

  /// The values of a variable by its name, such as "dense/kernel"; nil where
  /// there is none.
  public func values(of variable: String) -> Tensor? {
    guard let graph, let store else { return nil }
    for stored in graph.variables where stored.name == variable {
      return try? Tensor(shape: stored.shape, elements: store.view(of: stored).toArray())
    }
    return nil
  }

  /// The names of the variables, in the order of the layers.
  public var variableNames: [String] { graph?.variables.map { $0.name } ?? [] }

  /// Gives a variable other values.
  ///
  /// - Throws: `.invalidArgument` where there is no such variable, or it has
  ///   another shape; `.busy` while a training changes them.
  public func setValues(of variable: String, to tensor: Tensor) throws(LaminaError) {
    guard !isTraining else { throw busy }
    let (graph, _) = try built()
    guard let stored = graph.variables.first(where: { $0.name == variable }) else {
      throw LaminaError(.invalidArgument, "\(name) has no variable \"\(variable)\"")
    }
    guard stored.shape == tensor.shape else {
      throw LaminaError(
        .invalidArgument, "\(variable) has shape \(stored.shape), got \(tensor.shape)")
    }
    try makeStoreUnique()
    store?.view(of: stored).assign(tensor.elements)
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
