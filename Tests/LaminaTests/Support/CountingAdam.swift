@testable import Lamina

/// An optimizer that notes how many allocations there were before each step.
final class CountingAdam: Optimizer {
  private let adam = Adam()
  let className = "Counting"
  let name = "counting"
  let configuration: [JSON.Member] = []
  let learningRate: LearningRate = 0.001
  let weightDecay: WeightDecay? = nil
  let clipping: GradientClipping? = nil
  let slots = [OptimizerSlot("momentum"), OptimizerSlot("velocity")]
  nonisolated(unsafe) let counts = UnsafeMutableBufferPointer<Int>.allocate(capacity: 200)

  deinit { counts.deallocate() }

  func update(_ step: OptimizerStep) {
    counts[step.number - 1] = AllocationCounter.current
    adam.update(step)
  }
}
