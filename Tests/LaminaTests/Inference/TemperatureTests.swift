import CSystem
import Testing

@testable import Lamina

@Suite struct TemperatureTests {
  /// A network that gives its input, as logits or as the softmax of them.
  private func identity(_ activation: ActivationFunction = .linear) throws -> Sequential {
    let model = try Sequential(name: "identity") {
      Dense(3, activation: activation, inputShape: [3], name: "scores")
    }
    try model.setValues(
      of: "scores/kernel", to: Tensor(shape: [3, 3], elements: [1, 0, 0, 0, 1, 0, 0, 0, 1]))
    return model
  }

  /// Classes drawn from the softmax of logits, which `sharpness` then multiplies:
  /// a network that is so much surer than it should be.
  private func drawn(_ count: Int, sharpness: Float) throws -> Dataset {
    var generator = SeededGenerator(seed: 8)
    let logits = generator.normals(3 * count).map { 1.5 * $0 }
    let classes = (0..<count).map { sample -> Int32 in
      let row = matrix(Array(logits[3 * sample..<3 * sample + 3]))
      row.applySoftmax()
      let draw = Float.random(in: 0..<1, using: &generator)
      return draw < row[0, 0] ? 0 : draw < row[0, 0] + row[0, 1] ? 1 : 2
    }
    return try Dataset(
      name: "drawn", features: .float32(logits.map { $0 * sharpness }), sampleShape: [3],
      labels: classes)
  }

  /// The mean negative log-likelihood, computed plainly.
  private func loss(_ data: Dataset, temperature: Double) -> Double {
    zip(data.rows, data.labels).reduce(0) { sum, sample in
      let scaled = sample.0.map { Double($0) / temperature }
      let largest = scaled.max() ?? 0
      let total = scaled.reduce(0) { $0 + exp($1 - largest) }
      return sum + log(total) + largest - scaled[Int(sample.1)]
    } / Double(data.count)
  }

  @Test(arguments: [ActivationFunction.linear, .softmax], [0.5, 1, 3] as [Float])
  func leastLossIsFound(activation: ActivationFunction, sharpness: Float) throws {
    let data = try drawn(4000, sharpness: sharpness)
    let model = try identity(activation)
    // What was set before plays no part.
    model.temperature = 7
    let found = Double(try model.fitTemperature(on: data))
    #expect(Float(found) == model.temperature)
    let least = loss(data, temperature: found)
    for factor in [0.98, 0.995, 1.005, 1.02] {
      #expect(loss(data, temperature: found * factor) > least)
    }
    #expect(abs(found / Double(sharpness) - 1) < 0.1)
  }

  @Test func fittedProbabilitiesAreCalibrated() throws {
    let data = try drawn(4000, sharpness: 3)
    let model = try identity()
    #expect(try model.calibrationError(on: data).expected > 0.1)
    try model.fitTemperature(on: data)
    let error = try model.calibrationError(on: data)
    #expect(error.expected < 0.03 && error.sampleCount == 4000 && error.bins.count == 15)
  }

  @Test func calibrationErrorIsThatOfTheProbabilities() throws {
    let data = try drawn(300, sharpness: 2)
    let model = try identity()
    model.temperature = 1.5
    let rows = data.rows.map { row -> [Float] in
      let view = matrix(row.map { $0 / 1.5 })
      view.applySoftmax()
      return view.toArray()
    }
    let expected = try CalibrationError(probabilities: rows, labels: data.labels, binCount: 5)
    let error = try model.calibrationError(on: data, binCount: 5)
    expectClose(error.expected, expected.expected)
    #expect(error.bins.map { $0.count } == expected.bins.map { $0.count })
  }

  @Test func probabilitiesAreOfLogitsOverTheTemperature() throws {
    let bytes: [UInt8] = [0, 2, 5]
    for activation in [ActivationFunction.linear, .softmax] {
      let model = try identity(activation)
      model.temperature = 2.5
      let expected = matrix(bytes.map { Float($0) / 2.5 })
      expected.applySoftmax()
      expectClose(try Session(model).probabilities(of: bytes), expected.toArray())
    }
    // Where one is 0, its share stays next to nothing.
    let model = try identity(.softmax)
    model.temperature = 2
    expectClose(try Session(model).probabilities(of: [0, 250, 0]), [0, 1, 0])
  }

  @Test func predictionsStayAsTheyAre() throws {
    let model = try identity()
    let before = try model.predict(Tensor(shape: [1, 3], elements: [1, 2, 3]))
    model.temperature = 9
    #expect(try model.predict(Tensor(shape: [1, 3], elements: [1, 2, 3])) == before)
  }

