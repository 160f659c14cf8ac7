import Glibc
import Lamina

/// A line when an epoch is done, with the time that is left:
/// "epoch 3/42, 12 s, 7 min 48 s left: loss 0.0721, accuracy 97.71 %, …".
final class TrainingReport: Callback {
  private let epochCount: Int
  private var epochsDone = 0
  private var begin: ContinuousClock.Instant?
  private var epochBegin = ContinuousClock.now

  /// - Parameter epochCount: of all trainings that it watches, one after the other.
  init(epochCount: Int) {
    self.epochCount = epochCount
  }

  func epochBegan(_ training: Training) throws(LaminaError) {
    epochBegin = .now
    if begin == nil { begin = epochBegin }
  }

  func epochEnded(_ result: inout EpochResult, _ training: Training) throws(LaminaError) {
    epochsDone += 1
    let passed = Self.seconds(since: begin ?? epochBegin)
    let left = passed / Double(epochsDone) * Double(epochCount - epochsDone)
    let values = result.values.map { value in
      value.name.hasSuffix("accuracy")
        ? "\(value.name) \(Self.percent(value.value))"
        : "\(value.name) \(Self.decimal(value.value, places: 4))"
    }
    print(
      "epoch \(epochsDone)/\(epochCount), \(Self.duration(Self.seconds(since: epochBegin))), "
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
