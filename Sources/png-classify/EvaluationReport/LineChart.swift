/// Values that change from epoch to epoch, and where their lines lie in a unit square.
struct LineChart {
  struct Series {
    let name: String
    let isValidation: Bool
    /// One for each epoch; nil where there is none.
    var values: [Double?]
  }

  let title: String
  let series: [Series]
  /// Whether the values are fractions that are read as percentages.
  let isFraction: Bool
  /// The numbers of epochs after which another training began.
  let breaks: [Int]

  var epochCount: Int { series.map(\.values.count).max() ?? 0 }

  /// Values at which lines of a grid lie, from the axis's lower to its upper end.
  let valueTicks: [Double]
  private let step: Double

  init(title: String, series: [Series], isFraction: Bool, breaks: [Int]) {
    self.title = title
    self.series = series
    self.isFraction = isFraction
    self.breaks = breaks
    let values = series.flatMap { $0.values.compactMap { $0 } }
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    // A line that is flat has room above and below.
    let span = max(most - least, abs(most) * 1e-3, 1e-9)
    step = Self.niceStep(for: span / 4)
    let first = (least / step).rounded(.down)
    let last = max(first + 1, (most / step - 1e-9).rounded(.up))
    valueTicks = stride(from: first, through: last, by: 1).map { [step] in $0 * step }
  }

  /// 1, 2 or 5 times a power of ten, not below what is asked.
  private static func niceStep(for least: Double) -> Double {
    var power = 1.0
    while power > least { power /= 10 }
    while power * 10 <= least { power *= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= least } ?? 10 * power
  }

  /// 0 at the left, in the first epoch, to 1.
  func across(epoch: Int) -> Double {
    epochCount > 1 ? Double(epoch) / Double(epochCount - 1) : 0.5
  }

  /// 0 at the lower end to 1.
  func up(_ value: Double) -> Double {
    let (least, most) = (valueTicks[0], valueTicks[valueTicks.count - 1])
    return (value - least) / (most - least)
  }

  /// Epochs that are named below the axis, from 0: at most eight.
  var epochTicks: [Int] {
    let count = epochCount
    guard count > 8 else { return Array(0..<count) }
    let step = Int(Self.niceStep(for: Double(count) / 7).rounded(.up))
    return [0] + stride(from: step - 1, to: count, by: step).filter { $0 > 0 }
  }

  /// A value beside the axis.
  func text(ofTick value: Double) -> String {
    let (value, step) = isFraction ? (100 * value, 100 * step) : (value, step)
    var (decimals, unit) = (0, 1.0)
    while unit > step * 1.001, decimals < 8 {
      decimals += 1
      unit /= 10
    }
    return fixed(value, decimals: decimals) + (isFraction ? " %" : "")
  }

  /// A value in words.
  func text(of value: Double) -> String {
    isFraction ? percent(value) : fixed(value, decimals: 4)
  }

  /// Stretches of epochs with values, none going beyond a break.
  func stretches(of series: Series) -> [[(epoch: Int, value: Double)]] {
    var stretches: [[(epoch: Int, value: Double)]] = [[]]
    for (epoch, value) in series.values.enumerated() {
      if breaks.contains(epoch) || value == nil { stretches.append([]) }
      if let value { stretches[stretches.count - 1].append((epoch, value)) }
    }
    return stretches.filter { !$0.isEmpty }
  }
}
