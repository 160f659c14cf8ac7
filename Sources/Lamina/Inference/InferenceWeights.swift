/// The weights as a session computes with them: the model's own, and those that
/// were made of them when the session was.
final class InferenceWeights {
  /// What one step multiplies by and adds.
  struct Linear {
    let kernel: MatrixView
    let bias: MatrixView?
    /// What a convolution made of the kernel.
    let packed: MatrixView
    /// Whether all of the kernel are numbers.
    let isFinite: Bool
  }

  /// y = (x - means) scales + shifts
  struct Factors {
    let means: MatrixView
    let scales: MatrixView
    let shifts: MatrixView
  }

  let store: ParameterStore
  /// What bytes are divided by, and what they are then.
  let divisor: Float
  let quotients: MatrixView
  private(set) var linear: [Linear] = []
  private(set) var factors: [Factors] = []
  /// Whether all weights that were folded are numbers; 1 / sqrt(0) is none.
  private(set) var isFinite = true

  private let storage: FloatStorage
  private var used: Int

  /// - Throws: `.outOfMemory`
  convenience init(
    _ plan: InferencePlan, store: ParameterStore, divisor: Float
  ) throws(LaminaError) {
    self.init(
      store: store, divisor: divisor,
      storage: try FloatStorage(
        rows: 1,
        columns: [256] + plan.weights.map { InferenceWeights.count(of: $0) }
          + (plan.factors + plan.weights.flatMap { $0.normalizations }).map {
            3 * InferenceWeights.aligned($0.channels)
          },
        for: "weights"))
    factors = plan.factors.map { makeFactors($0) }
    linear = plan.weights.map { makeLinear($0) }
  }

  private init(store: ParameterStore, divisor: Float, storage: FloatStorage) {
    self.store = store
    self.divisor = divisor
    self.storage = storage
    quotients = storage.matrix(at: 0, rows: 1, columns: 256)
    quotients.assignQuotients(divisor: divisor)
    used = quotients.count
  }

  /// How many numbers of its own a step has.
  private static func count(of weights: InferencePlan.Weights) -> Int {
    let folds = !weights.normalizations.isEmpty
    let folded = folds ? aligned(weights.kernel.count) + aligned(weights.columns) : 0
    return folded + aligned(weights.packedCount)
  }

  /// A whole number of cache lines.
  private static func aligned(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  private func take(rows: Int, columns: Int) -> MatrixView {
    defer { used += InferenceWeights.aligned(rows * columns) }
    return storage.matrix(at: used, rows: rows, columns: columns)
  }

  private func makeFactors(_ source: InferencePlan.Factors) -> Factors {
    let result = Factors(
      means: take(rows: 1, columns: source.channels),
      scales: take(rows: 1, columns: source.channels),
      shifts: take(rows: 1, columns: source.channels))
    source.layer.assignInferenceFactors(
      source.variables.map { store.view(of: $0) }, means: result.means,
      scales: result.scales, shifts: result.shifts)
    return result
  }

  private func makeLinear(_ source: InferencePlan.Weights) -> Linear {
    var kernel = store.view(of: source.kernel)
    var bias = source.bias.map { store.view(of: $0) }
    if !source.normalizations.isEmpty {
      let (rows, columns) = (source.kernel.count / source.columns, source.columns)
      let folded = take(rows: rows, columns: columns)
      let shifts = take(rows: 1, columns: columns)
      folded.assign(kernel)
      if let bias { shifts.assign(bias) }
      for normalization in source.normalizations {
        fold(makeFactors(normalization), into: folded, shifts)
      }
      isFinite = isFinite && folded.isFinite && shifts.isFinite
      // A kernel keeps its own columns, which may be fewer.
      kernel = folded.reshaped(columns: kernel.columns)
      bias = shifts
    }
    let packed = take(rows: 1, columns: source.packedCount)
    if let (layer, inputShape) = source.convolution {
      layer.pack(kernel, for: inputShape, into: packed)
    }
    return Linear(kernel: kernel, bias: bias, packed: packed, isFinite: kernel.isFinite)
  }

  /// (x kernel + bias - means) scales + shifts, as another kernel and bias.
  private func fold(_ factors: Factors, into kernel: MatrixView, _ bias: MatrixView) {
    for column in 0..<kernel.columns {
      let scale = factors.scales[0, column]
      for row in 0..<kernel.rows { kernel[row, column] *= scale }
      bias[0, column] =
        (bias[0, column] - factors.means[0, column]) * scale + factors.shifts[0, column]
    }
  }
}
