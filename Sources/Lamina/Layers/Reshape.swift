/// Gives each sample another shape. The order of the numbers stays.
///
/// Source: keras/src/layers/reshaping/reshape.py
public final class Reshape: Layer {
  /// The shape of a sample; one of its lengths can be -1, which is found from
  /// the others.
  public let targetShape: [Int]
  public let inputShape: Shape?
  public let name: String?
  public var trainable = true
  public let className = "Reshape"

  public init(_ targetShape: [Int], inputShape: Shape? = nil, name: String? = nil) {
    self.targetShape = targetShape
    self.inputShape = inputShape
    self.name = name
  }

  public func outputShape(for inputs: [Shape]) throws(LaminaError) -> Shape {
    let count = try inputs[0].elementCount()
    let unknown = targetShape.count { $0 == -1 }
    let known = Shape(targetShape.filter { $0 != -1 })
    guard unknown <= 1, known.dimensions.allSatisfy({ $0 > 0 }) else {
      throw LaminaError(
        .invalidArgument,
        "target_shape must be lengths of at least 1, of which one can be -1, got "
          + Shape(targetShape).description)
    }
    guard let product = known.checkedElementCount,
      unknown == 0 ? product == count : count.isMultiple(of: product)
    else {
      throw LaminaError(
        .invalidArgument,
        "an input of shape \(inputs[0]) does not fit into shape \(Shape(targetShape))")
    }
    return Shape(targetShape.map { $0 == -1 ? count / product : $0 })
  }

  /// y = x
  public func forward(_ pass: LayerPass) {
    pass.output.assign(pass.input)
  }

  /// dL/dx = dL/dy
  public func backward(_ pass: LayerPass) {
    pass.inputGradient?.assign(pass.outputGradient)
  }

  public var inferenceForm: InferenceForm { .identity }
  public var isPassThrough: Bool { true }

  public var configuration: [JSON.Member] {
    [JSON.Member("target_shape", .array(targetShape.map { .integer($0) }))]
  }

  convenience init(configuration: Configuration) throws(LaminaError) {
    self.init(try configuration.integers("target_shape"), name: configuration.name)
  }
}
