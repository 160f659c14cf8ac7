import CLamina
import CSystem
import Lamina

/// Runs the body of an exported function: its error becomes a status, and the
/// calling thread's last message. The host's floating-point flags stay as they are.
func attempt(_ body: () throws(LaminaError) -> Void) -> lamina_status {
  let arithmetic = laminasystem_begin_arithmetic()
  defer { laminasystem_end_arithmetic(arithmetic) }
  do throws(LaminaError) {
    try body()
    return LAMINA_OK
  } catch {
    keepMessage(error.message)
    return status(of: error.kind)
  }
}

/// What `attempt` gives for a string or an array that the caller's buffer
/// cannot hold: no `LaminaError`, for the core knows no buffers.
func bufferTooSmall(_ message: String) -> lamina_status {
  keepMessage(message)
  return LAMINA_ERROR_BUFFER_TOO_SMALL
}

private func status(of kind: LaminaError.Kind) -> lamina_status {
  switch kind {
  case .invalidArgument: LAMINA_ERROR_INVALID_ARGUMENT
  case .inputOutput: LAMINA_ERROR_IO
  case .format: LAMINA_ERROR_FORMAT
  case .unsupported: LAMINA_ERROR_UNSUPPORTED
  case .image: LAMINA_ERROR_IMAGE
  case .noDigit: LAMINA_ERROR_NO_DIGIT
  case .outOfMemory: LAMINA_ERROR_OUT_OF_MEMORY
  case .busy: LAMINA_ERROR_BUSY
  }
}

/// Copies a message into the thread's buffer, cut between two characters where
/// it is too long.
private func keepMessage(_ message: String) {
  guard let buffer = laminasystem_message() else { return }
  let bytes = Array(message.utf8)
  var length = min(bytes.count, laminasystem_message_capacity - 1)
  while length < bytes.count, length > 0, bytes[length] & 0xC0 == 0x80 { length -= 1 }
  for index in 0..<length { buffer[index] = CChar(bitPattern: bytes[index]) }
  buffer[length] = 0
}
