import Testing

@testable import Lamina

/// How far numbers are from Keras's.
///
/// They agree where every |a - b| <= absolute + relative |b| against Keras's
/// float32; or else where Keras's own rounding is what differs: where they are
/// at least as near to the float64 reference as Keras is, by the largest
/// difference in the tensor.
struct KerasComparison: Equatable {
  struct Bound: Equatable {
    let absolute: Double
    let relative: Double

    /// That of everything that is computed once.
    static let usual = Bound(absolute: 1e-6, relative: 1e-5)
  }

  /// The largest |a - b| / (absolute + relative |b|).
  let worstRatio: Double
  /// Whether the bound did not hold, but the float64 reference did.
  let isHeldByReference: Bool
  let agrees: Bool

  init(_ values: [Float], keras: [Float], reference: [Double]?, bound: Bound = .usual) {
    worstRatio =
      zip(values, keras).map { KerasComparison.ratio(Double($0), Double($1), bound) }.max() ?? 0
    let isWithinBound = values.count == keras.count && worstRatio <= 1
    if !isWithinBound, values.count == keras.count, let reference, reference.count == keras.count {
      let error = KerasComparison.largestDifference(values, reference)
      isHeldByReference =
        error.isFinite && error <= KerasComparison.largestDifference(keras, reference)
    } else {
      isHeldByReference = false
    }
    agrees = isWithinBound || isHeldByReference
  }

  private static func ratio(_ value: Double, _ keras: Double, _ bound: Bound) -> Double {
    let difference = difference(value, keras)
    guard difference > 0, difference.isFinite else { return difference }
    return difference / (bound.absolute + bound.relative * abs(keras))
  }

  private static func difference(_ a: Double, _ b: Double) -> Double {
    if a == b || (a.isNaN && b.isNaN) { return 0 }
    return a.isFinite && b.isFinite ? abs(a - b) : .infinity
  }

  private static func largestDifference(_ values: [Float], _ reference: [Double]) -> Double {
    zip(values, reference).map { difference(Double($0), $1) }.max() ?? 0
  }
}

extension KerasFixture.Case {
  /// Expects that numbers agree with Keras's tensor of this name, and notes it
  /// in the table of docs/keras-parity.md.
  func expect(
    _ name: String, _ values: [Float], within bound: KerasComparison.Bound = .usual,
    table: ParityTable = .shared, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard let tensor = tensors[name] else {
      Issue.record("\(testDescription) has no tensor \(name)", sourceLocation: sourceLocation)
      return
    }
    expect(
      name, values, keras: tensor.floats, within: bound, table: table,
      sourceLocation: sourceLocation)
  }

  /// The same with Keras's numbers from elsewhere than a tensor.
  func expect(
    _ name: String, _ values: [Float], keras: [Float],
    within bound: KerasComparison.Bound = .usual, table: ParityTable = .shared,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    guard values.count == keras.count else {
      Issue.record(
        "\(testDescription), \(name): \(values.count) numbers, Keras has \(keras.count)",
        sourceLocation: sourceLocation)
      return
    }
    let comparison = KerasComparison(
      values, keras: keras, reference: reference(name), bound: bound)
    table.add(
      ParityTable.Entry(
        topic: topic, className: className, caseName: self.name, tensorName: name,
        count: keras.count, comparison: comparison))
    guard !comparison.agrees else { return }
    Issue.record(
      "\(testDescription), \(name): \(report(values, keras, name, bound))",
      sourceLocation: sourceLocation)
  }

  /// Where the numbers differ most.
  private func report(
    _ values: [Float], _ keras: [Float], _ name: String, _ bound: KerasComparison.Bound
  ) -> String {
    let ratios = values.indices.map { index in
      KerasComparison([values[index]], keras: [keras[index]], reference: nil, bound: bound)
        .worstRatio
    }
    let wrong = ratios.count { !($0 <= 1) }
    let worst = ratios.indices.max { ratios[$0] < ratios[$1] } ?? 0
    let reference = reference(name).map { ", float64 \($0[worst])" } ?? ""
    return """
      \(wrong) of \(values.count) numbers differ, most at \(worst): \(values[worst]), \
      Keras has \(keras[worst])\(reference)
      """
  }
}
