import CLaminaKernels

/// What happens to gradients and parameters before an optimizer's step.
extension MatrixView {
  /// self = min(max(self, -limit), limit), not-a-number kept
  func clip(to limit: Float) {
    laminakernel_clip(elements, count, limit)
  }

  /// self -= self rate
  func decay(by rate: Float) {
    laminakernel_decay(elements, count, rate)
  }

  /// Some of a row's numbers, as a row.
  func columns(_ range: Range<Int>) -> MatrixView {
    assert(rows == 1 && range.lowerBound >= 0 && range.upperBound <= columns)
    return MatrixView(rows: 1, columns: range.count, elements: elements + range.lowerBound)
  }
}
