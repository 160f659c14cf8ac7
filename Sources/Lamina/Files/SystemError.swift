import CSystem

/// The system's sentence for what went wrong last, such as "No such file or
/// directory".
func systemError() -> String {
  let code = laminasystem_errno()
  let bytes = [CChar](unsafeUninitializedCapacity: 256) { buffer, initializedCount in
    guard let base = buffer.baseAddress else { return }
    initializedCount = strlen(laminasystem_describe_error(code, base, buffer.count))
  }
  return String(decoding: bytes.map { UInt8(bitPattern: $0) }, as: UTF8.self)
}
