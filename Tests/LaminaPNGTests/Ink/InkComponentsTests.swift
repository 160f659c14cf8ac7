import Testing

@testable import LaminaPNG

@Suite struct InkComponentsTests {
  /// The ink of a picture that is light on black, with at least one white pixel of paper around.
  private func ink(of mask: GreyImage) throws -> Ink {
    let image = try picture(mask.width + 60, mask.height + 60) { x, y in
      let (column, row) = (x - 30, y - 30)
      guard (0..<mask.width).contains(column), (0..<mask.height).contains(row) else { return 0 }
      return Int(mask.pixels[row * mask.width + column])
    }
    return try Ink(of: image)
  }

  /// For each pixel the least index of the pixels that it is connected with; spread step by step.
  private func roots(of ink: Ink) -> [Int?] {
    let (width, height) = (ink.amounts.width, ink.amounts.height)
    var roots: [Int?] = ink.amounts.pixels.enumerated().map { $1 >= ink.threshold ? $0 : nil }
    var changed = true
    while changed {
      changed = false
      for index in roots.indices {
        guard let root = roots[index] else { continue }
        let (row, column) = index.quotientAndRemainder(dividingBy: width)
        for (y, x) in [(-1, -1), (-1, 0), (-1, 1), (0, -1), (0, 1), (1, -1), (1, 0), (1, 1)] {
          guard (0..<height).contains(row + y), (0..<width).contains(column + x),
            let other = roots[(row + y) * width + column + x], other < root
          else { continue }
          roots[index] = min(roots[index] ?? root, other)
          changed = true
        }
      }
    }
    return roots
  }

  @Test func partsAreThoseOfAPlainFill() throws {
    var generator = SeededGenerator(seed: 71)
    for trial in 0..<40 {
      let width = Int.random(in: 1...30, using: &generator)
      let height = Int.random(in: 1...30, using: &generator)
      let density = Int.random(in: 5...60, using: &generator)
      let mask = try picture(width, height) { _, _ in
        Int.random(in: 0..<100, using: &generator) < density
          ? Int.random(in: 40...255, using: &generator) : 0
      }
      guard let ink = try? ink(of: mask) else { continue }
      let components = InkComponents(of: ink)
      let roots = roots(of: ink)
      let firsts = Set(roots.compactMap { $0 }).sorted()
      #expect(components.components.map { $0.label } == (0..<firsts.count).map { Int32($0 + 1) })
      let labels = roots.map { root in
        root.flatMap { firsts.firstIndex(of: $0) }.map { Int32($0 + 1) } ?? 0
      }
      #expect(components.labels == labels, "trial \(trial)")
      expectMeasures(of: components, in: ink)
    }
  }

  private func expectMeasures(of components: InkComponents, in ink: Ink) {
    for component in components.components {
      let pixels = components.labels.indices.filter { components.labels[$0] == component.label }
      let amounts = pixels.map { ink.amounts.pixels[$0] }
      let columns = pixels.map { $0 % components.width }
      let rows = pixels.map { $0 / components.width }
      #expect(component.area == pixels.count)
      #expect(component.mass == amounts.reduce(0) { $0 + Int($1) })
      #expect(component.coreArea == amounts.count { $0 >= 153 })
      #expect(component.box.columns.lowerBound == columns.min())
      #expect(component.box.columns.upperBound - 1 == columns.max())
      #expect(component.box.rows.lowerBound == rows.min())
      #expect(component.box.rows.upperBound - 1 == rows.max())
    }
  }

  @Test func pixelsThatTouchAtCornersAreOnePart() throws {
    let mask = try picture(8, 8) { x, y in x == y ? 255 : 0 }
    #expect(InkComponents(of: try ink(of: mask)).components.count == 1)
  }

  @Test func partsInOppositeCornersAreTwo() throws {
    let image = try picture(40, 40) { x, y in
      (x < 3 && y < 3) || (x > 36 && y > 36) ? 0 : 255
    }
    let components = InkComponents(of: try Ink(of: image)).components
    #expect(
      components.map { $0.box } == [
        PixelBox(columns: 0..<3, rows: 0..<3), PixelBox(columns: 37..<40, rows: 37..<40),
      ])
    #expect(components.map { $0.area } == [9, 9])
  }

  @Test func partsAtTheBorderAreThoseOfTheFirstAndLastPixels() throws {
    let image = try picture(9, 9) { x, y in
      (x == 0 && y == 4) || (x == 4 && y == 8) || (x == 4 && y == 4) ? 255 : 0
    }
    let parts = InkComponents(of: image, threshold: 255)
    #expect(parts.components.map(parts.isAtBorder) == [true, false, true])
  }
}
