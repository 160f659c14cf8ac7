import Testing

@testable import Lamina

/// A compiled model with memory for one batch's way through it and back.
struct ModelTrial {
  let graph: Graph
  let trainer: BatchTrainer
  private let objective: BoundObjective
  private let rows: Int

  /// - Parameter maximumRows: how many rows there is memory for; nil for the
  ///   batch's.
  init(_ model: Model, _ batch: Dataset, maximumRows: Int? = nil) throws {
    let state = try model.compiled()
    graph = try model.built().graph
    objective = try model.bind(batch, state)
    rows = batch.count
    trainer = try BatchTrainer(
      model, state, objective, BatchForm(batch), maximumRows: maximumRows ?? rows)
    let order = (0..<Int32(rows)).map { $0 }
    batch.load(
      order[...], into: trainer.inputs(rows: rows), trainer.targets, classWeights: nil)
  }

  /// Computes the outputs and the loss, regularizers included.
  @discardableResult
  func loss() -> Double {
    var scores = Scores(objective, graph: graph)
    trainer.forward(rows: rows)
    return trainer.measure(rows: rows, into: &scores)
  }

  /// The outputs of the last `loss`.
  var outputs: [[Float]] { trainer.plan.passes(rows: rows).outputs.map { $0.toArray() } }

  func gradient(of name: String) throws -> [Float] {
    let variable = try #require(graph.variables.first { $0.name == name })
    return trainer.plan.gradient(of: variable).toArray()
  }

  /// Compares the gradient of each trained variable with slopes.
  ///
  /// - Parameter unreached: variables that the loss does not depend on.
  func expectGradients(
    unreached: Set<String> = [], step: Float = 5e-3,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    // What was there before must not matter.
    trainer.plan.gradients.fill(.nan)
    loss()
    trainer.backward(rows: rows)
    for place in graph.layers where place.layer.trainable {
      for variable in graph.variables[place.variables] where variable.isTrainable {
        let gradient = trainer.plan.gradient(of: variable)
        if unreached.contains(variable.name) {
          #expect(
            gradient.toArray().allSatisfy { $0 == 0 }, "\(variable.name)",
            sourceLocation: sourceLocation)
          continue
        }
        expectGradient(
          gradient, at: trainer.plan.view(of: variable), step: step, variable.name,
          sourceLocation: sourceLocation
        ) { loss() }
      }
    }
  }
}

extension Model {
  /// Moves all trained numbers away from where gradients may be special, such
  /// as the biases' zeros.
  func shakeWeights(seed: UInt64 = 8) throws {
    let store = try built().store
    var generator = SeededGenerator(seed: seed)
    for index in 0..<store.trainable.count {
      store.trainable.base[index] += 0.3 * generator.normal()
    }
  }
}

/// Normally distributed samples, and numbers that a model's outputs should be.
func numbers(
  _ count: Int, _ shape: Shape, targets: [Int], seed: UInt64 = 12
) throws -> Dataset {
  var generator = SeededGenerator(seed: seed)
  let size = try #require(shape.checkedElementCount)
  return try Dataset(
    name: "numbers",
    inputs: [Samples(.float32(generator.normals(count * size)), shape: shape, count: count)],
    targets: targets.map {
      try Samples(.float32(generator.normals(count * $0)), shape: [$0], count: count)
    })
}
