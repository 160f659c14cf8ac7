import CSystem
import Lamina
import LaminaPNG

/// What a `lamina_model *` points to.
final class ModelHandle {
  fileprivate let model: Model
  /// The epochs of the last training.
  fileprivate(set) var history = History()
  private let access: OpaquePointer

  private init(_ model: Model, _ access: OpaquePointer) {
    self.model = model
    self.access = access
  }

  /// - Throws: `.outOfMemory`
  convenience init(_ model: Model) throws(LaminaError) {
    guard let access = laminasystem_make_access() else {
      throw LaminaError(.outOfMemory, "no memory for a model")
    }
    self.init(model, access)
  }

  deinit { laminasystem_free_access(access) }

  /// - Throws: `.busy` while another thread changes the model.
  fileprivate func read<Result>(
    _ body: (ModelHandle) throws(LaminaError) -> Result
  ) throws(LaminaError) -> Result {
    let entry = laminasystem_begin_reading(access)
    guard entry != laminasystem_entry_refused else {
      throw LaminaError(
        .busy, "\(model.name): another thread is training or changing the model")
    }
    defer { if entry == laminasystem_entry_first { laminasystem_end_reading(access) } }
    return try body(self)
  }

  /// - Throws: `.busy` while another thread uses the model.
  fileprivate func change<Result>(
    _ body: (ModelHandle) throws(LaminaError) -> Result
  ) throws(LaminaError) -> Result {
    let entry = laminasystem_begin_changing(access)
    guard entry != laminasystem_entry_refused else {
      throw LaminaError(.busy, "\(model.name): another thread is using the model")
    }
    defer { if entry == laminasystem_entry_first { laminasystem_end_changing(access) } }
    return try body(self)
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

/// Uses the model behind a handle, and leaves it as it is.
///
/// - Throws: `.invalidArgument` where the handle is NULL; `.busy` while another
///   thread changes the model; what `body` throws.
func reading<Result>(
  _ handle: OpaquePointer?, _ body: (Model) throws(LaminaError) -> Result
) throws(LaminaError) -> Result {
  try modelHandle(handle).read { (handle) throws(LaminaError) in try body(handle.model) }
}

/// Changes the model behind a handle.
///
/// - Throws: `.invalidArgument` where the handle is NULL; `.busy` while another
///   thread uses the model; what `body` throws.
func changing<Result>(
  _ handle: OpaquePointer?, _ body: (Model) throws(LaminaError) -> Result
) throws(LaminaError) -> Result {
  try modelHandle(handle).change { (handle) throws(LaminaError) in try body(handle.model) }
}

/// Trains the model behind a handle, which keeps the history.
///
/// - Throws: as `changing`.
func training(
  _ handle: OpaquePointer?, _ body: (Model) throws(LaminaError) -> History
) throws(LaminaError) {
  try modelHandle(handle).change { (handle) throws(LaminaError) in
    handle.history = try body(handle.model)
  }
}

/// The epochs of the last training of a model.
///
/// - Throws: as `reading`.
func history(of handle: OpaquePointer?) throws(LaminaError) -> History {
  try modelHandle(handle).read { (handle) throws(LaminaError) in handle.history }
}

private func modelHandle(_ handle: OpaquePointer?) throws(LaminaError) -> ModelHandle {
  let handle = UnsafeRawPointer(try require(handle, "model"))
  return Unmanaged<ModelHandle>.fromOpaque(handle).takeUnretainedValue()
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
