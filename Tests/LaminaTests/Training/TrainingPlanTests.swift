import Testing

@testable import Lamina

@Suite struct TrainingPlanTests {
  /// A network of every layer and activation, with masks that stay the same.
  private func network() throws -> (Graph, ParameterStore) {
    let model = try Sequential(seed: 3) {
      Flatten(inputShape: [3, 2])
      Dense(9, activation: .relu)
      Dropout(0.3)
      Dense(8, activation: .tanh)
      Dense(7, activation: .sigmoid, useBias: false)
      Dropout(0.2)
      Dense(6, activation: .softmax)
      Dense(4)
    }
    let (graph, store) = try model.built()
    // Away from the initial biases of zero.
    var generator = SeededGenerator(seed: 8)
    let values = store.trainable
    for index in 0..<values.count { values.base[index] += 0.3 * generator.normal() }
    return (graph, store)
  }

  @Test(arguments: [true, false])
  func gradientOfAWholeNetworkIsTheSlope(whole: Bool) throws {
    let (graph, store) = try network()
    let rows = whole ? 6 : 4
    let plan = try TrainingPlan(
      graph: graph, store: store, hasLoss: [true], maximumRows: 6, seed: 5)
    let passes = plan.passes(rows: rows)
    var generator = SeededGenerator(seed: 6)
    passes.inputs[0].assign(generator.normals(rows * 6))
    let labels = matrix(rows, 1) { [0, 1, 2, 3, 1, 0][$0] }
    let losses = matrix(rows, 1)
    let loss = SparseCategoricalCrossentropy(fromLogits: true)
    func objective(_ gradient: MatrixView?) -> Double {
      passes.forward(step: 7)
      return loss.evaluate(
        LossRows(
          predictions: passes.outputs[0], targets: labels, losses: losses, gradient: gradient),
        weights: nil)
    }
    _ = objective(passes.outputGradients[0])
    passes.backward()
    expectGradient(plan.gradients, at: plan.parameters, step: 5e-3, "parameters") {
      objective(nil)
    }
  }

  @Test func gradientsAreWrittenAnewEachTime() throws {
    let (graph, store) = try network()
    let plan = try TrainingPlan(
      graph: graph, store: store, hasLoss: [true], maximumRows: 2, seed: 5)
    func gradients() -> [Float] {
      let passes = plan.passes(rows: 2)
      passes.inputs[0].assign((0..<12).map { Float($0) / 10 })
      passes.forward(step: 1)
      passes.outputGradients[0]?.fill(1)
      passes.backward()
      return plan.gradients.toArray()
    }
    let first = gradients()
    #expect(first.contains { $0 != 0 })
    #expect(gradients() == first)
  }

  @Test func dropoutLayersAndStepsDrawTheirOwnMasks() throws {
    let model = try Sequential(seed: 3) {
      Dropout(0.5, inputShape: [500])
      Dropout(0.5)
    }
    let (graph, store) = try model.built()
    let plan = try TrainingPlan(
      graph: graph, store: store, hasLoss: [true], maximumRows: 1, seed: 5)
    func kept(step: Int) -> Int {
      let passes = plan.passes(rows: 1)
      passes.inputs[0].fill(1)
      passes.forward(step: step)
      return passes.outputs[0].toArray().count { $0 == 4 }
    }
    // Both layers keep a half; with equal masks it would be 250.
    #expect((80...170).contains(kept(step: 0)))
    func output(step: Int) -> [Float] {
      _ = kept(step: step)
      return plan.passes(rows: 1).outputs[0].toArray()
    }
    #expect(output(step: 0) == output(step: 0))
    #expect(output(step: 0) != output(step: 1))
  }
}
