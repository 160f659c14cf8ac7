/// Computes one piece of a batch: the plan's steps, one after the other.
struct PieceRun {
  let plan: InferencePlan
  let weights: InferenceWeights
  let worker: InferenceWorker
  let batch: PredictionBatch
  let firstRow: Int
  let rows: Int

  func run() {
    convertInputs()
    for index in plan.steps.indices {
      switch plan.steps[index] {
      case .copy(let from, let to): view(to).assign(view(from))
      case .activation(let step): run(step)
      case .dense(let step): run(step)
      case .normalization(let step): run(step)
      case .convolution(let call): runConvolution(call)
      case .layer(let call): runLayer(call)
      }
    }
  }

  private func convertInputs() {
    for index in plan.convertedInputs { convert(index) }
  }

  private func convert(_ index: Int) {
    if case .float32 = batch.input(index) { return }
    converted(index).assign(
      batch.input(index), from: batch.inputRow(firstRow), divisor: weights.divisor)
  }

  private func run(_ step: InferencePlan.Activated) {
    let output = view(step.output)
    output.assign(view(step.input))
    apply(step.activation, to: output)
  }

  private func run(_ step: InferencePlan.Dense) {
    let linear = weights.linear[step.weights]
    let output = view(step.output).reshaped(columns: step.activation.count)
    if let index = step.onlyItsInput {
      if linear.isFinite, assignFromBytes(output, index, step, linear) { return }
      convert(index)
    }
    output.assignDense(
      view(step.input).reshaped(columns: step.features), linear,
      activation: step.activation.function)
  }

  /// Skips bytes that are zero, where many are, and makes no numbers of them.
  private func assignFromBytes(
    _ output: MatrixView, _ index: Int, _ step: InferencePlan.Dense,
    _ linear: InferenceWeights.Linear
  ) -> Bool {
    let rowsPerSample = step.input.count / step.features
    let function = step.activation.function
    guard
      output.assignSparseProduct(
        batch.input(index), from: batch.inputRow(firstRow) * rowsPerSample,
        quotients: weights.quotients, linear.kernel, bias: linear.bias,
        appliesRelu: function == .relu)
    else { return false }
    if function != .relu { apply(step.activation, to: output) }
    return true
  }

  private func run(_ step: InferencePlan.Normalization) {
    let factors = weights.factors[step.factors]
    let output = view(step.output).reshaped(columns: step.activation.count)
    output.assignNormalized(
      view(step.input).reshaped(columns: step.activation.count), means: factors.means,
      scales: factors.scales, shifts: factors.shifts)
    apply(step.activation, to: output)
  }

  private func runConvolution(_ index: Int) {
    let call = plan.convolutions[index]
    worker.convolutionPasses[index].input = view(call.input)
    worker.convolutionPasses[index].output = view(call.output)
    call.layer.infer(worker.convolutionPasses[index])
  }

  private func runLayer(_ index: Int) {
    let call = plan.layers[index]
    for (position, input) in call.inputs.enumerated() {
      worker.layerPasses[index].inputs[position] = view(input)
    }
    let output = view(call.output)
    worker.layerPasses[index].output = output
    call.node.layer.forward(worker.layerPasses[index])
    apply(call.activation, to: output)
  }

  private func apply(_ activation: InferencePlan.Columns, to output: MatrixView) {
    guard activation.function != .linear else { return }
    activation.function.apply(
      to: output.reshaped(columns: activation.count), state: output.rows(0..<0))
  }

  private func converted(_ index: Int) -> MatrixView {
    worker.input(
      index, rows: rows, maximumRows: plan.pieceRows, columns: plan.inputCounts[index])
  }

  private func view(_ slot: InferencePlan.Slot) -> MatrixView {
    switch slot.place {
    case .input(let index):
      batch.input(index).matrix(
        from: batch.inputRow(firstRow), rows: rows, columns: slot.count) ?? converted(index)
    case .output(let index):
      batch.output(index).rows(firstRow..<firstRow + rows)
    case .scratch(let offset):
      worker.scratch.matrix(at: offset * rows, rows: rows, columns: slot.count)
    }
  }
}
