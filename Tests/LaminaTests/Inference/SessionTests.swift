import Testing

@testable import Lamina

@Suite struct SessionTests {
  private func model(_ activation: ActivationFunction = .linear) throws -> Sequential {
    try Sequential(seed: 5) {
      Flatten(inputShape: [3, 4])
      Dense(16, activation: .relu)
      Dropout(0.5)
      Dense(9, activation: .tanh)
      Dense(5, activation: activation)
    }
  }

  private let numbers: [Float] = {
    var generator = SeededGenerator(seed: 1)
    return generator.normals(40 * 12)
  }()

  private func predict(
    _ session: Session, _ rows: Int, _ samples: Samples.Elements? = nil
  ) -> [Float] {
    let outputs = matrix(rows, session.outputCount) { _ in .nan }
    switch samples ?? .float32(numbers) {
    case .float32(let values): SampleView.with(values) { session.predict($0, into: outputs) }
    case .uint8(let bytes): SampleView.with(bytes) { session.predict($0, into: outputs) }
    case .int32(let integers): SampleView.with(integers) { session.predict($0, into: outputs) }
    }
    #expect(isFramed(outputs))
    return outputs.toArray()
  }

  /// The training's forward pass, without the dropout.
  private func reference(_ model: Sequential, rows: Int) throws -> [Float] {
    let (graph, store) = try model.built()
    var values = matrix(rows, 12) { numbers[$0] }
    for node in graph.nodes where !(node.layer is Dropout) {
      let count = try #require(node.outputShape.checkedElementCount)
      let trial = try LayerTrial(node.layer, values, shape: node.inputShapes[0])
      for (view, variable) in zip(trial.pass.variables, graph.variables[node.variables]) {
        view.assign(store.view(of: variable))
      }
      trial.forward()
      values = trial.pass.output
      #expect(values.columns == count)
    }
    return values.toArray()
  }

  @Test(arguments: ActivationFunction.all)
  func outputsAreTheLayersOutputs(activation: ActivationFunction) throws {
    let model = try model(activation)
    let session = try Session(model)
    expectClose(predict(session, 40), try reference(model, rows: 40))
  }

  @Test(arguments: [1, 2, 3, 7, 39, 40, 256])
  func batchesInPiecesEqualSingleRows(maximumBatch: Int) throws {
    let model = try model()
    let session = try Session(model, maximumBatch: maximumBatch)
    #expect(session.maximumBatch == maximumBatch)
    let single = try Session(model, maximumBatch: 1)
    let all = predict(session, 40)
    for row in 0..<40 {
      let sample = Array(numbers[12 * row..<12 * (row + 1)])
      // A product of one row adds in another order.
      expectClose(
        Array(all[5 * row..<5 * (row + 1)]), predict(single, 1, .float32(sample)), "row \(row)")
    }
  }

  @Test func predictingAgainGivesTheSameBits() throws {
    let session = try Session(model(), maximumBatch: 16)
    let first = predict(session, 40)
    _ = predict(session, 3)
    #expect(predict(session, 40) == first)
  }

  @Test func notANumberStaysInItsRow() throws {
    let session = try Session(model(), maximumBatch: 4)
    let clean = predict(session, 4)
    var poisoned = numbers
    poisoned[12] = .nan
    let outputs = predict(session, 4, .float32(poisoned))
    #expect(outputs[5..<10].contains { $0.isNaN })
    #expect(outputs[..<5] == clean[..<5] && outputs[10...] == clean[10...])
    // Nothing of it stays in scratch memory.
    #expect(predict(session, 4) == clean)
    #expect(predict(session, 1).allSatisfy { $0.isFinite })
  }

  @Test func bytesAndIntegersAreConverted() throws {
    let model = try model()
    model.preprocessing = Preprocessing(recipe: .mnist, divisor: 4)
    let session = try Session(model, maximumBatch: 7)
    #expect(session.divisor == 4)
    let bytes = (0..<40 * 12).map { UInt8(truncatingIfNeeded: $0 * 31) }
    #expect(
      predict(session, 40, .uint8(bytes))
        == predict(session, 40, .float32(bytes.map { Float($0) / 4 })))
    let integers = bytes.map { Int32($0) - 128 }
    #expect(
      predict(session, 40, .int32(integers))
        == predict(session, 40, .float32(integers.map { Float($0) })))
  }

  @Test func maximumBatchIsBounded() throws {
    let model = try model()
    for batch in [0, -1, 65_537, .max] {
      expectError(.invalidArgument, "1 to 65536", "\(batch)") {
        _ = try Session(model, maximumBatch: batch)
      }
    }
    #expect(try Session(model, maximumBatch: 65_536).maximumBatch == 65_536)
  }

  @Test func modelMustBeBuilt() throws {
    let model = try Sequential(name: "mine") { Dense(3) }
    expectError(.invalidArgument, "mine is not built", "inputShape") { _ = try Session(model) }
  }

  @Test func sessionKnowsItsModel() throws {
    let model = try model(.softmax)
    model.labels = ["a", "b", "c", "d", "e"]
    let session = try Session(model)
    #expect(session.inputCount == 12 && session.outputCount == 5)
    #expect(session.inputShape == [3, 4] && session.outputShape == [5])
    #expect(session.labels == model.labels)
    #expect(session.preprocessing == nil && session.divisor == 1)
  }

  @Test func predictingAllocatesNothing() throws {
    try AllocationCounter.run("SessionTests/predictingAllocatesNothing") {
      let session = try Session(model(.softmax), maximumBatch: 16)
      let bytes = (0..<40 * 12).map { UInt8(truncatingIfNeeded: $0) }
      let outputs = matrix(40, 5)
      var counts: [Int] = []
      counts.reserveCapacity(10)
      numbers.withUnsafeBufferPointer { numbers in
        bytes.withUnsafeBufferPointer { bytes in
          guard let numbers = numbers.baseAddress, let bytes = bytes.baseAddress else { return }
          // The first may set OpenBLAS up.
          for rows in [40, 1, 16, 40] {
            session.predict(.float32(numbers), into: outputs.rows(0..<rows))
            session.predict(.uint8(bytes), into: outputs.rows(0..<rows))
            counts.append(AllocationCounter.current)
          }
        }
      }
      #expect(counts[0] > 0)
      #expect(counts[3] - counts[0] == 0)
    }
  }
}
