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
  public let inputShape: Shape
  public let outputShape: Shape

  private let plan: InferencePlan
  private let store: ParameterStore
  private let scratch: FloatStorage
  /// Where samples become float32; the network reads those that are in place.
  private let inputScratch: FloatStorage
  private let reservation: ProductReservation

  /// - Throws: `.invalidArgument` where the model is not built or the batch is
  ///   not 1 to 65,536; `.outOfMemory`
  public convenience init(_ model: Model, maximumBatch: Int = 256) throws(LaminaError) {
    guard maximumBatch >= 1, maximumBatch <= 65_536 else {
      throw LaminaError(
        .invalidArgument, "expected a maximum batch of 1 to 65536, got \(maximumBatch)")
    }
    let (graph, store) = try model.built()
    let plan = InferencePlan(graph)
    self.init(
      model, graph, plan,
      // A training changes its weights in place.
      store: model.isTraining ? try store.copy() : store,
      scratch: try FloatStorage(
        rows: maximumBatch, columns: [plan.scratchCount], for: "scratch"),
      inputScratch: try FloatStorage(
        rows: maximumBatch, columns: [plan.inputCount], for: "the input"),
      reservation: try ProductReservation(), maximumBatch: maximumBatch)
  }

  private init(
    _ model: Model, _ graph: Graph, _ plan: InferencePlan, store: ParameterStore,
    scratch: FloatStorage, inputScratch: FloatStorage, reservation: ProductReservation,
    maximumBatch: Int
  ) {
    self.plan = plan
    self.store = store
    self.scratch = scratch
    self.inputScratch = inputScratch
    self.reservation = reservation
    self.maximumBatch = maximumBatch
    labels = model.labels
    preprocessing = model.preprocessing
    inputShape = graph.inputShape
    outputShape = graph.outputShape
  }

  /// The numbers of a sample that goes in, and of one that comes out.
  public var inputCount: Int { plan.inputCount }
  public var outputCount: Int { plan.outputCount }
  /// What bytes are divided by.
  public var divisor: Float { preprocessing?.divisor ?? 1 }
  /// Whether the outputs are probabilities already, by a softmax at the end.
  public var givesProbabilities: Bool { plan.endsInSoftmax }

  /// Computes a row of `outputs` for each of the samples.
  ///
  /// - Parameters:
  ///   - samples: `outputs.rows` times `inputCount` numbers.
  ///   - outputs: a matrix of `outputCount` columns that does not overlap the
  ///     samples.
  package func predict(_ samples: SampleView, into outputs: MatrixView) {
    predict(samples, from: 0, divisor: divisor, into: outputs)
  }

  /// The same for the samples from `first` on.
  func predict(
    _ samples: SampleView, from first: Int, divisor: Float, into outputs: MatrixView
  ) {
    assert(outputs.columns == outputCount)
    for start in stride(from: 0, to: outputs.rows, by: maximumBatch) {
      let rows = start..<min(start + maximumBatch, outputs.rows)
      let input = inputs(samples, first + start, rows: rows.count, divisor: divisor)
      run(input: input, output: outputs.rows(rows))
    }
  }

  private func inputs(
    _ samples: SampleView, _ first: Int, rows: Int, divisor: Float
  ) -> MatrixView {
    if let inPlace = samples.matrix(from: first, rows: rows, columns: inputCount) {
      return inPlace
    }
    let converted = inputScratch.matrix(at: 0, rows: rows, columns: inputCount)
    converted.assign(samples, from: first, divisor: divisor)
    return converted
  }

  private func run(input: MatrixView, output: MatrixView) {
    for step in plan.steps {
      switch step {
      case .copy: output.assign(input)
      case .dense(let dense):
        let kernel = store.view(of: dense.kernel)
        let x = view(of: dense.input, kernel.rows, input: input, output: output)
        let y = view(of: dense.output, kernel.columns, input: input, output: output)
        y.assignProduct(x, kernel)
        if let bias = dense.bias { y.add(toEachRow: store.view(of: bias)) }
        dense.activation.apply(to: y)
      }
    }
  }

  private func view(
    of place: InferencePlan.Place, _ columns: Int, input: MatrixView, output: MatrixView
  ) -> MatrixView {
    switch place {
    case .input: input
    case .output: output
    case .scratch(let offset):
      scratch.matrix(at: offset * input.rows, rows: input.rows, columns: columns)
    }
  }
}
