/// What a network gives for one known sample, and a checksum of its weights. Both
/// travel with the weights. Whoever loads them compares the checksum, which no
/// change of one weight leaves as it is, and computes the sample again: a network
/// that is used in another way than it was trained for does not give it.
///
/// The sample is a pattern, so that the file holds the outputs alone.
/// docs/file-format.md describes both.
struct TestVector {
  /// The numbers of each of the network's outputs.
  let outputs: [[Float]]
  /// Of the weights; nil in files from before there was one.
  private let checksum: UInt32?

  /// The pattern that stands for the sample; others may come.
  private static let pattern = 1

  /// How far a number may be from what the file says, absolute and relative to the
  /// output's largest: processors add up in other orders.
  private static let tolerance: Float = 1e-4
}

// MARK: - Computing

extension TestVector {
  /// What the network gives; nil where it is too large for a file to be worth it,
  /// or its outputs say nothing on another processor: they are not finite, or
  /// change with the last bits of the sample.
  ///
  /// - Throws: `.outOfMemory`
  init?(
    _ graph: Graph, _ store: ParameterStore, _ preprocessing: Preprocessing?
  ) throws(LaminaError) {
    guard TestVector.fits(graph) else { return nil }
    let session = try Session(oneSampleOf: graph, store, preprocessing)
    outputs = try TestVector.outputs(of: session)
    checksum = store.checksum(of: graph)
    let shifted = try TestVector.outputs(of: session, shift: 0x1p-22)
    for (numbers, others) in zip(outputs, shifted) {
      guard numbers.allSatisfy({ $0.isFinite }),
        TestVector.firstDifference(numbers, others, tolerance: TestVector.tolerance / 10) == nil
      else { return nil }
    }
  }

  /// - Throws: `.format` where the weights are others, or the network gives
  ///   something else; `.outOfMemory`
  func check(
    _ graph: Graph, _ store: ParameterStore, _ preprocessing: Preprocessing?
  ) throws(LaminaError) {
    let sum = store.checksum(of: graph)
    if let checksum, checksum != sum {
      throw LaminaError(
        .format,
        "the weights are not those of the file's test vector: their CRC-32 is \(sum), "
          + "expected \(checksum)")
    }
    // What would take long is not computed because a file asks for it.
    guard TestVector.fits(graph) else { return }
    let session = try Session(oneSampleOf: graph, store, preprocessing)
    for (index, numbers) in try TestVector.outputs(of: session).enumerated() {
      let expected = outputs[index]
      guard
        let place = TestVector.firstDifference(expected, numbers, tolerance: TestVector.tolerance)
      else { continue }
      throw LaminaError(
        .format,
        "the weights do not reproduce the file's test vector: \(graph.outputs[index].name) should "
          + "give \(expected[place]) as number \(place), but gives \(numbers[place])")
    }
  }

  /// Whether a sample is computed soon, and its outputs are few.
  private static func fits(_ graph: Graph) -> Bool {
    let inputCount = graph.inputs.reduce(0) { $0 + $1.count }
    let outputCount = graph.outputs.reduce(0) { $0 + $1.count }
    var (numbers, reads, products) = (0.0, 0.0, 0.0)
    for node in graph.nodes {
      numbers += Double(graph.tensorCounts[node.output])
      if case .convolution(let layer) = node.layer.inferenceForm {
        let shape = node.inputShapes[0]
        numbers += Double(layer.inferenceWorkspaceCount(for: shape, pooling: nil))
      }
      reads += node.layer.readCount(for: node.inputShapes)
      for variable in graph.variables[node.variables] {
        products += Double(variable.count) * Double(PieceSize.uses(of: node, graph))
      }
    }
    return inputCount <= 65_536 && outputCount <= 4096
      && numbers <= 0x1p24 && reads <= 0x1p28 && products <= 0x1p32
  }

  /// - Parameter shift: by how much of itself each number of the sample is larger
  ///   or smaller, in turns.
  private static func outputs(
    of session: Session, shift: Float = 0
  ) throws(LaminaError) -> [[Float]] {
    var inputs: [FloatStorage] = []
    for shape in session.inputShapes {
      inputs.append(try FloatStorage(count: shape.checkedElementCount ?? 0, for: "samples"))
    }
    var outputs: [FloatStorage] = []
    for shape in session.outputShapes {
      outputs.append(try FloatStorage(count: shape.checkedElementCount ?? 0, for: "predictions"))
    }
    let divisor = session.preprocessing?.divisor ?? 255
    // Views do not keep their storages alive.
    return withExtendedLifetime((inputs, outputs)) {
      var place: UInt32 = 0
      for row in inputs.map({ $0.row }) {
        for index in 0..<row.count {
          place &+= 1
          let byte = (place &* 2_654_435_761) >> 24
          let factor = place % 2 == 0 ? 1 + shift : 1 - shift
          row[0, index] = Float(byte) / divisor * factor
        }
      }
      session.predict(inputs.map { SampleView($0.row) }, into: outputs.map { $0.row })
      return outputs.map { $0.row.toArray() }
    }
  }

  /// Where a number is another one than expected.
  private static func firstDifference(
    _ expected: [Float], _ numbers: [Float], tolerance: Float
  ) -> Int? {
    let largest = expected.reduce(0) { max($0, $1.magnitude) }
    // Not a number is never as near as that.
    return expected.indices.first {
      !((numbers[$0] - expected[$0]).magnitude <= tolerance * (1 + largest))
    }
  }
}

// MARK: - Reading and writing

extension TestVector {
  var json: JSON {
    var members = [
      JSON.Member("pattern", .integer(TestVector.pattern)),
      JSON.Member(
        "outputs",
        .array(outputs.map { numbers in .array(numbers.map { .number(of: $0) }) })),
    ]
    if let checksum { members.append(JSON.Member("crc32", .integer(Int(checksum)))) }
    return .object(members)
  }

  /// Nil where the pattern is one that this version does not know.
  ///
  /// - Throws: `.format` where these are no outputs of the network.
  init?(json: JSON, for graph: Graph) throws(LaminaError) {
    let values = Configuration(json)
    guard try values.integer("pattern") == TestVector.pattern else { return nil }
    checksum = try TestVector.checksum(in: values)
    let lists = values["outputs"]?.arrayValue ?? []
    outputs = lists.map { list in
      list.arrayValue?.compactMap { $0.numberValue.map { Float($0) } } ?? []
    }
    let expected = graph.outputs.map { $0.count }
    guard outputs.map({ $0.count }) == expected, outputs.joined().allSatisfy({ $0.isFinite }) else {
      throw LaminaError(
        .format,
        "the test vector should have lists of "
          + expected.map { "\($0)" }.joined(separator: ", ") + " numbers, got "
          + outputs.map { "\($0.count)" }.joined(separator: ", "))
    }
  }

  private static func checksum(in values: Configuration) throws(LaminaError) -> UInt32? {
    guard values["crc32"] != nil else { return nil }
    guard let checksum = UInt32(exactly: try values.integer("crc32")) else {
      throw LaminaError(.format, "the test vector's \"crc32\" should be a number of 32 bits")
    }
    return checksum
  }
}
