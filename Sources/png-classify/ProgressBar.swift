import Glibc
import Lamina

/// Draws each epoch as one line of a terminal, over and over while it goes on:
/// ` 512/1875 ━━━━━────────────── 3s left - loss: 0.3012 - accuracy: 0.9123`.
/// The time is that of the whole training, since that is what one waits for.
final class ProgressBar: TrainingDisplay {
  /// Seconds from one drawing to the next.
  private static let interval = 0.1
  private static let widestBar = 19
  private static let narrowestBar = 5

  private var trainingStart = Stopwatch()
  private var epochStart = Stopwatch()
  private var lastDrawn = Stopwatch()

  func show(_ event: TrainingEvent) {
    switch event {
    case .trainingBegan: trainingStart = Stopwatch()
    case .epochBegan(let progress):
      epochStart = Stopwatch()
      write("Epoch \(progress.epoch + 1)/\(progress.epochCount)\n")
      draw(progress, texts: [])
    case .batchEnded(let progress):
      guard lastDrawn.seconds >= ProgressBar.interval else { return }
      draw(progress, texts: [timeLeft(progress), "- \(measured(progress.values))"])
    case .epochEnded(let progress, let result):
      let seconds = epochStart.seconds
      let step = stepTime(seconds / Double(max(1, progress.batch)))
      draw(progress, texts: ["\(duration(seconds)) \(step)/step", "- \(measured(result.values))"])
      write("\n")
    case .batchBegan, .stageEnded, .trainingEnded: break
    }
  }

  private func timeLeft(_ progress: TrainingProgress) -> String {
    let batchCount = progress.batchCount ?? progress.batch
    let done = Double(progress.epoch * batchCount + progress.batch)
    let all = Double(progress.epochCount * batchCount)
    let seconds = trainingStart.seconds * (all - done) / max(1, done)
    return duration(seconds.rounded(.up), tenths: false) + " left"
  }

  private func draw(_ progress: TrainingProgress, texts: [String]) {
    let batchCount = progress.batchCount ?? progress.batch
    let total = "\(batchCount)"
    let counter = "\(progress.batch)".paddedLeft(to: total.count) + "/" + total
    let fraction = Double(progress.batch) / Double(max(1, batchCount))
    let line = ProgressBar.line(
      counter: counter, fraction: fraction, texts: texts, columns: terminalColumns())
    // Back to the line's start, and away with what an earlier line had beyond this one's end.
    write("\r" + line + "\u{1B}[K")
    lastDrawn = Stopwatch()
  }

  /// What of it all fits into the columns: the counter, the texts one after the other, then a bar.
  /// The last column stays empty, since some terminals go on to the next line there.
  private static func line(
    counter: String, fraction: Double, texts: [String], columns: Int
  ) -> String {
    let room = max(0, columns - 1)
    var tail = ""
    for text in texts {
      guard counter.count + tail.count + 1 + text.count <= room else { break }
      tail += " " + text
    }
    let width = min(widestBar, room - counter.count - 1 - tail.count)
    guard width >= narrowestBar else { return String((counter + tail).prefix(room)) }
    let full = Int((fraction * Double(width)).rounded(.down))
    let bar = String(repeating: "━", count: full) + String(repeating: "─", count: width - full)
    return counter + " " + bar + tail
  }

  private func write(_ text: String) {
    showProgress(text)
  }

  /// The terminal's width now, since its window may be resized at any time.
  private func terminalColumns() -> Int {
    var size = winsize()
    guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
    return Int(size.ws_col)
  }
}
