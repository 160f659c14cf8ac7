import CBuiltinModel
import Lamina

extension Model {
  /// The network inside the library, which says which digit a picture shows: its
  /// input is 28x28 pixels, its labels are "0" to "9". Each call makes one of its
  /// own. `metadata` says how it was trained.
  ///
  /// - Throws: `.outOfMemory`; `.format` where this processor does not compute what
  ///   it should, for the network reproduces its test vector or is refused.
  public static func digits() throws(LaminaError) -> Model {
    var size = 0
    let bytes = UnsafeBufferPointer(start: laminabuiltin_digits(&size), count: size)
    do throws(LaminaError) {
      return try load(encoded: bytes.span)
    } catch {
      throw error.at("the built-in model")
    }
  }
}
