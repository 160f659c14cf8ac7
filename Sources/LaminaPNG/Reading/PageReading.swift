/// The digits of a page, in reading order.
public struct PageReading: Equatable, Sendable {
  /// A digit and where it stands.
  public struct Digit: Equatable, Sendable {
    public let prediction: Prediction
    /// In pixels of the file's picture.
    public let box: PixelBox
    /// The line, from 0 at the top.
    public let line: Int
    /// Whether a gap as wide as a digit, or the line's beginning, comes before it.
    public let beginsWord: Bool

    public init(prediction: Prediction, box: PixelBox, line: Int, beginsWord: Bool) {
      self.prediction = prediction
      self.box = box
      self.line = line
      self.beginsWord = beginsWord
    }
  }

  /// At least one; line by line from the top, each from the left.
  public let digits: [Digit]

  public init(digits: [Digit]) {
    self.digits = digits
  }

  /// The labels one after the other, a space between words, a line break between lines.
  ///
  /// - Parameter labels: the classes' names; a class without one has its number.
  public func text(labels: [String]) -> String {
    var text = ""
    var line = digits.first?.line ?? 0
    for digit in digits {
      if digit.line != line { text += "\n" } else if digit.beginsWord, !text.isEmpty { text += " " }
      line = digit.line
      let index = digit.prediction.classIndex
      text += labels.indices.contains(index) ? labels[index] : "\(index)"
    }
    return text
  }
}
