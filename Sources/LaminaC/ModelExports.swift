import CLamina
import Lamina
import LaminaPNG

@_cdecl("lamina_model_load_file") @implementation
public func lamina_model_load_file(
  _ path: UnsafePointer<CChar>?, _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> lamina_status {
  makeModel(model) { () throws(LaminaError) in
    try Model.load(requirePath(path))
  }
}

@_cdecl("lamina_model_load_memory") @implementation
public func lamina_model_load_memory(
  _ bytes: UnsafeRawPointer?, _ size: Int, _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> lamina_status {
  makeModel(model) { () throws(LaminaError) in
    try Model.load(encoded: requireBytes(bytes, size, "bytes").span)
  }
}

@_cdecl("lamina_model_load_builtin") @implementation
public func lamina_model_load_builtin(
  _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> lamina_status {
  makeModel(model) { () throws(LaminaError) in try Model.digits() }
}

@_cdecl("lamina_model_create") @implementation
public func lamina_model_create(
  _ config_json: UnsafePointer<CChar>?, _ seed: UInt64,
  _ model: UnsafeMutablePointer<OpaquePointer?>?
) -> lamina_status {
  makeModel(model) { () throws(LaminaError) in
    try Model.make(configuration: requireString(config_json, "config_json"), seed: seed)
  }
}

@_cdecl("lamina_model_save_file") @implementation
public func lamina_model_save_file(
  _ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try reading(handle) { (model) throws(LaminaError) in
      try model.save(requirePath(path))
    }
  }
}

@_cdecl("lamina_model_save_memory") @implementation
public func lamina_model_save_memory(
  _ handle: OpaquePointer?, _ bytes: UnsafeMutableRawPointer?, _ capacity: Int,
  _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  needed?.pointee = 0
  var encoded: [UInt8] = []
  let status = attempt { () throws(LaminaError) in
    encoded = try reading(handle) { (model) throws(LaminaError) in try model.encoded() }
  }
  guard status == LAMINA_OK else { return status }
  return writeArray(
    encoded, bytes?.assumingMemoryBound(to: UInt8.self), capacity, needed
  ) { $0 }
}

@_cdecl("lamina_model_free") @implementation
public func lamina_model_free(_ handle: OpaquePointer?) {
  release(handle)
}

private func makeModel(
  _ result: UnsafeMutablePointer<OpaquePointer?>?,
  _ make: () throws(LaminaError) -> Model
) -> lamina_status {
  result?.pointee = nil
  return attempt { () throws(LaminaError) in
    let result = try require(result, "model")
    result.pointee = retain(try ModelHandle(make()))
  }
}
