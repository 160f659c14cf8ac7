/// Gives each layer of a network a name of its own.
struct LayerNames {
  private var names: Set<String> = []
  /// For each class, the number of layers that were named after it.
  private var counts: [String: Int] = [:]

  /// The name that the user gave, or one as Keras makes it after the class:
  /// dense, dense_1, dense_2.
  ///
  /// - Throws: `.invalidArgument` where a given name is taken or cannot be one.
  mutating func name(for layer: any Layer) throws(LaminaError) -> String {
    guard let name = layer.name else { return unique(baseName(of: layer)) }
    guard !name.isEmpty, !name.utf8.contains(UInt8(ascii: "/")) else {
      throw LaminaError(
        .invalidArgument, "\(name): a layer's name must not be empty or contain \"/\"")
    }
    guard names.insert(name).inserted else {
      throw LaminaError(
        .invalidArgument, "\(name): a layer's name must be its own, another layer has this one")
    }
    return name
  }

  /// The name, with a number where it is taken.
  mutating func unique(_ base: String) -> String {
    while true {
      let number = counts[base, default: 0]
      counts[base] = number + 1
      let name = number == 0 ? base : "\(base)_\(number)"
      if names.insert(name).inserted { return name }
    }
  }

  private func baseName(of layer: any Layer) -> String { snakeCase(layer.className) }
}

/// "GlobalMaxPooling2D" becomes "global_max_pooling2d" and "LSTM" "lstm", as in
/// Keras's to_snake_case.
func snakeCase(_ name: String) -> String {
  func isLower(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") }
  let bytes = Array(name.utf8)
  var result: [UInt8] = []
  for (index, byte) in bytes.enumerated() {
    let isUpper = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
    if isUpper, index > 0 {
      let beginsWord = index + 1 < bytes.count && isLower(bytes[index + 1])
      if beginsWord || isLower(bytes[index - 1]) { result.append(UInt8(ascii: "_")) }
    }
    result.append(isUpper ? byte + 32 : byte)
  }
  return String(decoding: result, as: UTF8.self)
}
