/// The values of all of a network's parameters, in one piece of memory.
final class ParameterStore {
  let values: FloatStorage

  private init(values: FloatStorage) {
    self.values = values
  }

  /// Fresh weights, as the initializers draw them.
  ///
  /// - Throws: `.outOfMemory`
  convenience init(for graph: Graph, seed: UInt64) throws(LaminaError) {
    try self.init(zerosFor: graph)
    for (index, variable) in graph.variables.enumerated() {
      variable.initializer.fill(
        view(of: variable), shape: variable.shape,
        seed: InitializerSeed(seed: seed, variable: index))
    }
  }

  convenience init(zerosFor graph: Graph) throws(LaminaError) {
    self.init(values: try FloatStorage(count: graph.parameterCount, for: "parameters"))
  }

  func copy() throws(LaminaError) -> ParameterStore {
    ParameterStore(values: try values.copy())
  }

  /// A variable as a matrix whose columns are its last axis.
  func view(of variable: Graph.StoredVariable) -> MatrixView {
    variable.view(in: values)
  }
}

extension Graph.StoredVariable {
  /// The variable's place in a storage that is laid out as the parameters are:
  /// the parameters themselves, or their gradients.
  func view(in storage: FloatStorage) -> MatrixView {
    storage.matrix(at: offset, rows: rows, columns: columns)
  }
}
