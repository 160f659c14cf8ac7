import Lamina

/// One answer of a classification.
public struct Prediction: Equatable, Sendable {
  /// The class, from 0.
  public let classIndex: Int
  /// 0 to 1.
  public let probability: Float

  public init(classIndex: Int, probability: Float) {
    self.classIndex = classIndex
    self.probability = probability
  }
}

/// Says which digit a PNG shows: bytes, grey pixels, the network's input,
/// probabilities, the best classes. Used by one thread at a time, as its
/// session is.
public struct PNGClassifier {
  public let session: Session
  public var decoder = PNGDecoder()
  private let preprocessor: DigitPreprocessor

  /// - Throws: `.invalidArgument` where the session's model does not take a
  ///   picture, or gives something else than a score for each class.
  public init(session: Session) throws(LaminaError) {
    self.session = session
    preprocessor = try DigitPreprocessor(
      for: session.preprocessing, inputShapes: session.inputShapes)
    guard session.outputShapes.count == 1 else {
      throw LaminaError(
        .invalidArgument,
        "expected a model of one output, a score for each class; it has "
          + "\(session.outputShapes.count)")
    }
    guard session.outputShape.rank == 1 else {
      throw LaminaError(
        .invalidArgument,
        "the model gives shape \(session.outputShape), not a score for each class")
    }
  }

  /// The best classes of the digit in a file, the best first.
  ///
  /// - Throws: `.inputOutput`, `.image`, `.noDigit`, `.outOfMemory`; the message
  ///   begins with the path.
  public func classify(path: String, top: Int = 1) throws(LaminaError) -> [Prediction] {
    do throws(LaminaError) {
      return try classify(decoder.decode(path: path), top: top)
    } catch {
      throw error.kind == .noDigit ? error.at(path) : error
    }
  }

  /// The best classes of the digit in a PNG's bytes, the best first.
  ///
  /// - Parameter name: what error messages call the picture.
  public func classify(
    _ bytes: Span<UInt8>, name: String, top: Int = 1
  ) throws(LaminaError) -> [Prediction] {
    do throws(LaminaError) {
      return try classify(decoder.decode(bytes, name: name), top: top)
    } catch {
      throw error.kind == .noDigit ? error.at(name) : error
    }
  }

  private func classify(_ picture: Picture, top: Int) throws(LaminaError) -> [Prediction] {
    try predictions(for: preprocessor.digit(from: picture), top: top)
  }

  /// The best classes of a digit that has the form of the network's input.
  ///
  /// - Throws: `.invalidArgument` where it has another size, or the scores are not finite;
  ///   `.outOfMemory`
  public func predictions(for digit: GreyImage, top: Int) throws(LaminaError) -> [Prediction] {
    let probabilities = try session.probabilities(of: digit.pixels)
    guard probabilities.allSatisfy({ $0.isFinite }) else {
      throw LaminaError(
        .invalidArgument, "the model's scores are not finite; its weights may not be either")
    }
    // Of equals the class that comes first is the better one.
    let order = probabilities.indices.sorted {
      (probabilities[$1], $0) < (probabilities[$0], $1)
    }
    return order.prefix(max(0, top)).map {
      Prediction(classIndex: $0, probability: probabilities[$0])
    }
  }
}

extension DigitPreprocessor {
  /// What makes pictures into the input of a model.
  ///
  /// - Throws: `.invalidArgument` where the model does not take a picture, or
  ///   takes more than that.
  public init(for preprocessing: Preprocessing?, inputShapes: [Shape]) throws(LaminaError) {
    guard inputShapes.count <= 1 else {
      throw LaminaError(
        .invalidArgument, "expected a model of one input, a picture; it has \(inputShapes.count)")
    }
    guard preprocessing?.recipe == .mnist else {
      throw LaminaError(
        .invalidArgument,
        "the model does not say how a picture becomes its input: it has no preprocessing recipe")
    }
    let (side, inputShape) = (DigitPreprocessor.side, inputShapes.first)
    guard inputShape?.checkedElementCount == side * side else {
      throw LaminaError(
        .invalidArgument,
        "expected a model whose input is \(side)x\(side) pixels, "
          + "got \(inputShape?.description ?? "none")")
    }
    self.init()
  }
}
