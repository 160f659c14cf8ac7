import CLamina
import Lamina
import LaminaPNG

@_cdecl("lamina_session_classify_png_file") @implementation
public func lamina_session_classify_png_file(
  _ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ options: UnsafePointer<lamina_png_options>?,
  _ predictions: UnsafeMutablePointer<lamina_prediction>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  classify(handle, options, predictions, capacity, count) { (classifier, top) throws(LaminaError) in
    try classifier.classify(path: requirePath(path), top: top)
  }
}

@_cdecl("lamina_session_classify_png_memory") @implementation
public func lamina_session_classify_png_memory(
  _ handle: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ size: Int,
  _ options: UnsafePointer<lamina_png_options>?,
  _ predictions: UnsafeMutablePointer<lamina_prediction>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?
) -> lamina_status {
  classify(handle, options, predictions, capacity, count) { (classifier, top) throws(LaminaError) in
    let bytes = try requireBytes(bytes, size, "bytes")
    return try classifier.classify(bytes.span, name: memoryName, top: top)
  }
}

@_cdecl("lamina_model_preprocess_png_file") @implementation
public func lamina_model_preprocess_png_file(
  _ handle: OpaquePointer?, _ path: UnsafePointer<CChar>?,
  _ options: UnsafePointer<lamina_png_options>?, _ pixels: UnsafeMutablePointer<UInt8>?,
  _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  preprocess(handle, options, pixels, capacity, needed) { (decoder) throws(LaminaError) in
    let path = try requirePath(path)
    return (path, try decoder.decode(path: path))
  }
}

@_cdecl("lamina_model_preprocess_png_memory") @implementation
public func lamina_model_preprocess_png_memory(
  _ handle: OpaquePointer?, _ bytes: UnsafeRawPointer?, _ size: Int,
  _ options: UnsafePointer<lamina_png_options>?, _ pixels: UnsafeMutablePointer<UInt8>?,
  _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?
) -> lamina_status {
  preprocess(handle, options, pixels, capacity, needed) { (decoder) throws(LaminaError) in
    let bytes = try requireBytes(bytes, size, "bytes")
    return (memoryName, try decoder.decode(bytes.span, name: memoryName))
  }
}

/// What messages call a picture that has no file.
let memoryName = "<memory>"

func decoder(
  _ options: UnsafePointer<lamina_png_options>?
) throws(LaminaError) -> PNGDecoder {
  guard let options else { return PNGDecoder() }
  try checkStructSize(
    options.pointee.struct_size, FirstSize.pngOptions, "lamina_png_options")
  let maximum = options.pointee.max_pixels
  return maximum == 0 ? PNGDecoder() : PNGDecoder(maximumPixels: maximum)
}

private func classify(
  _ handle: OpaquePointer?, _ options: UnsafePointer<lamina_png_options>?,
  _ predictions: UnsafeMutablePointer<lamina_prediction>?, _ capacity: Int,
  _ count: UnsafeMutablePointer<Int>?,
  _ body: (PNGClassifier, _ top: Int) throws(LaminaError) -> [Prediction]
) -> lamina_status {
  count?.pointee = 0
  return attempt { () throws(LaminaError) in
    let session = try session(handle)
    let predictions = try require(predictions, "predictions")
    let count = try require(count, "count")
    guard capacity != 0 else {
      throw LaminaError(.invalidArgument, "capacity is 0, expected room for a prediction")
    }
    // A capacity above Int.max arrives as a negative number.
    let top = capacity > 0 ? capacity : .max
    var classifier = try PNGClassifier(session: session)
    classifier.decoder = try decoder(options)
    let best = try body(classifier, top)
    for (index, prediction) in best.enumerated() {
      predictions[index] = lamina_prediction(
        class_index: Int32(prediction.classIndex), probability: prediction.probability)
    }
    count.pointee = best.count
  }
}

private func preprocess(
  _ handle: OpaquePointer?, _ options: UnsafePointer<lamina_png_options>?,
  _ pixels: UnsafeMutablePointer<UInt8>?, _ capacity: Int, _ needed: UnsafeMutablePointer<Int>?,
  _ decode: (PNGDecoder) throws(LaminaError) -> (name: String, picture: Picture)
) -> lamina_status {
  needed?.pointee = 0
  var digit: [UInt8] = []
  let status = attempt { () throws(LaminaError) in
    let preprocessor = try reading(handle) { (model) throws(LaminaError) in
      try DigitPreprocessor(for: model.preprocessing, inputShapes: model.inputShapes)
    }
    guard pixels != nil || capacity != 0 else {
      needed?.pointee = DigitPreprocessor.side * DigitPreprocessor.side
      return
    }
    let (name, picture) = try decode(decoder(options))
    do throws(LaminaError) {
      digit = try preprocessor.digit(from: picture).pixels
    } catch {
      throw error.at(name)
    }
  }
  guard status == LAMINA_OK, !digit.isEmpty else { return status }
  return writeArray(digit, pixels, capacity, needed) { $0 }
}
