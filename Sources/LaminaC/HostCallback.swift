import CLamina
import CSystem
import Lamina

/// Tells a host's function of a training's events, and stops where it wants that.
final class HostCallback: Callback {
  /// How far apart polls are, in seconds.
  private static let pollInterval = 0.05

  private let function: lamina_event_callback
  private let context: UnsafeMutableRawPointer?
  private let kinds: UInt32
  private var lastPoll = laminasystem_seconds()

  init(
    _ function: @escaping lamina_event_callback, context: UnsafeMutableRawPointer?, kinds: UInt32
  ) {
    self.function = function
    self.context = context
    self.kinds = kinds == 0 ? .max : kinds
  }

  func trainingBegan(_ training: Training) throws(LaminaError) {
    tell(LAMINA_EVENT_TRAINING_BEGAN, training)
  }

  func epochBegan(_ training: Training) throws(LaminaError) {
    tell(LAMINA_EVENT_EPOCH_BEGAN, training)
  }

  func batchBegan(_ training: Training) throws(LaminaError) {
    tell(LAMINA_EVENT_BATCH_BEGAN, training)
    poll(training)
  }

  func stageEnded(_ stage: TrainingStage, _ training: Training) throws(LaminaError) {
    poll(training)
  }

  func batchEnded(_ training: Training) throws(LaminaError) {
    tell(LAMINA_EVENT_BATCH_ENDED, training, training.progress.values)
  }

  func validationBegan(_ training: Training) throws(LaminaError) {
    tell(LAMINA_EVENT_VALIDATION_BEGAN, training)
  }

  func validationEnded(
    _ values: [NamedValue], _ training: Training
  ) throws(LaminaError) {
    tell(LAMINA_EVENT_VALIDATION_ENDED, training, values)
    poll(training)
  }

  func epochEnded(
    _ result: inout EpochResult, _ training: Training
  ) throws(LaminaError) {
    tell(LAMINA_EVENT_EPOCH_ENDED, training, result.values)
  }

  func trainingEnded(_ history: History, _ training: Training) throws(LaminaError) {
    tell(LAMINA_EVENT_TRAINING_ENDED, training)
  }

  private func poll(_ training: Training) {
    guard kinds & LAMINA_EVENT_POLL.rawValue != 0 else { return }
    let now = laminasystem_seconds()
    guard now - lastPoll >= HostCallback.pollInterval else { return }
    lastPoll = now
    tell(LAMINA_EVENT_POLL, training)
  }

  private func tell(
    _ kind: lamina_event_kind, _ training: Training, _ values: [NamedValue] = []
  ) {
    guard kinds & kind.rawValue != 0 else { return }
    let progress = training.progress
    var event = lamina_event()
    event.struct_size = MemoryLayout<lamina_event>.size
    event.kind = kind
    event.epoch = UInt64(progress.epoch)
    event.epoch_count = UInt64(progress.epochCount)
    event.batch = UInt64(progress.batch)
    event.batch_count = UInt64(progress.batchCount ?? 0)
    event.batch_loss = progress.batchLoss
    event.value_count = values.count
    let decision = withStrings(values.map { $0.name }) { names in
      values.map { $0.value }.withUnsafeBufferPointer { numbers in
        event.names = names
        event.values = numbers.baseAddress
        return function(&event, context)
      }
    }
    if decision != LAMINA_CONTINUE { training.stop() }
  }
}

/// Shows strings as C has them, while `body` runs.
private func withStrings<Result>(
  _ strings: [String], _ body: (UnsafePointer<UnsafePointer<CChar>?>?) -> Result
) -> Result {
  var characters: [CChar] = []
  var starts: [Int] = []
  for string in strings {
    starts.append(characters.count)
    for byte in string.utf8 { characters.append(CChar(bitPattern: byte)) }
    characters.append(0)
  }
  return characters.withUnsafeBufferPointer { characters in
    starts.map { start in characters.baseAddress.map { $0 + start } }
      .withUnsafeBufferPointer { body($0.baseAddress) }
  }
}
