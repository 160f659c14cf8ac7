import Lamina
import LaminaPNG

/// What a `lamina_model *` points to.
final class ModelHandle {
  let model: Model

  init(_ model: Model) {
    self.model = model
  }
}

/// What a `lamina_session *` points to.
final class SessionHandle {
  let session: Session
  /// The numbers of a sample of each input and each output.
  let inputCounts: [Int]
  let outputCounts: [Int]
  /// The same, where there is one input and one output; else nil.
  let onlyCounts: (input: Int, output: Int)?
  /// The most rows whose inputs and outputs are pieces of memory of a size that
  /// can be: sizes of no more rows overflow nowhere.
  let maximumRows: Int
  /// What a prediction reads and writes. The arrays keep their memory, for a
  /// prediction allocates nothing.
  var batches: [Batch] = []
  var samples: [SampleView] = []
  var predictions: [MatrixView] = []

  init(_ session: Session) {
    self.session = session
    inputCounts = session.inputShapes.map { $0.checkedElementCount ?? 0 }
    outputCounts = session.outputShapes.map { $0.checkedElementCount ?? 0 }
    onlyCounts =
      inputCounts.count == 1 && outputCounts.count == 1 ? (inputCounts[0], outputCounts[0]) : nil
    maximumRows = Int.max / 4 / (inputCounts + outputCounts).reduce(1, max)
    batches.reserveCapacity(inputCounts.count)
    samples.reserveCapacity(inputCounts.count)
    predictions.reserveCapacity(outputCounts.count)
  }
}

/// Gives an object to the caller, who gives it back by `release`.
func retain(_ object: AnyObject) -> OpaquePointer {
  OpaquePointer(Unmanaged.passRetained(object).toOpaque())
}

func release(_ handle: OpaquePointer?) {
  guard let handle else { return }
  Unmanaged<AnyObject>.fromOpaque(UnsafeRawPointer(handle)).release()
}

/// The model behind a handle.
///
/// - Throws: `.invalidArgument` where it is NULL.
func model(_ handle: OpaquePointer?) throws(LaminaError) -> Model {
  let handle = UnsafeRawPointer(try require(handle, "model"))
  return Unmanaged<ModelHandle>.fromOpaque(handle).takeUnretainedValue().model
}

/// The session behind a handle.
///
/// - Throws: `.invalidArgument` where it is NULL.
func session(_ handle: OpaquePointer?) throws(LaminaError) -> Session {
  try sessionHandle(handle).session
}

/// - Throws: `.invalidArgument` where it is NULL.
func sessionHandle(_ handle: OpaquePointer?) throws(LaminaError) -> SessionHandle {
  let handle = UnsafeRawPointer(try require(handle, "session"))
  return Unmanaged<SessionHandle>.fromOpaque(handle).takeUnretainedValue()
}

/// Works with the session behind a handle without owning it meanwhile: what owns
/// it counts its owners, which takes longer than a small prediction's checks.
func withSessionHandle<Result>(
  _ handle: OpaquePointer, _ body: (SessionHandle) -> Result
) -> Result {
  Unmanaged<SessionHandle>.fromOpaque(UnsafeRawPointer(handle))._withUnsafeGuaranteedRef(body)
}
