/// Tells a function of a training's events, and stops where it wants that.
final class EventCallback: Callback {
  private let onEvent: (TrainingEvent) -> TrainingDecision

  init(_ onEvent: @escaping (TrainingEvent) -> TrainingDecision) {
    self.onEvent = onEvent
  }

  private func tell(_ event: TrainingEvent, _ training: Training) {
    if onEvent(event) == .stop { training.stop() }
  }

  func trainingBegan(_ training: Training) throws(LaminaError) {
    tell(.trainingBegan(training.progress), training)
  }

  func epochBegan(_ training: Training) throws(LaminaError) {
    tell(.epochBegan(training.progress), training)
  }

  func batchBegan(_ training: Training) throws(LaminaError) {
    tell(.batchBegan(training.progress), training)
  }

  func stageEnded(_ stage: TrainingStage, _ training: Training) throws(LaminaError) {
    tell(.stageEnded(stage, training.progress), training)
  }

  func batchEnded(_ training: Training) throws(LaminaError) {
    tell(.batchEnded(training.progress), training)
  }

  func epochEnded(_ result: inout EpochResult, _ training: Training) throws(LaminaError) {
    tell(.epochEnded(training.progress, result), training)
  }

  func trainingEnded(_ history: History, _ training: Training) throws(LaminaError) {
    tell(.trainingEnded(history), training)
  }
}
