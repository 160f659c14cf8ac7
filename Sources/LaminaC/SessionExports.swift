import CLamina
import CSystem
import Lamina

@_cdecl("lamina_session_create") @implementation
public func lamina_session_create(
  _ handle: OpaquePointer?, _ options: UnsafePointer<lamina_session_options>?,
  _ result: UnsafeMutablePointer<OpaquePointer?>?
) -> lamina_status {
  result?.pointee = nil
  return attempt { () throws(LaminaError) in
    let session = try reading(handle) { (model) throws(LaminaError) in
      _ = try require(result, "session")
      let (maximumBatch, threadCount) = try numbers(of: options)
      return try Session(model, maximumBatch: maximumBatch, threadCount: threadCount)
    }
    result?.pointee = retain(SessionHandle(session))
  }
}

private func numbers(
  of options: UnsafePointer<lamina_session_options>?
) throws(LaminaError) -> (maximumBatch: Int, threadCount: Int) {
  let standard = 256
  guard let options else { return (standard, 1) }
  let size = options.pointee.struct_size
  try checkStructSize(size, FirstSize.sessionOptions, "lamina_session_options")
  let maximumBatch = options.pointee.max_batch
  guard maximumBatch >= 0 else {
    // A size above Int.max arrives as a negative number.
    throw LaminaError(
      .invalidArgument, "max_batch is \(UInt(bitPattern: maximumBatch)), expected 0 to 65536")
  }
  // A program that was compiled before there was a thread_count has none to read.
  let knowsThreads = UInt(bitPattern: size) >= UInt(MemoryLayout<lamina_session_options>.size)
  let threadCount = knowsThreads ? options.pointee.thread_count : 0
  guard threadCount >= 0, threadCount <= Workers.maximumThreadCount else {
    throw LaminaError(
      .invalidArgument,
      "thread_count is \(UInt(bitPattern: threadCount)), expected 0 to "
        + "\(Workers.maximumThreadCount)")
  }
  return (maximumBatch == 0 ? standard : maximumBatch, max(1, threadCount))
}

@_cdecl("lamina_session_free") @implementation
public func lamina_session_free(_ handle: OpaquePointer?) {
  release(handle)
}

@_cdecl("lamina_session_predict") @implementation
public func lamina_session_predict(
  _ handle: OpaquePointer?, _ inputs: UnsafePointer<lamina_tensor>?, _ input_count: Int,
  _ outputs: UnsafeMutablePointer<lamina_tensor>?, _ output_count: Int
) -> lamina_status {
  var missing: String?
  let status = attempt { () throws(LaminaError) in
    let handle = try sessionHandle(handle)
    let inputs = try require(inputs, "inputs")
    let outputs = try require(outputs, "outputs")
    guard input_count == handle.inputCounts.count, output_count == handle.outputCounts.count else {
      throw LaminaError(
        .invalidArgument,
        "expected \(counts(handle.inputCounts.count, handle.outputCounts.count)), "
          + "got \(UInt(bitPattern: input_count)) and \(UInt(bitPattern: output_count))")
    }
    missing = try handle.predict(inputs, into: outputs)
  }
  if let missing { return bufferTooSmall(missing) }
  return status
}

@_cdecl("lamina_session_predict_float32") @implementation
public func lamina_session_predict_float32(
  _ handle: OpaquePointer?, _ input: UnsafePointer<Float>?, _ rows: Int,
  _ output: UnsafeMutablePointer<Float>?, _ output_capacity: Int
) -> lamina_status {
  let arithmetic = laminasystem_begin_arithmetic()
  defer { laminasystem_end_arithmetic(arithmetic) }
  // What is right goes straight through; anything else is looked at closely.
  if let handle, let input, let output,
    withSessionHandle(handle, { $0.predictIfRight(input, rows, output, output_capacity) })
  {
    return LAMINA_OK
  }
  return predictFloat32(handle, input, rows, output, output_capacity)
}

/// The same, with a message where something is wrong.
private func predictFloat32(
  _ handle: OpaquePointer?, _ input: UnsafePointer<Float>?, _ rows: Int,
  _ output: UnsafeMutablePointer<Float>?, _ output_capacity: Int
) -> lamina_status {
  var needed = 0
  let status = attempt { () throws(LaminaError) in
    let handle = try sessionHandle(handle)
    guard handle.inputCounts.count == 1, handle.outputCounts.count == 1 else {
      throw LaminaError(
        .invalidArgument,
        "lamina_session_predict_float32 is for models of 1 input and 1 output, this one has "
          + counts(handle.inputCounts.count, handle.outputCounts.count)
          + "; lamina_session_predict takes them")
    }
    let input = try require(input, "input")
    let output = try require(output, "output")
    try checkAlignment(input, 4, "input")
    try checkAlignment(output, 4, "output")
    guard rows >= 0, rows <= handle.maximumRows else {
      throw LaminaError(.invalidArgument, "\(UInt(bitPattern: rows)) rows are too many")
    }
    let count = rows * handle.outputCounts[0]
    guard UInt(bitPattern: output_capacity) >= UInt(count) else {
      needed = count
      return
    }
    try handle.predict(input, rows: rows, into: output)
  }
  guard needed == 0 else {
    return bufferTooSmall(
      "output needs room for \(needed) numbers, it has \(UInt(bitPattern: output_capacity))")
  }
  return status
}

/// "2 inputs and 1 output"
private func counts(_ inputs: Int, _ outputs: Int) -> String {
  "\(inputs) input\(inputs == 1 ? "" : "s") and \(outputs) output\(outputs == 1 ? "" : "s")"
}
