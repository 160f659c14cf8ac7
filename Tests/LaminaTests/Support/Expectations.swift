import Testing

@testable import Lamina

/// Expects a `LaminaError` of this kind whose message has all of the fragments.
func expectError(
  _ kind: LaminaError.Kind, _ fragments: String...,
  sourceLocation: SourceLocation = #_sourceLocation, _ body: () throws -> Void
) {
  let error = #expect(throws: LaminaError.self, sourceLocation: sourceLocation) { try body() }
  guard let error else { return }
  #expect(error.kind == kind, "\(error.message)", sourceLocation: sourceLocation)
  for fragment in fragments {
    #expect(
      error.message.contains(fragment), "lacks \"\(fragment)\"", sourceLocation: sourceLocation)
  }
}

/// Expects |a - b| <= absolute + relative |b| for each pair; infinities and
/// not-a-numbers must be the same.
func expectClose(
  _ values: [Float], _ expected: [Float], absolute: Float = 1e-6, relative: Float = 1e-5,
  _ place: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  guard values.count == expected.count else {
    Issue.record(
      "\(place): \(values.count) values, expected \(expected.count)",
      sourceLocation: sourceLocation)
    return
  }
  let wrong = values.indices.filter { index in
    let (value, expected) = (values[index], expected[index])
    guard value != expected, !(value.isNaN && expected.isNaN) else { return false }
    return !(abs(value - expected) <= absolute + relative * abs(expected))
  }
  guard let first = wrong.first else { return }
  Issue.record(
    """
    \(place): \(wrong.count) of \(values.count) values differ, first at \(first): \
    \(values[first]), expected \(expected[first])
    """, sourceLocation: sourceLocation)
}

func expectClose(
  _ value: Double, _ expected: Double, absolute: Double = 1e-6, relative: Double = 1e-5,
  _ place: String = "", sourceLocation: SourceLocation = #_sourceLocation
) {
  #expect(
    abs(value - expected) <= absolute + relative * abs(expected), "\(place)",
    sourceLocation: sourceLocation)
}
