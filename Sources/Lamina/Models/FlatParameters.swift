/// All parameters in one row, for programs that exchange or change them as a whole.
extension Model {
  /// How many of the `parameters` gradients change, those of frozen layers among them;
  /// they come first.
  public var trainableParameterCount: Int { (try? built().graph.trainableCount) ?? 0 }

  /// All numbers of all variables: those that gradients change, then the others, each in
  /// the order of the layers; `variablePlaces` says where which one is.
  public var parameters: [Float] {
    guard let (_, store) = try? built() else { return [] }
    return store.trainable.row.toArray() + store.nonTrainable.row.toArray()
  }

  /// Gives all variables other values, also inside a callback.
  ///
  /// - Throws: `.invalidArgument` where there are not `parameterCount` of them;
  ///   `.outOfMemory`
  public func setParameters(_ parameters: [Float]) throws(LaminaError) {
    let (graph, _) = try built()
    guard parameters.count == graph.parameterCount else {
      throw LaminaError(
        .invalidArgument,
        "\(name): expected \(graph.parameterCount) parameters, got \(parameters.count)")
    }
    try changeStore {
      $0.trainable.row.assign(Array(parameters[..<graph.trainableCount]))
      $0.nonTrainable.row.assign(Array(parameters[graph.trainableCount...]))
    }
  }

  /// Copies `parameters` to a host's memory: one row of `parameterCount`.
  package func copyParameters(into row: MatrixView) throws(LaminaError) {
    let (graph, store) = try built()
    row.columns(0..<graph.trainableCount).assign(store.trainable.row)
    row.columns(graph.trainableCount..<graph.parameterCount).assign(store.nonTrainable.row)
  }

  /// Takes parameters from a host's memory: one row of `parameterCount`.
  ///
  /// - Throws: `.outOfMemory`
  package func setParameters(from row: MatrixView) throws(LaminaError) {
    let (graph, _) = try built()
    try changeStore {
      $0.trainable.row.assign(row.columns(0..<graph.trainableCount))
      $0.nonTrainable.row.assign(row.columns(graph.trainableCount..<graph.parameterCount))
    }
  }

  /// During a training nobody else sees the parameters, and they must stay where they
  /// are.
  private func changeStore(_ change: (ParameterStore) -> Void) throws(LaminaError) {
    if !isTraining { try makeStoreUnique() }
    change(try built().store)
  }

  /// Where the variables' numbers are among the `parameters`, in the order of the layers.
  public var variablePlaces: [VariablePlace] {
    guard let graph = try? built().graph else { return [] }
    return graph.layers.flatMap { place in
      graph.variables[place.variables].map { variable in
        let offset = variable.isTrainable ? variable.offset : graph.trainableCount + variable.offset
        return VariablePlace(
          name: variable.name, shape: variable.shape, range: offset..<offset + variable.count,
          isTrainable: variable.isTrainable,
          isTrained: variable.isTrainable && place.layer.trainable)
      }
    }
  }
}

/// A variable of a model and its place among the parameters.
public struct VariablePlace: Equatable, Sendable {
  /// The layer's name, a slash, Keras's name: "dense/kernel".
  public let name: String
  public let shape: Shape
  public let range: Range<Int>
  /// Whether gradients change it, unless its layer is frozen; moving statistics are
  /// changed by their layer.
  public let isTrainable: Bool
  /// Whether a training changes it now by gradients.
  public let isTrained: Bool
}
