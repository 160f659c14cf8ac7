@testable import LaminaPNG

/// Lines that go down a picture.
enum Walls {
  /// Such lines 140 pixels high, a pixel thick, at the given columns.
  static func at(_ columns: [Int]) throws -> [RuledLines.Line] {
    let image = try picture((columns.max() ?? 0) + 20, 140) { x, _ in columns.contains(x) ? 0 : 255
    }
    let components = InkComponents(of: try Ink(of: image, isLight: false))
    return components.components.flatMap { part in
      RuledLines(of: part, in: components, thickness: 2, leastLength: 100).down
    }
  }
}
