import CLaminaKernels

extension RandomStream {
  /// Numbers evenly spread over 0 ..< 1, without allocating; the number at an
  /// index is the same however many there are.
  func fillUnits(_ values: MatrixView) {
    let count = values.count
    values.elements.withMemoryRebound(to: UInt32.self, capacity: count) { words in
      laminakernel_random_words(seed, step, layer, purpose.rawValue, words, count)
      for index in 0..<count {
        words[index] = (Float(words[index] >> 8) * 0x1p-24).bitPattern
      }
    }
  }
}
