/// What a training takes from a model.
extension Model {
  /// Freezes a layer, or lets trainings change it again; counts from the next one on.
  ///
  /// - Parameter layer: its name in the network, such as "dense_1".
  /// - Throws: `.invalidArgument` where there is no such layer; `.busy`
  public func setTrainable(_ trainable: Bool, layer name: String) throws(LaminaError) {
    guard !isTraining else { throw busy }
    let (graph, _) = try built()
    guard let place = graph.layers.first(where: { $0.name == name }) else {
      throw LaminaError(
        .invalidArgument,
        "\(self.name): there is no layer \"\(name)\"; expected "
          + graph.layers.map { $0.name }.joined(separator: ", "))
    }
    place.layer.trainable = trainable
  }

  /// The layers' names in the network, in the order of `layers`.
  public var layerNames: [String] { (try? built().graph.layers.map { $0.name }) ?? [] }

  /// Says what shuffles and dropout masks follow from; the weights stay.
  ///
  /// - Throws: `.busy`
  public func setSeed(_ seed: UInt64) throws(LaminaError) {
    guard !isTraining else { throw busy }
    self.seed = seed
    batchTrainer = nil
  }

  /// Sets `threadCount`, but inside a callback.
  ///
  /// - Throws: `.busy`
  package func setThreadCount(_ count: Int) throws(LaminaError) {
    guard !isTraining else { throw busy }
    threadCount = count
  }
}
