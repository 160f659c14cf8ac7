/// One batch's way through the layers and back.
final class BatchPasses {
  /// A layer at one place of the network.
  struct Step {
    let layer: any Layer
    var pass: LayerPass
    /// False where the output is the input.
    var runsForward = true
    /// Whether any gradient is needed that passes here and is to be computed.
    var runsBackward = false
    /// Gradients that were written beside their places.
    var additions: [Addition] = []
  }

  struct Addition {
    let source: MatrixView
    let target: MatrixView
  }

  let rows: Int
  let inputs: [MatrixView]
  let outputs: [MatrixView]
  /// Where the gradients of the losses go, one for each output; nil where an
  /// output is not trained.
  var outputGradients: [MatrixView?] = []
  var outputAdditions: [Addition] = []
  /// The gradients of variables that no loss depends on.
  var unreachedGradients: [MatrixView] = []
  var steps: [Step] = []

  init(rows: Int, inputs: [MatrixView], outputs: [MatrixView]) {
    self.rows = rows
    self.inputs = inputs
    self.outputs = outputs
  }

  /// Computes `outputs` from `inputs` and the weights.
  func forward(step number: Int) {
    for index in steps.indices where steps[index].runsForward {
      steps[index].pass.random.step = UInt32(truncatingIfNeeded: number)
      steps[index].layer.forward(steps[index].pass)
    }
  }

  /// Computes the weights' gradients from `outputGradients`.
  func backward() {
    for gradient in unreachedGradients { gradient.fill(0) }
    for addition in outputAdditions { addition.target.add(addition.source) }
    for step in steps.reversed() where step.runsBackward {
      step.layer.backward(step.pass)
      for addition in step.additions { addition.target.add(addition.source) }
    }
  }
}
