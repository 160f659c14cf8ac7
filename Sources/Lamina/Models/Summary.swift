extension Model {
  /// The table of layers, output shapes and parameters that Keras prints.
  ///
  /// Source: keras/src/utils/summary_utils.py
  public func summary() -> String {
    var table = "Model: \"\(name)\"\n"
    table += SummaryTable.top
    table += SummaryTable.row("┃", "Layer (type)", "Output Shape", "Param #")
    table += SummaryTable.underHead
    for (index, node) in (graph?.nodes ?? []).enumerated() {
      if index > 0 { table += SummaryTable.between }
      let parameters = graph?.variables[node.variables].reduce(0) { $0 + $1.count } ?? 0
      table += SummaryTable.row(
        "│", "\(node.name) (\(node.layer.className))", batchShape(node.outputShape),
        grouped(parameters))
    }
    table += SummaryTable.bottom
    let size = "\(grouped(parameterCount)) (\(byteSize(4 * parameterCount)))"
    table += " Total params: \(size)\n Trainable params: \(size)\n"
    table += " Non-trainable params: 0 (0.00 B)\n"
    return table
  }
}

/// "(None, 28, 28)"
private func batchShape(_ shape: Shape) -> String {
  shape.dimensions.reduce("(None") { $0 + ", \($1)" } + ")"
}

private enum SummaryTable {
  static let widths = (layer: 33, shape: 24, parameters: 15)

  static let top = rule("┏", "━", "┳", "┓")
  static let underHead = rule("┡", "━", "╇", "┩")
  static let between = rule("├", "─", "┼", "┤")
  static let bottom = rule("└", "─", "┴", "┘")

  private static func rule(_ left: String, _ line: String, _ cross: String, _ right: String)
    -> String
  {
    left + String(repeating: line, count: widths.layer)
      + cross + String(repeating: line, count: widths.shape)
      + cross + String(repeating: line, count: widths.parameters) + right + "\n"
  }

  static func row(_ bar: String, _ layer: String, _ shape: String, _ parameters: String)
    -> String
  {
    bar + " " + padded(layer, to: widths.layer - 2) + " "
      + bar + " " + padded(shape, to: widths.shape - 2) + " "
      + bar + " " + paddedLeft(parameters, to: widths.parameters - 2) + " " + bar + "\n"
  }

  /// A text that is too long ends in an ellipsis.
  private static func padded(_ text: String, to width: Int) -> String {
    guard text.count <= width else { return String(text.prefix(width - 1)) + "…" }
    return text + String(repeating: " ", count: width - text.count)
  }

  private static func paddedLeft(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(0, width - text.count)) + text
  }
}

/// 101770 becomes "101,770".
private func grouped(_ number: Int) -> String {
  let digits = Array("\(number)".utf8)
  var result: [UInt8] = []
  for (index, digit) in digits.enumerated() {
    if index > 0, (digits.count - index) % 3 == 0 { result.append(UInt8(ascii: ",")) }
    result.append(digit)
  }
  return String(decoding: result, as: UTF8.self)
}

/// 407080 becomes "397.54 KB".
private func byteSize(_ bytes: Int) -> String {
  var size = Double(bytes)
  let units = ["B", "KB", "MB", "GB"]
  var unit = 0
  while size >= 1024, unit < units.count - 1 {
    size /= 1024
    unit += 1
  }
  let hundredths = Int((size * 100).rounded(.toNearestOrEven))
  let fraction = hundredths % 100
  return "\(hundredths / 100).\(fraction < 10 ? "0" : "")\(fraction) \(units[unit])"
}
