import Glibc
import Lamina

/// A line when an epoch is done, with the time that is left:
/// "epoch 3/30, 12 s, 5 min 24 s left: loss 0.0721, accuracy 97.71 %, …".
final class TrainingReport: Callback {
  private var clock = ContinuousClock.now
  private var epochBegin = ContinuousClock.now

  func trainingBegan(_ training: Training) throws(LaminaError) { clock = .now }

  func epochBegan(_ training: Training) throws(LaminaError) { epochBegin = .now }

  func epochEnded(_ result: inout EpochResult, _ training: Training) throws(LaminaError) {
    let (done, all) = (training.progress.epoch + 1, training.progress.epochCount)
    let passed = Self.seconds(since: clock)
    let left = passed / Double(done) * Double(all - done)
    let values = result.values.map { value in
      value.name.hasSuffix("accuracy")
        ? "\(value.name) \(Self.percent(value.value))"
        : "\(value.name) \(Self.decimal(value.value, places: 4))"
    }
    print(
      "epoch \(done)/\(all), \(Self.duration(Self.seconds(since: epochBegin))), "
        + "\(Self.duration(left)) left: " + values.joined(separator: ", "))
    fflush(nil)
  }

  private static func seconds(since begin: ContinuousClock.Instant) -> Double {
    begin.duration(to: .now) / .seconds(1)
  }

  /// "5 min 24 s" or "24 s"
  private static func duration(_ seconds: Double) -> String {
    let whole = Int(seconds.rounded())
    return whole >= 60 ? "\(whole / 60) min \(whole % 60) s" : "\(whole) s"
  }

  /// "99.62 %"
  static func percent(_ fraction: Double) -> String {
    decimal(100 * fraction, places: 2) + " %"
  }

  private static func decimal(_ value: Double, places: Int) -> String {
    guard value.isFinite, abs(value) < 1e6 else { return "\(value)" }
    let unit = (0..<places).reduce(1) { power, _ in 10 * power }
    let whole = Int((value * Double(unit)).rounded())
    let fraction = "\(abs(whole) % unit)"
    let zeros = String(repeating: "0", count: places - fraction.count)
    return "\(whole < 0 ? "-" : "")\(abs(whole) / unit).\(zeros)\(fraction)"
  }
}
