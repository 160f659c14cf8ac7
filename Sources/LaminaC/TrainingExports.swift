import CLamina
import Lamina

@_cdecl("lamina_model_compile") @implementation
public func lamina_model_compile(
  _ handle: OpaquePointer?, _ training_json: UnsafePointer<CChar>?
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      try model.compile(configuration: requireString(training_json, "training_json"))
    }
  }
}

@_cdecl("lamina_model_metric_count") @implementation
public func lamina_model_metric_count(
  _ handle: OpaquePointer?, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeCount(handle, count) { (model) throws(LaminaError) in try model.metricNames.count }
}

@_cdecl("lamina_model_metric_name") @implementation
public func lamina_model_metric_name(
  _ handle: OpaquePointer?, _ index: Int, _ buffer: UnsafeMutablePointer<CChar>?,
  _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try reading(handle) { (model) throws(LaminaError) in
      try element(of: model.metricNames, index, "figure")
    }
  }
}

@_cdecl("lamina_model_set_seed") @implementation
public func lamina_model_set_seed(_ handle: OpaquePointer?, _ seed: UInt64) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in try model.setSeed(seed) }
  }
}

@_cdecl("lamina_model_set_thread_count") @implementation
public func lamina_model_set_thread_count(
  _ handle: OpaquePointer?, _ thread_count: Int
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      guard thread_count >= 1, thread_count <= Workers.maximumThreadCount else {
        throw LaminaError(
          .invalidArgument,
          "thread_count is \(UInt(bitPattern: thread_count)), expected 1 to "
            + "\(Workers.maximumThreadCount)")
      }
      try model.setThreadCount(thread_count)
    }
  }
}

@_cdecl("lamina_model_learning_rate") @implementation
public func lamina_model_learning_rate(
  _ handle: OpaquePointer?, _ learning_rate: UnsafeMutablePointer<Float>?
) -> lamina_status {
  attempt { () throws(LaminaError) in
    let result = try require(learning_rate, "learning_rate")
    result.pointee = try reading(handle) { (model) throws(LaminaError) in
      guard let learningRate = model.learningRate else {
        throw LaminaError(.invalidArgument, "\(model.name): call compile first")
      }
      return learningRate
    }
  }
}

@_cdecl("lamina_model_set_learning_rate") @implementation
public func lamina_model_set_learning_rate(
  _ handle: OpaquePointer?, _ learning_rate: Float
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      try model.setLearningRate(learning_rate)
    }
  }
}

@_cdecl("lamina_model_fit") @implementation
public func lamina_model_fit(
  _ handle: OpaquePointer?, _ data: UnsafePointer<lamina_dataset>?,
  _ options: UnsafePointer<lamina_fit_options>?
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try training(handle) { (model) throws(LaminaError) in
      try FitOptions(options, for: model).fit(model, dataset(data, "data", for: model))
    }
  }
}

@_cdecl("lamina_model_history") @implementation
public func lamina_model_history(
  _ handle: OpaquePointer?, _ buffer: UnsafeMutablePointer<CChar>?, _ capacity: Int,
  _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  writeString(buffer, capacity, needed) { () throws(LaminaError) in
    try history(of: handle).json.text
  }
}

@_cdecl("lamina_model_evaluate") @implementation
public func lamina_model_evaluate(
  _ handle: OpaquePointer?, _ data: UnsafePointer<lamina_dataset>?, _ batch_size: Int,
  _ values: UnsafeMutablePointer<Double>?, _ capacity: Int, _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  count?.pointee = 0
  var evaluation: [NamedValue] = []
  let status = attempt { () throws(LaminaError) in
    let batchSize = try checkedCount(batch_size, "batch_size", standard: 32)
    evaluation = try reading(handle) { (model) throws(LaminaError) in
      try model.evaluate(dataset(data, "data", for: model), batchSize: batchSize).values
    }
  }
  guard status == LAMINA_OK else { return status }
  return writeArray(evaluation, values, capacity, count) { $0.value }
}

@_cdecl("lamina_model_save_checkpoint") @implementation
public func lamina_model_save_checkpoint(
  _ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try reading(handle) { (model) throws(LaminaError) in
      try model.save(requirePath(path), includingOptimizer: true)
    }
  }
}

@_cdecl("lamina_model_restore_checkpoint") @implementation
public func lamina_model_restore_checkpoint(
  _ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?
) -> lamina_status {
  attempt { () throws(LaminaError) in
    try changing(handle) { (model) throws(LaminaError) in
      try model.restoreTraining(from: requirePath(path))
    }
  }
}
