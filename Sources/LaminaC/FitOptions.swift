import CLamina
import Lamina

/// How a host wants a training to go.
struct FitOptions {
  private var batchSize = 32
  private var epochs = 1
  private var initialEpoch = 0
  private var stepsPerEpoch: Int?
  private var validation: Dataset?
  private var validationSplit = 0.0
  private var classWeights: [Int: Float] = [:]
  private var shuffle = true
  private var callbacks: [any Callback] = []

  /// - Throws: `.invalidArgument`, `.format` or `.unsupported`, naming the member.
  init(
    _ pointer: UnsafePointer<lamina_fit_options>?, for model: Model
  ) throws(LaminaError) {
    guard let pointer else { return }
    try checkStructSize(
      pointer.pointee.struct_size, FirstSize.fitOptions, "lamina_fit_options")
    let options = pointer.pointee
    batchSize = try checkedCount(options.batch_size, "batch_size", standard: 32)
    epochs = try checkedCount(options.epochs, "epochs", standard: 1)
    initialEpoch = try checkedCount(options.initial_epoch, "initial_epoch", standard: 0)
    let steps = try checkedCount(options.steps_per_epoch, "steps_per_epoch", standard: 0)
    stepsPerEpoch = steps == 0 ? nil : steps
    if options.validation != nil {
      validation = try dataset(options.validation, "validation", for: model)
    }
    validationSplit = options.validation_split
    classWeights = try FitOptions.weights(options.class_weights, options.class_weight_count)
    guard options.keeps_order <= 1 else {
      throw LaminaError(
        .invalidArgument, "keeps_order is \(options.keeps_order), expected 0 or 1")
    }
    shuffle = options.keeps_order == 0
    if options.callbacks_json != nil {
      callbacks = try FitOptions.callbacks(requireString(options.callbacks_json, "callbacks_json"))
    }
    if let callback = options.callback {
      callbacks.append(
        HostCallback(callback, context: options.context, kinds: options.event_kinds))
    }
  }

  func fit(_ model: Model, _ dataset: Dataset) throws(LaminaError) -> History {
    try model.fit(
      dataset, batchSize: batchSize, epochs: epochs, initialEpoch: initialEpoch,
      stepsPerEpoch: stepsPerEpoch, validation: validation, validationSplit: validationSplit,
      classWeights: classWeights, shuffle: shuffle, callbacks: callbacks)
  }

  private static func callbacks(_ json: String) throws(LaminaError) -> [any Callback] {
    do throws(LaminaError) {
      return try CallbackRegistry.make(json)
    } catch {
      throw error.at("callbacks_json")
    }
  }

  private static func weights(
    _ weights: UnsafePointer<Float>?, _ size: Int
  ) throws(LaminaError) -> [Int: Float] {
    let maximum = 1 << 20
    guard size >= 0, size <= maximum else {
      throw LaminaError(
        .invalidArgument,
        "class_weight_count is \(UInt(bitPattern: size)), expected at most \(maximum)")
    }
    guard size > 0 else { return [:] }
    let weights = try require(weights, "class_weights")
    try checkAlignment(weights, 4, "class_weights")
    var result: [Int: Float] = [:]
    for (label, weight) in UnsafeBufferPointer(start: weights, count: size).enumerated()
    where weight != 1 {
      result[label] = weight
    }
    return result
  }
}
