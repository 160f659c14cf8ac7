import CLamina
import CSystem

@_cdecl("lamina_version") @implementation
public func lamina_version() -> UnsafePointer<CChar>? {
  constant("0.1.0")
}

@_cdecl("lamina_abi_version") @implementation
public func lamina_abi_version() -> UInt32 {
  UInt32(LAMINA_ABI_VERSION)
}

@_cdecl("lamina_status_name") @implementation
public func lamina_status_name(_ status: lamina_status) -> UnsafePointer<CChar>? {
  switch status {
  case LAMINA_OK: constant("LAMINA_OK")
  case LAMINA_ERROR_INVALID_ARGUMENT: constant("LAMINA_ERROR_INVALID_ARGUMENT")
  case LAMINA_ERROR_IO: constant("LAMINA_ERROR_IO")
  case LAMINA_ERROR_FORMAT: constant("LAMINA_ERROR_FORMAT")
  case LAMINA_ERROR_UNSUPPORTED: constant("LAMINA_ERROR_UNSUPPORTED")
  case LAMINA_ERROR_IMAGE: constant("LAMINA_ERROR_IMAGE")
  case LAMINA_ERROR_NO_DIGIT: constant("LAMINA_ERROR_NO_DIGIT")
  case LAMINA_ERROR_BUFFER_TOO_SMALL: constant("LAMINA_ERROR_BUFFER_TOO_SMALL")
  case LAMINA_ERROR_OUT_OF_MEMORY: constant("LAMINA_ERROR_OUT_OF_MEMORY")
  case LAMINA_ERROR_BUSY: constant("LAMINA_ERROR_BUSY")
  default: constant("unknown status")
  }
}

@_cdecl("lamina_last_error_message") @implementation
public func lamina_last_error_message() -> UnsafePointer<CChar>? {
  UnsafePointer(laminasystem_message())
}

/// A string that lives as long as the library.
private func constant(_ string: StaticString) -> UnsafePointer<CChar> {
  UnsafeRawPointer(string.utf8Start).assumingMemoryBound(to: CChar.self)
}
