/// The values of all of a network's variables: those that gradients change in
/// one piece of memory, the others in another.
final class ParameterStore {
  let trainable: FloatStorage
  let nonTrainable: FloatStorage

  private init(trainable: FloatStorage, nonTrainable: FloatStorage) {
    self.trainable = trainable
    self.nonTrainable = nonTrainable
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
    self.init(
      trainable: try FloatStorage(count: graph.trainableCount, for: "parameters"),
      nonTrainable: try FloatStorage(count: graph.nonTrainableCount, for: "statistics"))
  }

  func copy() throws(LaminaError) -> ParameterStore {
    ParameterStore(trainable: try trainable.copy(), nonTrainable: try nonTrainable.copy())
  }

  /// How many numbers all variables have.
  var count: Int { trainable.count + nonTrainable.count }

  func hasSameSize(as other: ParameterStore) -> Bool {
    trainable.count == other.trainable.count && nonTrainable.count == other.nonTrainable.count
  }

  /// Takes the values of another store of the same network.
  func assign(_ other: ParameterStore) {
    trainable.row.assign(other.trainable.row)
    nonTrainable.row.assign(other.nonTrainable.row)
  }

  /// A variable as a matrix whose columns are its last axis.
  func view(of variable: Graph.StoredVariable) -> MatrixView {
    variable.view(in: variable.isTrainable ? trainable : nonTrainable)
  }
}

extension Graph.StoredVariable {
  /// The variable's place in a storage that is laid out as the parameters are:
  /// the parameters themselves, or their gradients.
  func view(in storage: FloatStorage) -> MatrixView {
    storage.matrix(at: offset, rows: rows, columns: columns)
  }
}
