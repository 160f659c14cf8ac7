import Lamina

/// Measures the trained network, once, on pictures that nothing was chosen by, and puts the
/// accuracies into the training record.
final class TestAtTheEnd: Callback {
  private let pictures: TrainingPictures

  init(_ pictures: TrainingPictures) {
    self.pictures = pictures
  }

  func epochEnded(_ result: inout EpochResult, _ training: Training) throws(LaminaError) {
    guard training.progress.epoch + 1 == training.progress.epochCount else { return }
    let kinds = [("val_redrawn", pictures.redrawnValidation), ("test", pictures.test)]
    for (name, dataset) in kinds {
      let evaluation = try training.model.evaluate(dataset)
      result.set("\(name)_loss", to: evaluation.loss)
      if let accuracy = evaluation["accuracy"] { result.set("\(name)_accuracy", to: accuracy) }
    }
  }
}
