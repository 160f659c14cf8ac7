import CLamina
import Lamina

@_cdecl("lamina_model_parameter_count") @implementation
public func lamina_model_parameter_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<UInt64>?
) -> lamina_status {
  count?.pointee = 0
  return attempt { () throws(LaminaError) in
    let model = try model(handle)
    try require(count, "count").pointee = UInt64(model.parameterCount)
  }
}

@_cdecl("lamina_model_input_count") @implementation
public func lamina_model_input_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeCount(handle, count) { $0.inputShapes.count }
}

@_cdecl("lamina_model_output_count") @implementation
public func lamina_model_output_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeCount(handle, count) { $0.outputShapes.count }
}

@_cdecl("lamina_model_input_shape") @implementation
public func lamina_model_input_shape(
  _ handle: OpaquePointer?, _ index: Int, _ shape: UnsafeMutablePointer<Int64>?, _ capacity: Int,
  _ rank: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeShape(handle, index, shape, capacity, rank) { $0.inputShapes }
}

@_cdecl("lamina_model_output_shape") @implementation
public func lamina_model_output_shape(
  _ handle: OpaquePointer?, _ index: Int, _ shape: UnsafeMutablePointer<Int64>?, _ capacity: Int,
  _ rank: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeShape(handle, index, shape, capacity, rank) { $0.outputShapes }
}

@_cdecl("lamina_model_label_count") @implementation
public func lamina_model_label_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeCount(handle, count) { $0.labels.count }
}

@_cdecl("lamina_model_label") @implementation
public func lamina_model_label(
  _ handle: OpaquePointer?, _ index: Int, _ buffer: UnsafeMutablePointer<CChar>?,
  _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try element(of: model(handle).labels, index, "label")
  }
}

@_cdecl("lamina_model_summary") @implementation
public func lamina_model_summary(
  _ handle: OpaquePointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try model(handle).summary()
  }
}

@_cdecl("lamina_model_config") @implementation
public func lamina_model_config(
  _ handle: OpaquePointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try model(handle).configuration.text
  }
}

@_cdecl("lamina_model_metadata_count") @implementation
public func lamina_model_metadata_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeCount(handle, count) { $0.metadata.count }
}

@_cdecl("lamina_model_metadata_key") @implementation
public func lamina_model_metadata_key(
  _ handle: OpaquePointer?, _ index: Int, _ buffer: UnsafeMutablePointer<CChar>?,
  _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try element(of: model(handle).metadata, index, "metadata entry").key
  }
}

@_cdecl("lamina_model_metadata") @implementation
public func lamina_model_metadata(
  _ handle: OpaquePointer?, _ key: UnsafePointer<CChar>?,
  _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    let metadata = try model(handle).metadata
    let key = try requireString(key, "key")
    guard let entry = metadata.first(where: { $0.key == key }) else {
      throw LaminaError(.invalidArgument, "the model has no metadata \"\(key)\"")
    }
    return entry.value
  }
}

private func writeCount(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?, _ value: (Model) -> Int
) -> lamina_status {
  count?.pointee = 0
  return attempt { () throws(LaminaError) in
    let model = try model(handle)
    try require(count, "count").pointee = value(model)
  }
}

private func writeShape(
  _ handle: OpaquePointer?, _ index: Int, _ shape: UnsafeMutablePointer<Int64>?, _ capacity: Int,
  _ rank: UnsafeMutablePointer<Int>?, _ shapes: (Model) -> [Shape]
) -> lamina_status {
  rank?.pointee = 0
  var dimensions: [Int] = []
  let status = attempt { () throws(LaminaError) in
    dimensions = try element(of: shapes(model(handle)), index, "shape").dimensions
    _ = try require(rank, "rank")
  }
  guard status == LAMINA_OK else { return status }
  return writeArray(dimensions, shape, capacity, rank) { Int64($0) }
}

/// - Throws: `.invalidArgument` where there is no such element.
private func element<Element>(
  of array: [Element], _ index: Int, _ kind: StaticString
) throws(LaminaError) -> Element {
  guard array.indices.contains(index) else {
    throw LaminaError(
      .invalidArgument, "there is no \(kind) \(UInt(bitPattern: index)), there are \(array.count)")
  }
  return array[index]
}
