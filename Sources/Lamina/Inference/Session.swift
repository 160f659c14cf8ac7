/// Predicts with the weights that a model has when the session is made, and
/// keeps them whatever becomes of the model. Predicting allocates nothing; a
/// session is used by one thread at a time, and sessions do not wait for each
/// other, but where a serial OpenBLAS is a shared library.
public final class Session {
  /// How many samples are computed at once; more are done in pieces.
  public let maximumBatch: Int
  /// The classes' names in order; empty where there are none.
  public let labels: [String]
  public let preprocessing: Preprocessing?
  /// The shapes of a sample that goes into each input, and that comes out of
  /// each output.
  public let inputShapes: [Shape]
  public let outputShapes: [Shape]

  private let plan: InferencePlan
  private let memory: InferenceMemory
  /// What the steps read and write while a prediction runs.
  private var inputs: [MatrixView]
  private var outputs: [MatrixView]

  /// - Throws: `.invalidArgument` where the model is not built or the batch is
  ///   not 1 to 65,536; `.outOfMemory`
  public convenience init(_ model: Model, maximumBatch: Int = 256) throws(LaminaError) {
    guard maximumBatch >= 1, maximumBatch <= 65_536 else {
      throw LaminaError(
        .invalidArgument, "expected a maximum batch of 1 to 65536, got \(maximumBatch)")
    }
    let (graph, store) = try model.built()
    let plan = InferencePlan(graph)
    let memory = try InferenceMemory(
      plan,
      // A training changes its weights in place.
      store: model.isTraining ? try store.copy() : store, maximumBatch: maximumBatch)
    self.init(model, graph, plan, memory, maximumBatch: maximumBatch)
  }

  private init(
    _ model: Model, _ graph: Graph, _ plan: InferencePlan, _ memory: InferenceMemory,
    maximumBatch: Int
  ) {
    self.plan = plan
    self.memory = memory
    self.maximumBatch = maximumBatch
    labels = model.labels
    preprocessing = model.preprocessing
    inputShapes = graph.inputs.map { $0.shape }
    outputShapes = graph.outputs.map { $0.shape }
    inputs = plan.inputCounts.indices.map { memory.input($0, rows: 0) }
    outputs = plan.outputCounts.map { memory.empty(columns: $0) }
  }

  /// The shape of a sample of the first input, and of the first output.
  public var inputShape: Shape { inputShapes[0] }
  public var outputShape: Shape { outputShapes[0] }
  /// The numbers of a sample of the first input, and of the first output.
  public var inputCount: Int { plan.inputCounts[0] }
  public var outputCount: Int { plan.outputCounts[0] }
  /// What bytes are divided by.
  public var divisor: Float { preprocessing?.divisor ?? 1 }
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
    precondition(inputs.count == 1 && self.outputs.count == 1)
    assert(outputs.columns == outputCount)
    for start in stride(from: 0, to: outputs.rows, by: maximumBatch) {
      let rows = start..<min(start + maximumBatch, outputs.rows)
      inputs[0] = input(0, samples, from: start, rows: rows.count)
      self.outputs[0] = outputs.rows(rows)
      run(rows: rows.count)
    }
  }

  /// Computes a row of each of the outputs for each of the samples.
  ///
  /// - Parameters:
  ///   - samples: one for each input, from row `first` on.
  ///   - outputs: one for each output, all of the same number of rows; none
  ///     overlaps another or the samples.
  package func predict(_ samples: [SampleView], from first: Int = 0, into outputs: [MatrixView]) {
    assert(samples.count == inputs.count && outputs.count == self.outputs.count)
    let rowCount = outputs.first?.rows ?? 0
    for start in stride(from: 0, to: rowCount, by: maximumBatch) {
      let rows = start..<min(start + maximumBatch, rowCount)
      for index in inputs.indices {
        inputs[index] = input(index, samples[index], from: first + start, rows: rows.count)
      }
      for index in outputs.indices { self.outputs[index] = outputs[index].rows(rows) }
      run(rows: rows.count)
    }
  }

  private func input(_ index: Int, _ samples: SampleView, from first: Int, rows: Int) -> MatrixView
  {
    if let inPlace = samples.matrix(
      from: first, rows: rows, columns: plan.inputCounts[index])
    {
      return inPlace
    }
    let converted = memory.input(index, rows: rows)
    converted.assign(samples, from: first, divisor: divisor)
    return converted
  }

  private func run(rows: Int) {
    for (index, step) in plan.steps.enumerated() {
      switch step {
      case .copy(let from, let to, let count):
        view(of: to, count, rows).assign(view(of: from, count, rows))
      case .dense(let dense):
        run(dense, rows)
      case .layer(let call):
        run(call, at: index, rows)
      }
    }
  }

  private func run(_ dense: InferencePlan.Dense, _ rows: Int) {
    let kernel = memory.store.view(of: dense.kernel)
    let x = view(of: dense.input, kernel.rows * dense.rowsPerSample, rows)
    let y = view(of: dense.output, kernel.columns * dense.rowsPerSample, rows)
      .reshaped(columns: kernel.columns)
    y.assignProduct(x.reshaped(columns: kernel.rows), kernel)
    if let bias = dense.bias { y.add(toEachRow: memory.store.view(of: bias)) }
    dense.activation.apply(to: y, state: memory.noState)
  }

  private func run(_ call: InferencePlan.LayerCall, at step: Int, _ rows: Int) {
    for (position, input) in call.inputs.enumerated() {
      memory.passes[step].inputs[position] = view(of: input.place, input.count, rows)
    }
    memory.passes[step].output = view(of: call.output.place, call.output.count, rows)
    call.node.layer.forward(memory.passes[step])
  }

  private func view(of place: InferencePlan.Place, _ columns: Int, _ rows: Int) -> MatrixView {
    switch place {
    case .input(let index): inputs[index]
    case .output(let index): outputs[index]
    case .scratch(let offset):
      memory.scratch.matrix(at: offset * rows, rows: rows, columns: columns)
    }
  }
}
