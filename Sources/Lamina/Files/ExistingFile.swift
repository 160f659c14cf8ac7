import CSystem

/// Whether something is at the path.
func fileExists(_ path: String) -> Bool { access(path, F_OK) == 0 }

/// - Throws: `.inputOutput`
func removeFile(_ path: String) throws(LaminaError) {
  guard unlink(path) == 0 else {
    throw LaminaError(.inputOutput, "\(path): cannot be removed: \(systemError())")
  }
}
