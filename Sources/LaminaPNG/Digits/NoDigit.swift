import Lamina

/// Why a picture has no digit, where several steps find out the same.
extension LaminaError {
  static var noStroke: LaminaError {
    LaminaError(.noDigit, "no digit found: there is no stroke in the picture")
  }

  static var faintInk: LaminaError {
    LaminaError(.noDigit, "no digit found: what stands out of the paper fades into it")
  }

  static var emptySheet: LaminaError {
    LaminaError(.noDigit, "no digit found: the picture shows an empty sheet")
  }
}
