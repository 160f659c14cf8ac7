/// The values of a model's variables.
extension Model {
  /// The values of a variable by its name, such as "dense/kernel"; nil where
  /// there is none.
  public func values(of variable: String) -> Tensor? {
    guard let graph, let store else { return nil }
    for stored in graph.variables where stored.name == variable {
      return try? Tensor(shape: stored.shape, elements: store.view(of: stored).toArray())
    }
    return nil
  }

  /// The names of the variables, in the order of the layers.
  public var variableNames: [String] { graph?.variables.map { $0.name } ?? [] }

  /// Gives a variable other values.
  ///
  /// - Throws: `.invalidArgument` where there is no such variable, or it has
  ///   another shape; `.busy` while a training changes them.
  public func setValues(of variable: String, to tensor: Tensor) throws(LaminaError) {
    guard !isTraining else { throw busy }
    let (graph, _) = try built()
    guard let stored = graph.variables.first(where: { $0.name == variable }) else {
      throw LaminaError(.invalidArgument, "\(name) has no variable \"\(variable)\"")
    }
    guard stored.shape == tensor.shape else {
      throw LaminaError(
        .invalidArgument, "\(variable) has shape \(stored.shape), got \(tensor.shape)")
    }
    try makeStoreUnique()
    store?.view(of: stored).assign(tensor.elements)
  }

  /// Takes the weights of the layers that another model shares with this one,
  /// as a network does that is cut out of another or grown from it.
  ///
  /// - Throws: `.invalidArgument` before one of them is built; `.busy` while
  ///   a training changes the weights; `.outOfMemory`
  public func copyWeights(from other: Model) throws(LaminaError) {
    guard !isTraining else { throw busy }
    let (graph, store) = try other.built()
    _ = try built()
    try makeStoreUnique()
    copyWeights(from: graph, store)
  }

  /// Adapts a `Normalization` of this model when the model is built already:
  /// finds mean and variance in samples, and puts them into its variables.
  ///
  /// - Throws: `.invalidArgument` where the layer is not the model's, or cannot
  ///   be adapted to these samples; `.busy` while a training goes on.
  public func adapt(_ layer: Normalization, to samples: Samples) throws(LaminaError) {
    guard !isTraining else { throw busy }
    let (graph, _) = try built()
    guard let node = graph.nodes.first(where: { $0.layer === layer }) else {
      throw LaminaError(.invalidArgument, "\(name): the layer to adapt is not the model's")
    }
    try layer.adapt(samples)
    _ = try layer.outputShape(for: node.inputShapes)
    try makeStoreUnique()
    for (variable, declared) in zip(
      graph.variables[node.variables], layer.variables(for: node.inputShapes))
    {
      store.map {
        declared.initializer.fill(
          $0.view(of: variable), shape: variable.shape,
          seed: InitializerSeed(seed: seed, variable: 0))
      }
    }
  }

  /// Takes the values of the variables of layers that both networks have.
  func copyWeights(from graph: Graph, _ store: ParameterStore) {
    guard let ownGraph = self.graph, let ownStore = self.store else { return }
    var places: [ObjectIdentifier: Graph.LayerPlace] = [:]
    for place in graph.layers { places[ObjectIdentifier(place.layer as AnyObject)] = place }
    for own in ownGraph.layers {
      guard let place = places[ObjectIdentifier(own.layer as AnyObject)] else { continue }
      for (variable, source) in zip(
        ownGraph.variables[own.variables], graph.variables[place.variables])
      where variable.shape == source.shape {
        ownStore.view(of: variable).assign(store.view(of: source))
      }
    }
  }
}
