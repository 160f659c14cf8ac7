/// Predicts with the weights that a model has when the session is made, and
/// keeps them whatever becomes of the model. Predicting allocates nothing; a
/// session is used by one thread at a time, and sessions do not wait for each
/// other, but where a serial OpenBLAS is a shared library.
///
/// A batch is computed in pieces of a size that follows from the network alone.
/// Several threads share the pieces; the numbers are the same whatever their
/// count. One that comes while another session has the threads computes alone.
public final class Session {
  /// The number that the session was made with.
  public let maximumBatch: Int
  /// How many threads compute a batch at most, the calling one among them.
  public var threadCount: Int { workers.threadCount }
  /// The classes' names in order; empty where there are none.
  public let labels: [String]
  public let preprocessing: Preprocessing?
  /// What logits are divided by before `probabilities` are made of them; `predict`
  /// gives outputs as they are.
  public let temperature: Float
  /// The shapes of a sample that goes into each input, and that comes out of
  /// each output.
  public let inputShapes: [Shape]
  public let outputShapes: [Shape]

  private let plan: InferencePlan
  private let memory: InferenceMemory
  private let workers: Workers

  /// - Parameters:
  ///   - maximumBatch: 1 to 65,536. Nothing depends on it but this check: the
  ///     pieces that are computed at once are as large as suits the network.
  ///   - threadCount: how many threads compute a batch at most; 1 to
  ///     `Workers.maximumThreadCount`.
  /// - Throws: `.invalidArgument` where the model is not built or a number, the
  ///   model's temperature among them, is out of its range; `.outOfMemory`
  public convenience init(
    _ model: Model, maximumBatch: Int = 256, threadCount: Int = 1
  ) throws(LaminaError) {
    guard maximumBatch >= 1, maximumBatch <= 65_536 else {
      throw LaminaError(
        .invalidArgument, "expected a maximum batch of 1 to 65536, got \(maximumBatch)")
    }
    guard threadCount >= 1, threadCount <= Workers.maximumThreadCount else {
      throw LaminaError(
        .invalidArgument,
        "expected 1 to \(Workers.maximumThreadCount) threads, got \(threadCount)")
    }
    try model.checkTemperature()
    let (graph, store) = try model.built()
    // A training changes its weights in place.
    let ownStore = model.isTraining ? try store.copy() : store
    let (plan, weights) = try Session.compile(
      graph, ownStore, divisor: model.preprocessing?.divisor ?? 1)
    self.init(
      graph, plan, try InferenceMemory(plan, weights, workerCount: threadCount),
      Workers(threadCount: threadCount), maximumBatch: maximumBatch, labels: model.labels,
      model.preprocessing, temperature: model.temperature)
  }

  /// Predicts one sample after the other, in memory for one.
  ///
  /// - Throws: `.outOfMemory`
  convenience init(
    oneSampleOf graph: Graph, _ store: ParameterStore, _ preprocessing: Preprocessing?
  ) throws(LaminaError) {
    let (plan, weights) = try Session.compile(
      graph, store, divisor: preprocessing?.divisor ?? 1, maximumRows: 1)
    self.init(
      graph, plan, try InferenceMemory(plan, weights, workerCount: 1), Workers(threadCount: 1),
      maximumBatch: 1, labels: [], preprocessing, temperature: 1)
  }

  private init(
    _ graph: Graph, _ plan: InferencePlan, _ memory: InferenceMemory, _ workers: Workers,
    maximumBatch: Int, labels: [String], _ preprocessing: Preprocessing?, temperature: Float
  ) {
    self.plan = plan
    self.memory = memory
    self.workers = workers
    self.maximumBatch = maximumBatch
    self.labels = labels
    self.preprocessing = preprocessing
    self.temperature = temperature
    inputShapes = graph.inputs.map { $0.shape }
    outputShapes = graph.outputs.map { $0.shape }
  }

  /// Normalizations become part of the weights before them, but where that gives
  /// something that is no number.
  private static func compile(
    _ graph: Graph, _ store: ParameterStore, divisor: Float, maximumRows: Int = .max
  ) throws(LaminaError) -> (InferencePlan, InferenceWeights) {
    let plan = InferencePlan(graph, maximumRows: maximumRows)
    let weights = try InferenceWeights(plan, store: store, divisor: divisor)
    guard !weights.isFinite else { return (plan, weights) }
    let unfolded = InferencePlan(graph, foldsNormalizations: false, maximumRows: maximumRows)
    return (unfolded, try InferenceWeights(unfolded, store: store, divisor: divisor))
  }

  /// The shape of a sample of the first input, and of the first output.
  public var inputShape: Shape { inputShapes[0] }
  public var outputShape: Shape { outputShapes[0] }
  /// The numbers of a sample of the first input, and of the first output.
  public var inputCount: Int { plan.inputCounts[0] }
  public var outputCount: Int { plan.outputCounts[0] }
  /// What bytes are divided by.
  public var divisor: Float { memory.weights.divisor }
  /// Whether the outputs are probabilities already, by a softmax at the end.
  public var givesProbabilities: Bool { plan.endsInSoftmax }

  /// Computes a row of `outputs` for each of the samples, with a network of one
  /// input and one output.
  ///
  /// - Parameters:
  ///   - samples: `outputs.rows` times `inputCount` numbers.
  ///   - outputs: a matrix of `outputCount` columns that does not overlap the
  ///     samples.
  package func predict(_ samples: SampleView, into outputs: MatrixView) {
    precondition(plan.inputCounts.count == 1 && plan.outputCounts.count == 1)
    assert(outputs.columns == outputCount)
    run(PredictionBatch(samples, outputs))
  }

  /// Computes a row of each of the outputs for each of the samples.
  ///
  /// - Parameters:
  ///   - samples: one for each input, from row `first` on.
  ///   - outputs: one for each output, all of the same number of rows; none
  ///     overlaps another or the samples.
  package func predict(_ samples: [SampleView], from first: Int = 0, into outputs: [MatrixView]) {
    precondition(
      samples.count == plan.inputCounts.count && outputs.count == plan.outputCounts.count)
    run(PredictionBatch(samples, from: first, outputs))
  }

  private func run(_ batch: PredictionBatch) {
    let size = plan.pieceRows
    guard batch.rows > size else {
      if batch.rows > 0 { run(batch, 0..<batch.rows, worker: 0) }
      return
    }
    workers.perform((batch.rows + size - 1) / size) { piece, worker in
      let first = piece * size
      run(batch, first..<min(first + size, batch.rows), worker: worker)
    }
  }

  private func run(_ batch: PredictionBatch, _ rows: Range<Int>, worker: Int) {
    PieceRun(
      plan: plan, weights: memory.weights, worker: memory.workers[worker], batch: batch,
      firstRow: rows.lowerBound, rows: rows.count
    ).run()
  }
}
