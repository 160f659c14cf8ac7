/// How often a model is right. What that means follows from the shapes:
/// `BinaryAccuracy` where the output's last axis is 1, `SparseCategoricalAccuracy`
/// where targets are classes, else `CategoricalAccuracy`.
///
/// It is what `metrics=["accuracy"]` gives in Keras; Keras's class of the same
/// name, which compares numbers for equality, is not in Lamina.
///
/// Source: get_metric in keras/src/trainers/compile_utils.py
public final class Accuracy: Metric {
  public let name: String
  public let className = "accuracy"

  public init(name: String = "accuracy") {
    self.name = name
  }

  public var configuration: [JSON.Member] { [] }

  public func resolved(targetShape: Shape, outputShape: Shape) -> any Metric {
    if outputShape.columnCount == 1 { return BinaryAccuracy(name: name) }
    let hasClasses =
      targetShape.rank < outputShape.rank || targetShape.dimensions.last == 1
    return hasClasses
      ? SparseCategoricalAccuracy(name: name) : CategoricalAccuracy(name: name)
  }

  public func check(targets: Samples, outputShape: Shape) throws(LaminaError) {
    try meaning(targets.shape, outputShape).check(targets: targets, outputShape: outputShape)
  }

  public func stateCount(outputShape: Shape) -> Int { 2 }

  /// Takes rows of one target for classes; whoever knows the shapes resolves the
  /// metric first.
  public func update(_ state: inout [Double], with rows: MetricRows) {
    meaning([rows.targets.columns], [rows.predictions.columns]).update(&state, with: rows)
  }

  public func result(of state: [Double]) -> Double { quotient(state[0], state[1]) }

  private func meaning(_ targetShape: Shape, _ outputShape: Shape) -> any Metric {
    resolved(targetShape: targetShape, outputShape: outputShape)
  }
}

extension Metric where Self == Accuracy {
  public static var accuracy: Accuracy { Accuracy() }
}
