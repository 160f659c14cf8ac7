import Testing

@testable import Lamina

@Suite struct AccuracyTests {
  @Test func meaningFollowsFromTheShapes() throws {
    struct Choice: Decodable {
      let targets: [Int]
      let predictions: [Int]
      let `class`: String
      let name: String
    }
    let goldens = try KerasGoldens.load(
      "metrics/accuracy_choice.json", as: KerasGoldens.Cases<Choice>.self)
    #expect(goldens.cases.count == 17)
    for choice in goldens.cases {
      // Without the batch axis.
      let metric = Accuracy().resolved(
        targetShape: Shape(Array(choice.targets.dropFirst())),
        outputShape: Shape(Array(choice.predictions.dropFirst())))
      #expect(metric.className == choice.class, "\(choice.targets) \(choice.predictions)")
      #expect(metric.name == choice.name)
    }
  }

  @Test func nameIsKept() {
    let metric = Accuracy(name: "acc").resolved(targetShape: [], outputShape: [3])
    #expect(metric.name == "acc")
    #expect(metric.className == "SparseCategoricalAccuracy")
  }

  @Test func resultIsThatOfTheMeaning() throws {
    #expect(measure(.accuracy, [[0, 2, 1], [5, 5, 1]], [[1], [1]]) == 0.5)
    #expect(measure(.accuracy, [[0.6], [0.4]], [[1], [1]]) == 0.5)
    #expect(measure(.accuracy, [[0, 1], [1, 0]], [[0, 1], [1, 0]]) == 1)
    expectError(.invalidArgument, "accuracy: sample 0 has label 3") {
      try Accuracy().check(targets: Samples(labels: [3]), outputShape: [3])
    }
  }
}