  @Test func endsOfTheRangeAreTakenWhereNothingIsBest() throws {
    let model = try identity()
    func data(_ labels: [Int32], _ value: Float = 1) throws -> Dataset {
      try Dataset(
        name: "sure", features: .float32([value, 0, 0, value, 0, 0]), sampleShape: [3],
        labels: labels)
    }
    // All right, all wrong, and nothing to choose between.
    #expect(try model.fitTemperature(on: data([0, 0])) == 0.05)
    #expect(try model.fitTemperature(on: data([1, 2])) == 20)
    #expect(try model.fitTemperature(on: data([1, 2], 0)) == 1)
  }

  @Test func sampleWeightsCount() throws {
    let data = try drawn(400, sharpness: 2)
    let model = try identity()
    let half = try model.fitTemperature(on: data[0..<200])
    let weights = [Float](repeating: 1, count: 200) + [Float](repeating: 0, count: 200)
    #expect(try model.fitTemperature(on: data.weighted(by: weights)) == half)
    #expect(try model.fitTemperature(on: data) != half)
  }

  @Test func bytesAreDividedAsInATraining() throws {
    let model = try identity()
    let bytes: [UInt8] = [200, 0, 10, 10, 150, 0, 30, 0, 90, 250, 0, 90]
    func data(_ elements: Samples.Elements, _ preprocessing: Preprocessing?) throws -> Dataset {
      try Dataset(
        features: elements, sampleShape: [3], labels: [0, 1, 0, 0], preprocessing: preprocessing)
    }
    let fromBytes = try model.fitTemperature(on: data(.uint8(bytes), .mnist))
    let numbers = bytes.map { Float($0) / 255 }
    #expect(try model.fitTemperature(on: data(.float32(numbers), nil)) == fromBytes)
  }

  @Test func temperatureIsKeptInTheFile() throws {
    let model = try identity()
    #expect(!model.metadata.contains { $0.key == "calibration" })
    model.temperature = 1.3
    #expect(
      model.metadata.contains(Metadata(key: "calibration", value: #"{"temperature":1.3}"#)))
    #expect(try Model.load(encoded: model.encoded()).temperature == 1.3)
    model.temperature = 1
    #expect(try Model.load(encoded: model.encoded()).temperature == 1)
  }

  @Test func temperatureMustBeAboveZero() throws {
    let model = try identity()
    for temperature in [0, -1, .nan, .infinity] as [Float] {
      model.temperature = temperature
      expectError(.invalidArgument, "identity: the temperature is \(temperature)") {
        _ = try model.encoded()
      }
      expectError(.invalidArgument, "identity: the temperature is \(temperature)") {
        _ = try Session(model)
      }
    }
  }

  @Test func dataAndNetworkMustFit() throws {
    let model = try identity()
    let data = try drawn(4, sharpness: 1)
    expectError(.invalidArgument, "expected samples of shape [3], got [4]") {
      try model.fitTemperature(on: clusters(4))
    }
    expectError(.invalidArgument, "drawn: no samples") { try model.fitTemperature(on: data[0..<0]) }
    let classes = try Dataset(
      name: "four", features: .float32([1, 2, 3]), sampleShape: [3], labels: [3])
    expectError(.invalidArgument, "four: sample 0 has the class 3.0, expected 0 to 2") {
      try model.fitTemperature(on: classes)
    }
    let rows = try Dataset(
      name: "rows", x: Tensor(shape: [1, 3], elements: [1, 2, 3]),
      y: Tensor(shape: [1, 3], elements: [1, 0, 0]))
    expectError(.invalidArgument, "rows: expected one class for each sample") {
      try model.fitTemperature(on: rows)
    }
    expectError(.invalidArgument, "a score for each class, it gives [3], [1]") {
      try branchedModel().fitTemperature(on: branchedData(4))
    }
    expectError(.invalidArgument, "a score for each class, it gives [1]") {
      try Sequential { Dense(1, inputShape: [3]) }.fitTemperature(on: data)
    }
    try model.setValues(of: "scores/bias", to: Tensor(shape: [3], elements: [.nan, 0, 0]))
    expectError(.invalidArgument, "identity: expected finite scores, sample 0 has nan") {
      try model.fitTemperature(on: data)
    }
  }

  @Test func trainingIsNotDisturbed() throws {
    let model = try compiledModel()
    let data = try clusters(40)
    try model.fit(data) { _ in
      expectError(.busy, "a training is under way") { try model.fitTemperature(on: data) }
      return .stop
    }
  }
}
