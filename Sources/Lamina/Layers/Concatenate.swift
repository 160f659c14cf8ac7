/// Puts its inputs one after the other along an axis: of [5, 5, 3] and [5, 5, 8]
/// along the last one it makes [5, 5, 11]. The other axes are the same in all
/// inputs.
///
/// Source: keras/src/layers/merging/concatenate.py
public final class Concatenate: Layer {
  /// Axis 0 is the batch's, which is not allowed, 1 the first one of a sample, -1
  /// the last one.
  public let axis: Int
  public let name: String?
  public var trainable = true
  public let className = "Concatenate"
  public var inputShape: Shape? { nil }
  public var inputCount: ClosedRange<Int> { 2...Int.max }

  public init(axis: Int = -1, name: String? = nil) {
    self.axis = axis
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    let axis = try inputs[0].sampleAxis(axis)
    var dimensions = inputs[0].dimensions
    for (index, input) in inputs.enumerated() {
      _ = try input.elementCount()
      guard index > 0 else { continue }
      var others = input.dimensions
      if others.count == dimensions.count { others[axis] = dimensions[axis] }
      guard others == dimensions else {
        throw LaminaError(
          .invalidArgument,
          "input \(index) has shape \(input), input 0 \(inputs[0]); "
            + "all axes but axis \(self.axis) must be the same")
      }
      let (sum, overflow) = dimensions[axis].addingReportingOverflow(input.dimensions[axis])
      guard !overflow else {
        throw LaminaError(.invalidArgument, "the inputs are too large together")
      }
      dimensions[axis] = sum
    }
    _ = try Shape(dimensions).elementCount()
    return Shape(dimensions)
  }

  /// y = x_0, x_1, ... along the axis
  public func forward(_ pass: LayerPass) {
    let output = pass.output.reshaped(columns: length(pass.outputShape))
    var first = 0
    for (index, input) in pass.inputs.enumerated() {
      let length = length(pass.inputShapes[index])
      output.assignColumns(input.reshaped(columns: length), at: first)
      first += length
    }
  }

  /// dL/dx_i = its part of dL/dy
  public func backward(_ pass: LayerPass) {
    let gradient = pass.outputGradient.reshaped(columns: length(pass.outputShape))
    var first = 0
    for (index, inputGradient) in pass.inputGradients.enumerated() {
      let length = length(pass.inputShapes[index])
      inputGradient?.reshaped(columns: length).assignColumns(of: gradient, from: first)
      first += length
    }
  }

  /// How many numbers of a sample lie one after the other before another input's
  /// follow: those of the axis and of the ones behind it.
  private func length(_ shape: Shape) -> Int {
    let axis = axis < 0 ? axis + shape.rank : axis - 1
    var length = 1
    for dimension in shape.dimensions[axis...] { length *= dimension }
    return length
  }

  public var configuration: [JSON.Member] { [JSON.Member("axis", .integer(axis))] }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(axis: try configuration.integer("axis", default: -1), name: configuration.name)
  }
}
