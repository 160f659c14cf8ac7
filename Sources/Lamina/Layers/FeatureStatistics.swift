/// Mean and variance of each feature of some samples.
public struct FeatureStatistics: Equatable, Sendable {
  /// The last axes of a sample; the others are averaged over.
  public let shape: Shape
  public let mean: [Float]
  /// The mean squared distance from the mean, over all samples.
  public let variance: [Float]

  /// - Parameters:
  ///   - samples: one or more.
  ///   - shape: the last axes of one of them.
  ///   - divisor: what the numbers are divided by first.
  init(of samples: Samples, shape: Shape, divisor: Float) {
    let features = shape.innerCount(shape.rank)
    let count = samples.elementCount
    var sums = [Double](repeating: 0, count: features)
    for index in 0..<count { sums[index % features] += Double(samples.number(index, divisor)) }
    let rows = Double(count / features)
    let means = sums.map { $0 / rows }
    var squares = [Double](repeating: 0, count: features)
    for index in 0..<count {
      let distance = Double(samples.number(index, divisor)) - means[index % features]
      squares[index % features] += distance * distance
    }
    self.shape = shape
    mean = means.map { Float($0) }
    variance = squares.map { Float($0 / rows) }
  }
}

extension Samples {
  /// One of all the numbers, divided.
  fileprivate func number(_ index: Int, _ divisor: Float) -> Float {
    value(0, index) / divisor
  }
}
