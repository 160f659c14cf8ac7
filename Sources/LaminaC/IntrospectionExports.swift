import CLamina
import Lamina

@_cdecl("lamina_model_parameter_count") @implementation
public func lamina_model_parameter_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<UInt64>?
) -> lamina_status {
  writeCount(handle, count) { $0.parameterCount }
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
    try reading(handle) { (model) throws(LaminaError) in
      try element(of: model.labels, index, "label")
    }
  }
}

@_cdecl("lamina_model_summary") @implementation
public func lamina_model_summary(
  _ handle: OpaquePointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try reading(handle) { $0.summary() }
  }
}

@_cdecl("lamina_model_config") @implementation
public func lamina_model_config(
  _ handle: OpaquePointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try reading(handle) { $0.configuration.text }
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
    try reading(handle) { (model) throws(LaminaError) in
      try element(of: model.metadata, index, "metadata entry").key
    }
  }
}

@_cdecl("lamina_model_metadata") @implementation
public func lamina_model_metadata(
  _ handle: OpaquePointer?, _ key: UnsafePointer<CChar>?,
  _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    let metadata = try reading(handle) { $0.metadata }
    let key = try requireString(key, "key")
    guard let entry = metadata.first(where: { $0.key == key }) else {
      throw LaminaError(.invalidArgument, "the model has no metadata \"\(key)\"")
    }
    return entry.value
  }
}

@_cdecl("lamina_model_set_metadata") @implementation
public func lamina_model_set_metadata(
  _ handle: OpaquePointer?, _ key: UnsafePointer<CChar>?, _ value: UnsafePointer<CChar>?
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      try model.setMetadata(
        requireString(key, "key"), to: value == nil ? nil : requireString(value, "value"))
    }
  }
}

@_cdecl("lamina_model_layer_count") @implementation
public func lamina_model_layer_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeCount(handle, count) { $0.layerNames.count }
}

@_cdecl("lamina_model_layer_name") @implementation
public func lamina_model_layer_name(
  _ handle: OpaquePointer?, _ index: Int, _ buffer: UnsafeMutablePointer<CChar>?,
  _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try reading(handle) { (model) throws(LaminaError) in
      try element(of: model.layerNames, index, "layer")
    }
  }
}

@_cdecl("lamina_model_set_layer_trainable") @implementation
public func lamina_model_set_layer_trainable(
  _ handle: OpaquePointer?, _ layer: UnsafePointer<CChar>?, _ trainable: Int32
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      try model.setTrainable(trainable != 0, layer: requireString(layer, "layer"))
    }
  }
}
