import Lamina
import LaminaPNG

/// Text as HTML has it, also in an attribute's value; control characters are written out.
func escaped(_ text: String) -> String {
  var result = ""
  for scalar in printable(text).unicodeScalars {
    switch scalar {
    case "&": result += "&amp;"
    case "<": result += "&lt;"
    case ">": result += "&gt;"
    case "\"": result += "&quot;"
    default: result.unicodeScalars.append(scalar)
    }
  }
  return result
}

/// Words that stay on one line.
func unbroken(_ text: String) -> String {
  text.replacing(" ", with: "\u{A0}")
}

/// 10000 as "10,000".
func grouped(_ number: Int) -> String {
  var digits = Array(String(number.magnitude))
  var place = digits.count - 3
  while place > 0 {
    digits.insert(",", at: place)
    place -= 3
  }
  return (number < 0 ? "-" : "") + String(digits)
}

/// "1 picture", "10,000 pictures"
func counted(_ number: Int, _ noun: String) -> String {
  grouped(number) + " " + noun + (number == 1 ? "" : "s")
}

/// A PNG file inside a page: `data:image/png;base64,...`
func dataAddress(ofPNG bytes: [UInt8]) -> String {
  "data:image/png;base64," + base64(bytes)
}

/// Bytes as letters (RFC 4648).
func base64(_ bytes: [UInt8]) -> String {
  let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
  var text: [UInt8] = []
  text.reserveCapacity((bytes.count + 2) / 3 * 4)
  for start in stride(from: 0, to: bytes.count, by: 3) {
    let group = bytes[start..<min(start + 3, bytes.count)]
    var word = 0
    for offset in 0..<3 {
      word = word << 8 | (offset < group.count ? Int(group[start + offset]) : 0)
    }
    for place in 0..<4 {
      text.append(place <= group.count ? letters[word >> (18 - 6 * place) & 63] : 0x3D)
    }
  }
  return String(decoding: text, as: UTF8.self)
}

/// A part of a page, with its heading and a sentence that says how to read it.
func pageSection(_ heading: String, id: String, note: String = "", _ body: String) -> String {
  let note = note.isEmpty ? "" : "<p class=\"note\">\(note)</p>\n"
  return """
    <section aria-labelledby="\(id)">
    <h2 id="\(id)">\(heading)</h2>
    \(note)\(body)
    </section>

    """
}

/// What may be wider than the page, so that it is moved by itself.
func scrollable(_ label: String, _ body: String) -> String {
  """
  <div class="scroll" role="region" aria-label="\(label)" tabindex="0">
  \(body)
  </div>
  """
}

/// A whole page that asks for nothing from anywhere.
func htmlPage(title: String, _ body: String) -> String {
  """
  <!DOCTYPE html>
  <html lang="en">
  <head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
  <title>\(title)</title>
  <style>
  \(reportStyle)
  </style>
  </head>
  <body>
  <main>
  \(body)
  </main>
  </body>
  </html>

  """
}
