import Testing

@testable import Lamina

@Suite struct MonitorTests {
  private func metrics(_ descriptions: [String]) throws -> [any Metric] {
    try descriptions.map { try MetricRegistry.make(JSON(parsing: $0)) }
  }

  private func oneOutput() throws -> Model {
    let model = try Sequential { Dense(1, inputShape: [1]) }
    try model.compile(
      optimizer: .sgd(), loss: .meanSquaredError(),
      metrics: metrics([
        "\"accuracy\"", "\"mae\"", "\"mse\"", "\"mean_absolute_error\"", "\"binary_accuracy\"",
        #"{"class_name":"Precision","config":{"name":"precision"}}"#,
        #"{"class_name":"Recall","config":{"name":"recall"}}"#,
        #"{"class_name":"F1Score","config":{"name":"f1_score","average":"macro","threshold":0.5}}"#,
        #"{"class_name":"BinaryAccuracy","config":{"name":"mine"}}"#,
      ]))
    return model
  }

  private func twoOutputs() throws -> Model {
    let input = Input([1])
    let model = try Model(
      inputs: [input], outputs: [Dense(1, name: "a")(input), Dense(1, name: "b")(input)])
    try model.compile(
      optimizer: .sgd(),
      outputs: [
        "a": OutputTraining(loss: .meanSquaredError(), metrics: metrics(["\"accuracy\""])),
        "b": OutputTraining(loss: .meanAbsoluteError(), metrics: metrics(["\"mae\""])),
      ])
    return model
  }

  @Test func directionsAreThoseThatKerasFinds() throws {
    for trace in try CallbackTraces.cases("auto_mode") {
      let name = try #require(trace["monitor"]?.stringValue)
      let model =
        try trace["model"]?.stringValue == "one output" ? oneOutput() : twoOutputs()
      let training = try CallbackTraces.training(model)
      var monitor = Monitor(name, mode: .auto)
      guard let mode = trace["mode"]?.stringValue else {
        expectError(.invalidArgument, "Test: no metric is called", "\"\(name)\"") {
          try monitor.resolve(training, callback: "Test")
        }
        continue
      }
      try monitor.resolve(training, callback: "Test")
      #expect(monitor.direction == (mode == "max" ? .up : .down), "\(name)")
    }
  }

  @Test func modeDecidesWhereItIsSaid() throws {
    let training = try CallbackTraces.training(oneOutput())
    for (mode, direction) in [(MonitorMode.min, MetricDirection.down), (.max, .up)] {
      var monitor = Monitor("whatever", mode: mode)
      try monitor.resolve(training, callback: "Test")
      #expect(monitor.direction == direction)
    }
  }
}
