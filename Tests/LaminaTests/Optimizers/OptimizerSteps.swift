@testable import Lamina

/// An optimizer at work on some variables, which lie one after the other.
final class OptimizerSteps {
  let optimizer: any Optimizer
  let parameters: MatrixView
  let gradients: MatrixView
  let slots: [MatrixView]
  private let update: ParameterUpdate
  private var done = 0

  /// - Parameters:
  ///   - start: the variables' numbers, by name.
  ///   - frozen: those that are not to change.
  init(
    _ optimizer: any Optimizer, _ start: KeyValuePairs<String, [Float]>, frozen: [String] = []
  ) {
    var variables: [ParameterUpdate.Variable] = []
    var count = 0
    for (name, values) in start {
      if !frozen.contains(name) {
        variables.append(.init(name: name, offset: count, count: values.count))
      }
      count += values.count
    }
    self.optimizer = optimizer
    parameters = matrix(start.flatMap { $0.value })
    gradients = matrix(1, count)
    slots = optimizer.slots.map { slot in matrix(1, count) { _ in slot.initialValue } }
    update = ParameterUpdate(
      optimizer: optimizer, variables: variables, parameters: parameters, gradients: gradients,
      slots: slots)
  }

  /// Does the next step; gives the parameters after it.
  @discardableResult func step(_ values: [Float]) -> [Float] {
    gradients.assign(values)
    applyGradients()
    return parameters.toArray()
  }

  /// Does the next step with the gradients as they are.
  func applyGradients() {
    let learningRate = optimizer.learningRate.value(atStep: done)
    done += 1
    update.apply(step: done, learningRate: learningRate)
  }

  /// The parameters after each of some steps.
  func steps(_ gradients: [[Float]]) -> [[Float]] { gradients.map { step($0) } }
}
