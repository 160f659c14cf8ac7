import Lamina

extension Workers {
  /// What `body` gives for each piece, in the order of the pieces.
  ///
  /// - Parameter body: takes the piece and the worker, as `perform` has them.
  func map<Value>(_ pieceCount: Int, _ body: (_ piece: Int, _ worker: Int) -> Value) -> [Value] {
    [Value](unsafeUninitializedCapacity: pieceCount) { values, count in
      let values = values.baseAddress
      perform(pieceCount) { piece, worker in
        let value = body(piece, worker)
        values.map { ($0 + piece).initialize(to: value) }
      }
      count = pieceCount
    }
  }
}
