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

  init(_ session: Session) {
    self.session = session
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
  let handle = UnsafeRawPointer(try require(handle, "session"))
  return Unmanaged<SessionHandle>.fromOpaque(handle).takeUnretainedValue().session
}
