import CZlib

/// A tensor of a weights file, and where its numbers lie in memory.
struct StoredTensor {
  let name: String
  let variable: Graph.StoredVariable
  let storage: FloatStorage

  var view: MatrixView { variable.view(in: storage) }
}

extension ParameterStore {
  /// All variables, in the order of the layers.
  func tensors(of graph: Graph, prefix: String = "") -> [StoredTensor] {
    graph.variables.map {
      StoredTensor(
        name: prefix + $0.name, variable: $0, storage: $0.isTrainable ? trainable : nonTrainable)
    }
  }

  /// The CRC-32 (that of gzip and PNG) of all variables' bytes, in the order of the layers: no
  /// change of a single number leaves it as it is.
  func checksum(of graph: Graph) -> UInt32 {
    var sum = crc32_z(0, nil, 0)
    // An address of nothing would begin anew.
    for tensor in tensors(of: graph) where tensor.variable.count > 0 {
      let bytes = tensor.view.bytes
      sum = crc32_z(sum, bytes.baseAddress?.assumingMemoryBound(to: UInt8.self), bytes.count)
    }
    return UInt32(truncatingIfNeeded: sum)
  }
}

extension SafetensorsHeader {
  /// Checks that tensors are there with their types and shapes.
  ///
  /// - Parameters:
  ///   - prefix: stands before the variables' names in the file.
  ///   - owner: what needs the shapes, for messages.
  /// - Throws: `.format` or `.unsupported`, naming the tensor.
  func require(
    _ variables: [Graph.StoredVariable], prefix: String = "", owner: String,
    in entries: [String: Entry]
  ) throws(LaminaError) {
    for variable in variables {
      let name = prefix + variable.name
      guard let entry = entries[name] else {
        throw LaminaError(.format, "\(name) is missing; expected shape \(variable.shape)")
      }
      guard entry.dtype == "F32" else {
        throw LaminaError(.unsupported, "\(name): expected dtype F32, got \(entry.dtype)")
      }
      guard entry.shape == variable.shape else {
        throw LaminaError(
          .format, "\(name) has shape \(entry.shape), \(owner) needs \(variable.shape)")
      }
    }
  }

  /// The tensors by their names.
  ///
  /// - Throws: `.format`
  func entriesByName() throws(LaminaError) -> [String: Entry] {
    var table: [String: Entry] = [:]
    for entry in entries where table.updateValue(entry, forKey: entry.name) != nil {
      // The same characters, composed in another way.
      throw LaminaError(.format, "\(entry.name) is there twice")
    }
    return table
  }

  /// Reads tensors in their order in the file; skips all others.
  ///
  /// - Throws: `.inputOutput`; `.format` where the file ends too early or late.
  func read(_ tensors: [StoredTensor], from reader: ByteReader) throws(LaminaError) {
    var places: [String: StoredTensor] = [:]
    for tensor in tensors { places[tensor.name] = tensor }
    for entry in entries {
      let count: Int
      if let tensor = places[entry.name] {
        count = try reader.read(into: tensor.view.bytes)
      } else {
        count = try reader.skip(entry.range.count)
      }
      guard count == entry.range.count else {
        throw LaminaError(
          .format, "\(entry.name): the file ends after \(count) of \(entry.range.count) bytes")
      }
    }
    guard try reader.skip(1) == 0 else {
      throw LaminaError(.format, "bytes after the last tensor")
    }
  }
}
