/// Wraps text over lines between words, a column for each character.
///
/// Source: divide_line in the library rich, which draws Keras's tables.
enum TextWrapping {
  /// The lines of a table's cell; a word that is too long ends in an ellipsis.
  static func lines(of text: String, width: Int) -> [String] {
    pieces(of: text, width: width, folds: false).map { piece in
      let line = trimmed(piece)
      return String(line.count > width ? line.prefix(width - 1) + ["…"] : line)
    }
  }

  /// The lines of a paragraph, each with its end; a word that is too long goes
  /// on in the next line.
  static func folded(_ text: String, width: Int) -> String {
    var result = ""
    for var piece in pieces(of: text, width: width, folds: true) {
      while piece.count > width, piece.last == " " { piece.removeLast() }
      result += String(piece) + "\n"
    }
    return result
  }

  private static func pieces(
    of text: String, width: Int, folds: Bool
  ) -> [ArraySlice<Character>] {
    let characters = Array(text)
    var pieces: [ArraySlice<Character>] = []
    var start = 0
    for position in breaks(of: characters, width: width, folds: folds) {
      pieces.append(characters[start..<position])
      start = position
    }
    return pieces + [characters[start...]]
  }

  /// Where lines begin, but for the first.
  private static func breaks(of text: [Character], width: Int, folds: Bool) -> [Int] {
    var breaks: [Int] = []
    var used = 0
    for word in words(of: text) {
      let length = trimmed(text[word]).count
      if length <= width - used {
        used += word.count
        continue
      }
      guard folds, length > width else {
        if word.lowerBound > 0 { breaks.append(word.lowerBound) }
        used = word.count
        continue
      }
      for start in stride(from: word.lowerBound, to: word.upperBound, by: width) {
        if start > 0 { breaks.append(start) }
        used = min(width, word.upperBound - start)
      }
    }
    return breaks
  }

  /// Each word with the space around it.
  private static func words(of text: [Character]) -> [Range<Int>] {
    var words: [Range<Int>] = []
    var position = 0
    while position < text.count {
      let start = position
      while position < text.count, text[position] == " " { position += 1 }
      guard position < text.count else { break }
      while position < text.count, text[position] != " " { position += 1 }
      while position < text.count, text[position] == " " { position += 1 }
      words.append(start..<position)
    }
    return words
  }

  private static func trimmed(_ text: ArraySlice<Character>) -> ArraySlice<Character> {
    var text = text
    while text.last == " " { text.removeLast() }
    return text
  }
}
