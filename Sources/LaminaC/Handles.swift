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
