import Lamina
import LaminaPNG

/// The worst mistakes as pictures.
struct MistakesSection {
  private static let mostMistakes = 42
  private static let mostFiles = 60
  /// The longer side of a file's picture, in pixels.
  private static let thumbnailSide = 224

  let findings: Findings
  let pictures: TestPictures

  /// - Throws: `.outOfMemory`
  func html() throws(LaminaError) -> String {
    let mistakes = findings.mistakes
    var parts = [try section(of: Array(mistakes.prefix(Self.mostMistakes)), of: mistakes.count)]
    if !pictures.unanswered.isEmpty { parts.append(try unansweredSection()) }
    if !pictures.failures.isEmpty { parts.append(failureSection) }
    return parts.joined(separator: "\n")
  }

  private func section(
    of shown: [Findings.Answer], of count: Int
  ) throws(LaminaError) -> String {
    guard !shown.isEmpty else {
      return pageSection("Worst mistakes", id: "mistakes", "<p>There are none.</p>")
    }
    var items: [String] = []
    for mistake in shown { items.append(try item(mistake)) }
    let which =
      shown.count < count
      ? "\(shown.count) of the \(grouped(count)) mistakes" : "The mistakes"
    let source =
      pictures.paths.isEmpty
      ? "A picture's number is its place in the data set, from 0."
      : "Beside each picture is what the network saw of it."
    return pageSection(
      "Worst mistakes", id: "mistakes",
      note: "\(which): first those whose right label got the least probability. \(source)",
      gallery(items, ofFiles: !pictures.paths.isEmpty))
  }

  private func gallery(_ items: [String], ofFiles: Bool) -> String {
    "<ul class=\"gallery\(ofFiles ? " files" : "")\">\n\(items.joined(separator: "\n"))\n</ul>"
  }

  private func item(_ mistake: Findings.Answer) throws(LaminaError) -> String {
    let truth = escaped(findings.labels[mistake.truth])
    let answer = escaped(findings.labels[mistake.answer])
    let path = pictures.paths.isEmpty ? nil : pictures.paths[mistake.index]
    var images = ""
    if let path { images += try thumbnail(of: path, "the file's picture") }
    if let seen = pictures.dataset.picture(mistake.index) {
      let address = dataAddress(ofPNG: try PNGEncoder.encode(seen))
      images += image(address, "pixels", "\(truth), taken for \(answer)")
    }
    let source = path.map(escaped) ?? "picture \(mistake.index)"
    return """
      <li><figure><div class="pictures">\(images)</div>
      <figcaption>\(truth), taken for <span class="wrong">\(answer)</span><br>\
      \(unbroken("\(answer): " + percent(Double(mistake.probability)))), \
      \(unbroken("\(truth): " + percent(Double(mistake.truthProbability))))\
      <span class="file">\(source)</span></figcaption></figure></li>
      """
  }

  private func unansweredSection() throws(LaminaError) -> String {
    var items: [String] = []
    for picture in pictures.unanswered.prefix(Self.mostMistakes) {
      let truth = escaped(findings.labels[picture.classIndex])
      items.append(
        """
        <li><figure><div class="pictures">\(try thumbnail(of: picture.path, truth))</div>
        <figcaption>\(truth): \(escaped(picture.reason))\
        <span class="file">\(escaped(picture.path))</span></figcaption></figure></li>
        """)
    }
    return pageSection(
      "No digit found", id: "unanswered",
      note: "\(counted(pictures.unanswered.count, "picture")), counted as mistakes.",
      gallery(items, ofFiles: true))
  }

  private var failureSection: String {
    let items = pictures.failures.prefix(Self.mostFiles).map {
      "<li>\(escaped($0.message))</li>"
    }
    return pageSection(
      "Files that could not be read", id: "failures",
      note: "\(counted(pictures.failures.count, "file")), left out of all figures.",
      "<ul>\n\(items.joined(separator: "\n"))\n</ul>")
  }

  private func image(_ address: String, _ style: String, _ description: String) -> String {
    "<img class=\"\(style)\" src=\"\(address)\" alt=\"\(description)\">"
  }

  /// A file's picture, reduced; nothing where it is gone by now.
  private func thumbnail(of path: String, _ description: String) throws(LaminaError) -> String {
    guard let decoded = try? PNGDecoder().decode(path: path) else { return "" }
    let longer = max(decoded.width, decoded.height)
    let side = Double(min(longer, Self.thumbnailSide))
    let frame = Frame(0, 0, side, side).fitting(width: decoded.width, height: decoded.height)
    var canvas = Canvas(width: Int(frame.width), height: Int(frame.height))
    canvas.show(ShownPicture(decoded), in: Frame(0, 0, frame.width, frame.height))
    let style = longer <= 64 ? "pixels" : "picture"
    return image(dataAddress(ofPNG: try canvas.png()), style, description)
  }
}

extension Dataset {
  /// A sample as a picture; nil where it is none.
  fileprivate func picture(_ index: Int) -> GreyImage? {
    let sides = sampleShape.dimensions
    guard sides.count == 2 || (sides.count == 3 && sides[2] == 1),
      case .uint8(let bytes)? = inputs.first?.elements
    else { return nil }
    let size = sides[0] * sides[1]
    return try? GreyImage(
      width: sides[1], height: sides[0], pixels: Array(bytes[index * size..<(index + 1) * size]))
  }
}
