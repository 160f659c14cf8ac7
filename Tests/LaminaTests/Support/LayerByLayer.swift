import Testing

@testable import Lamina

extension Model {
  /// The outputs as the layers' own forward passes give them, one after the
  /// other, nothing dropped: what every plan must give.
  func outputsLayerByLayer(_ inputs: [MatrixView]) throws -> [[Float]] {
    let (graph, store) = try built()
    var tensors = graph.tensorCounts.map { _ in matrix(0, 0) }
    for (input, batch) in zip(graph.inputs, inputs) { tensors[input.tensor] = batch }
    for node in graph.nodes {
      guard !(node.layer is Dropout) else {
        tensors[node.output] = tensors[node.inputs[0]]
        continue
      }
      let trial = try LayerTrial(
        node.layer, node.inputs.map { tensors[$0] }, shapes: node.inputShapes, isTraining: false)
      for (view, variable) in zip(trial.pass.variables, graph.variables[node.variables]) {
        view.assign(store.view(of: variable))
      }
      trial.forward()
      tensors[node.output] = trial.pass.output
    }
    return graph.outputs.map { tensors[$0.tensor].toArray() }
  }

  /// Gives all variables random values; variances stay positive.
  func drawWeights(_ generator: inout SeededGenerator) throws {
    let (graph, store) = try built()
    for variable in graph.variables {
      let isVariance = variable.name.hasSuffix("moving_variance")
      let values = generator.normals(variable.count).map { isVariance ? 0.5 + $0 * $0 : 0.5 * $0 }
      store.view(of: variable).assign(values)
    }
  }
}

extension Session {
  /// The outputs for batches of float32, row by row.
  func outputs(_ inputs: [MatrixView]) -> [[Float]] {
    let rows = inputs[0].rows
    let outputs = outputShapes.map {
      matrix(rows, $0.checkedElementCount ?? 0) { _ in .nan }
    }
    predict(inputs.map { .float32(UnsafePointer($0.elements)) }, into: outputs)
    #expect((inputs + outputs).allSatisfy { isFramed($0) })
    return outputs.map { $0.toArray() }
  }
}
