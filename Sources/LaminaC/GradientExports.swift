import CLamina
import Lamina

@_cdecl("lamina_model_train_on_batch") @implementation
public func lamina_model_train_on_batch(
  _ handle: OpaquePointer?, _ batch: UnsafePointer<lamina_dataset>?,
  _ values: UnsafeMutablePointer<Double>?, _ capacity: Int, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  step(handle, batch, values, capacity, count) { (model, batch) throws(LaminaError) in
    try model.trainOnBatch(batch)
  }
}

@_cdecl("lamina_model_compute_gradients") @implementation
public func lamina_model_compute_gradients(
  _ handle: OpaquePointer?, _ batch: UnsafePointer<lamina_dataset>?,
  _ gradients: UnsafeMutablePointer<Float>?, _ gradient_capacity: Int,
  _ values: UnsafeMutablePointer<Double>?, _ capacity: Int, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  var needed = 0
  let status = step(handle, batch, values, capacity, count) { (model, batch) throws(LaminaError) in
    let expected = model.trainableParameterCount
    guard UInt(bitPattern: gradient_capacity) >= UInt(expected) else {
      needed = expected
      return nil
    }
    return try model.computeGradients(
      of: batch, into: row(gradients, expected, expected: expected, "gradients"))
  }
  guard needed == 0 else {
    return bufferTooSmall(
      "gradients needs room for \(needed) numbers, it has \(UInt(bitPattern: gradient_capacity))")
  }
  return status
}

/// Computes with a batch, where there is room for its figures.
///
/// - Parameter body: gives nil where it does nothing.
private func step(
  _ handle: OpaquePointer?, _ batch: UnsafePointer<lamina_dataset>?,
  _ values: UnsafeMutablePointer<Double>?, _ capacity: Int, _ count: UnsafeMutablePointer<Int>?,
  _ body: (Model, Dataset) throws(LaminaError) -> Evaluation?
) -> lamina_status {
  count?.pointee = 0
  var figures: [NamedValue] = []
  var missing: Int?
  let status = attempt { () throws(LaminaError) in
    guard values != nil || capacity == 0 else {
      throw LaminaError(
        .invalidArgument, "values is NULL, its capacity \(UInt(bitPattern: capacity))")
    }
    try changing(handle) { (model) throws(LaminaError) in
      let expected = try model.metricNames.count
      guard values == nil || UInt(bitPattern: capacity) >= UInt(expected) else {
        missing = expected
        return
      }
      let data = try dataset(batch, "batch", for: model)
      guard data.count <= 65_536 else {
        throw LaminaError(
          .invalidArgument, "batch: expected at most 65536 rows, got \(data.count)")
      }
      figures = try body(model, data)?.values ?? []
    }
  }
  if let missing {
    count?.pointee = missing
    return bufferTooSmall(
      "\(missing) figures are needed, values has \(UInt(bitPattern: capacity))")
  }
  guard status == LAMINA_OK else { return status }
  return writeArray(figures, values, capacity, count) { $0.value }
}

@_cdecl("lamina_model_apply_gradients") @implementation
public func lamina_model_apply_gradients(
  _ handle: OpaquePointer?, _ gradients: UnsafePointer<Float>?, _ gradient_count: Int
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      try model.applyGradients(
        row(
          gradients, gradient_count, expected: model.trainableParameterCount, "gradients"))
    }
  }
}

@_cdecl("lamina_model_trainable_count") @implementation
public func lamina_model_trainable_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<UInt64>?
) -> lamina_status {
  writeCount(handle, count) { $0.trainableParameterCount }
}

@_cdecl("lamina_model_get_parameters") @implementation
public func lamina_model_get_parameters(
  _ handle: OpaquePointer?, _ parameters: UnsafeMutablePointer<Float>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  count?.pointee = 0
  var missing: Int?
  let status = attempt { () throws(LaminaError) in
    guard parameters != nil || capacity == 0 else {
      throw LaminaError(
        .invalidArgument, "parameters is NULL, its capacity \(UInt(bitPattern: capacity))")
    }
    try reading(handle) { (model) throws(LaminaError) in
      let expected = model.parameterCount
      count?.pointee = expected
      guard let parameters else { return }
      guard UInt(bitPattern: capacity) >= UInt(expected) else {
        missing = expected
        return
      }
      try model.copyParameters(
        into: row(parameters, expected, expected: expected, "parameters"))
    }
  }
  if let missing {
    return bufferTooSmall(
      "parameters needs room for \(missing) numbers, it has \(UInt(bitPattern: capacity))")
  }
  return status
}

@_cdecl("lamina_model_set_parameters") @implementation
public func lamina_model_set_parameters(
  _ handle: OpaquePointer?, _ parameters: UnsafePointer<Float>?, _ count: Int
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      try model.setParameters(
        from: row(parameters, count, expected: model.parameterCount, "parameters"))
    }
  }
}

@_cdecl("lamina_model_variable_count") @implementation
public func lamina_model_variable_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeCount(handle, count) { $0.variablePlaces.count }
}

@_cdecl("lamina_model_variable_name") @implementation
public func lamina_model_variable_name(
  _ handle: OpaquePointer?, _ index: Int, _ buffer: UnsafeMutablePointer<CChar>?,
  _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try variable(handle, index).name
  }
}

@_cdecl("lamina_model_variable_shape") @implementation
public func lamina_model_variable_shape(
  _ handle: OpaquePointer?, _ index: Int, _ shape: UnsafeMutablePointer<Int64>?, _ capacity: Int,
  _ rank: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeShape(handle, index, shape, capacity, rank) { $0.variablePlaces.map { $0.shape } }
}

@_cdecl("lamina_model_variable_place") @implementation
public func lamina_model_variable_place(
  _ handle: OpaquePointer?, _ index: Int, _ offset: UnsafeMutablePointer<UInt64>?,
  _ count: UnsafeMutablePointer<UInt64>?, _ trained: UnsafeMutablePointer<Int32>?
) -> lamina_status {
  offset?.pointee = 0
  count?.pointee = 0
  trained?.pointee = 0
  return attempt { () throws(LaminaError) in
    let place = try variable(handle, index)
    offset?.pointee = UInt64(place.range.lowerBound)
    count?.pointee = UInt64(place.range.count)
    trained?.pointee = place.isTrained ? 1 : 0
  }
}

private func variable(
  _ handle: OpaquePointer?, _ index: Int
) throws(LaminaError) -> VariablePlace {
  try reading(handle) { (model) throws(LaminaError) in
    try element(of: model.variablePlaces, index, "variable")
  }
}
