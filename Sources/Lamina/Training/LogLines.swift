/// The lines that Keras prints for `verbose=2`. Lamina prints nothing; whoever
/// does may print these.
///
/// Source: keras/src/utils/progbar.py and
/// keras/src/callbacks/progbar_logger.py
extension TrainingProgress {
  /// What Keras prints before an epoch, "Epoch 1/5"; nil where there is only one.
  public var epochLine: String? {
    epochCount > 1 ? "Epoch \(epoch + 1)/\(epochCount)" : nil
  }
}

extension EpochResult {
  /// What Keras prints after an epoch, such as
  /// "7/7 - 0s - 3ms/step - accuracy: 0.3700 - loss: 1.4417 - val_loss: 1.1013".
  /// The training's values come first, then the validation's, each sorted by
  /// their names, then what callbacks added.
  public var logLine: String {
    let measured = values.prefix(measuredCount)
    var line = LogLine(batchCount: batchCount, seconds: seconds)
    line.append(sorted: measured.filter { !$0.name.hasPrefix("val_") })
    line.append(sorted: measured.filter { $0.name.hasPrefix("val_") })
    line.append(Array(values.dropFirst(measuredCount)))
    return line.text
  }
}

extension Evaluation {
  /// What Keras prints after an evaluation, such as
  /// "313/313 - 0s - 1ms/step - accuracy: 0.9780 - loss: 0.0726".
  public var logLine: String {
    var line = LogLine(batchCount: batchCount, seconds: seconds)
    line.append(sorted: values)
    return line.text
  }
}

/// "<batches>/<batches> - <seconds>s - <time>/step", and values.
private struct LogLine {
  private(set) var text: String

  init(batchCount: Int, seconds: Double) {
    let step = seconds / Double(max(1, batchCount))
    text = "\(batchCount)/\(batchCount) - \(decimal(seconds, places: 0))s - \(LogLine.time(step))"
  }

  private static func time(_ seconds: Double) -> String {
    if seconds >= 1 || seconds == 0 { return decimal(seconds, places: 0) + "s/step" }
    if seconds >= 1e-3 { return decimal(seconds * 1e3, places: 0) + "ms/step" }
    return decimal(seconds * 1e6, places: 0) + "us/step"
  }

  mutating func append(sorted values: [NamedValue]) {
    append(values.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
  }

  mutating func append(_ values: [NamedValue]) {
    for value in values {
      // Small and negative numbers in powers of ten, as Keras has it.
      let number =
        value.value > 1e-3
        ? decimal(value.value, places: 4) : scientific(value.value, places: 4)
      text += " - \(value.name): \(number)"
    }
  }
}
