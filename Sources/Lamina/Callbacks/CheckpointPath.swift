/// A path with places for numbers, written as for Python's `str.format`:
/// "{epoch:02d}-{val_loss:.2f}.safetensors".
///
/// A place is a name, and after a colon perhaps how to write the number: an
/// optional 0 (fill with zeros), a width, a point and the number of decimals,
/// d for integers or f for decimals. Two braces stand for one.
struct CheckpointPath: Equatable {
  private enum Part: Equatable {
    case text(String)
    case place(name: String, NumberFormat)
  }

  private let template: String
  private var parts: [Part] = []

  /// - Throws: `.invalidArgument` where the braces do not match, or a format is
  ///   none of these.
  init(_ template: String) throws(LaminaError) {
    self.template = template
    var text: [UInt8] = []
    let bytes = Array(template.utf8)
    var position = 0
    while position < bytes.count {
      let byte = bytes[position]
      let isBrace = byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
      if isBrace, position + 1 < bytes.count, bytes[position + 1] == byte {
        text.append(byte)
        position += 2
      } else if byte == UInt8(ascii: "{") {
        guard let end = bytes[position...].firstIndex(of: UInt8(ascii: "}")) else {
          throw LaminaError(.invalidArgument, "\(template): a \"{\" without \"}\"")
        }
        parts.append(.text(String(decoding: text, as: UTF8.self)))
        text = []
        parts.append(try CheckpointPath.place(bytes[(position + 1)..<end], template))
        position = end + 1
      } else if byte == UInt8(ascii: "}") {
        throw LaminaError(.invalidArgument, "\(template): a \"}\" without \"{\"")
      } else {
        text.append(byte)
        position += 1
      }
    }
    parts.append(.text(String(decoding: text, as: UTF8.self)))
  }

  private static func place(
    _ bytes: ArraySlice<UInt8>, _ template: String
  ) throws(LaminaError) -> Part {
    let colon = bytes.firstIndex(of: UInt8(ascii: ":")) ?? bytes.endIndex
    let name = String(decoding: bytes[bytes.startIndex..<colon], as: UTF8.self)
    guard let format = NumberFormat(bytes[colon...].dropFirst()) else {
      throw LaminaError(
        .invalidArgument,
        "\(template): \"{\(String(decoding: bytes, as: UTF8.self))}\" is no format that is known, "
          + "such as {epoch:02d} or {val_loss:.2f}")
    }
    return .place(name: name, format)
  }

  /// The path, where it has no places.
  var constant: String? {
    if parts.count == 1, case .text(let text) = parts[0] { text } else { nil }
  }

  /// The path of one moment of a training.
  ///
  /// - Parameters:
  ///   - epoch: from 0; written from 1 on, as Keras does.
  ///   - batch: the same; nil after an epoch, which has none.
  /// - Throws: `.invalidArgument` where a name is unknown, or d is asked for
  ///   a value that is no integer.
  func path(epoch: Int, batch: Int?, values: [NamedValue]) throws(LaminaError) -> String {
    var path = ""
    for part in parts {
      switch part {
      case .text(let text): path += text
      case .place("epoch", let format): path += format.text(of: epoch + 1)
      case .place(let name, let format):
        if name == "batch", let batch {
          path += format.text(of: batch + 1)
        } else if let value = values[name], let text = format.text(of: value) {
          path += text
        } else {
          throw LaminaError(
            .invalidArgument, "\(template): there is no \"\(name)\" that could be written so")
        }
      }
    }
    return path
  }
}
