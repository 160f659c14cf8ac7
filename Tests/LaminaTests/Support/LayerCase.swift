import Testing

@testable import Lamina

/// A layer with all that one batch's pass through it needs.
struct LayerCase {
  let name: String
  let layer: any Layer
  let isTraining: Bool
  /// Of a sample of each input.
  let shapes: [Shape]
  let inputs: [MatrixView]
  /// Their values by name; others are drawn by their initializers.
  var variables: [String: [Float]] = [:]
  /// What the outputs are multiplied by and summed.
  let upstream: [Float]

  /// - Parameter isTraining: whether there is memory for a backward pass, which
  ///   may follow an inference too.
  func trial(isTraining: Bool = true) throws -> LayerTrial {
    try LayerTrial(layer, inputs, shapes: shapes, variables: variables, isTraining: isTraining)
  }

  /// A trial's memory as a training's step uses it: none for the gradients of
  /// frozen variables.
  func pass(of trial: LayerTrial) -> LayerPass {
    var pass = trial.pass
    pass.isTraining = isTraining
    if !layer.trainable { pass.variableGradients = pass.variableGradients.map { _ in nil } }
    return pass
  }
}

extension LayerCase {
  /// What Keras was given.
  init(_ golden: KerasFixture.Case) throws {
    let description = try #require(golden.json["layer"])
    let configuration = Configuration(try #require(description["config"]))
    name = golden.name
    layer = try LayerRegistry.make(
      className: try #require(description["class_name"]?.stringValue),
      configuration: configuration)
    layer.trainable = try configuration.boolean("trainable", default: true)
    isTraining = golden.json["training"] == .boolean(true)
    let inputs = golden.numbered("input")
    shapes = inputs.map { Shape(Array($0.shape.dropFirst())) }
    self.inputs = inputs.map { tensor in
      let numbers = tensor.floats
      return matrix(tensor.shape[0], numbers.count / tensor.shape[0]) { numbers[$0] }
    }
    if let samples = golden.tensors["adapted_to"] {
      let normalization = try #require(layer as? Normalization)
      try normalization.adapt(Tensor(shape: Shape(samples.shape), elements: samples.floats))
    } else {
      for name in golden.suffixes(of: "variable/") {
        variables[name] = try golden.tensor("variable/" + name).floats
      }
    }
    upstream = try golden.tensor("upstream").floats
  }
}
