/// A drawing inside a page. Colours come from the page's style, so that it suits light and dark.
struct SVG {
  private let opening: String
  private var parts: [String] = []

  /// - Parameter title: what it shows, for those who do not see it.
  init(width: Double, height: Double, title: String) {
    let box = "0 0 \(fixed(width, decimals: 0)) \(fixed(height, decimals: 0))"
    opening =
      "<svg viewBox=\"\(box)\" role=\"img\" aria-label=\"\(escaped(title))\" "
      + "xmlns=\"http://www.w3.org/2000/svg\">"
  }

  var text: String { ([opening] + parts + ["</svg>"]).joined(separator: "\n") }

  mutating func line(_ style: String, _ x1: String, _ y1: String, _ x2: String, _ y2: String) {
    parts.append(
      "<line class=\"\(style)\" x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"/>")
  }

  /// - Parameter title: what is said where the pointer rests.
  mutating func rectangle(
    _ style: String, x: String, y: String, width: String, height: String, title: String
  ) {
    parts.append(
      "<rect class=\"\(style)\" x=\"\(x)\" y=\"\(y)\" width=\"\(width)\" height=\"\(height)\">"
        + "<title>\(escaped(title))</title></rect>")
  }

  mutating func circle(_ style: String, x: String, y: String, radius: String, title: String) {
    parts.append(
      "<circle class=\"\(style)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(radius)\">"
        + "<title>\(escaped(title))</title></circle>")
  }

  mutating func polyline(_ style: String, _ points: [String]) {
    parts.append("<polyline class=\"\(style)\" points=\"\(points.joined(separator: " "))\"/>")
  }

  /// - Parameters:
  ///   - anchor: "start", "middle" or "end".
  ///   - shift: how much further down.
  mutating func text(_ text: String, x: String, y: String, _ anchor: String, shift: Int = 0) {
    let shift = shift == 0 ? "" : " dy=\"\(shift)\""
    parts.append(
      "<text x=\"\(x)\" y=\"\(y)\"\(shift) text-anchor=\"\(anchor)\">\(escaped(text))</text>")
  }
}
