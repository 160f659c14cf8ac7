import Glibc
import Lamina

/// Shows on standard error how a training goes.
protocol TrainingDisplay: AnyObject {
  func show(_ event: TrainingEvent)
}

/// What fits where standard error goes: a bar that moves on a terminal, else a line an epoch.
func makeTrainingDisplay() -> any TrainingDisplay {
  let terminal = getenv("TERM").map { String(cString: $0) }
  let canMove = isatty(STDERR_FILENO) == 1 && terminal != nil && terminal != "dumb"
  return canMove ? ProgressBar() : EpochLines()
}

/// A line when an epoch is done: "Epoch 1/5 - 0.7s - loss: 0.3012 - accuracy: 0.9123".
final class EpochLines: TrainingDisplay {
  private var epochStart = Stopwatch()

  func show(_ event: TrainingEvent) {
    switch event {
    case .epochBegan: epochStart = Stopwatch()
    case .epochEnded(let progress, let result):
      showProgress(
        "Epoch \(progress.epoch + 1)/\(progress.epochCount) - \(duration(epochStart.seconds))"
          + " - \(measured(result.values))\n")
    case .trainingBegan, .batchBegan, .stageEnded, .batchEnded, .trainingEnded: break
    }
  }
}

/// "loss: 0.3012 - accuracy: 0.9123"
func measured(_ values: [NamedValue]) -> String {
  values.map { "\($0.name): \(fixed($0.value, decimals: 4))" }.joined(separator: " - ")
}

/// Measures from when it was made.
struct Stopwatch {
  private let start = Stopwatch.now

  var seconds: Double { Stopwatch.now - start }

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }
}
