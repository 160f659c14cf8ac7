import Testing

@testable import Lamina

@Suite struct RegularizerTests {
  private let regularizers: [any Regularizer] = [.l1(0.3), .l2(0.2), .l1l2(l1: 0.1, l2: 0.4)]

  @Test func lossesAreTheFormulas() {
    let values = matrix([[1, -2], [0, 3]])
    expectClose(L1(0.5).loss(of: values), 3)
    expectClose(L2(0.5).loss(of: values), 7)
    expectClose(L1L2(l1: 0.5, l2: 0.25).loss(of: values), 6.5)
  }

  @Test func gradientsAreAdded() {
    let values = matrix([1, -2, 0])
    for (regularizer, expected): (any Regularizer, [Float]) in [
      (.l1(0.5), [10.5, 9.5, 10.5]), (.l2(0.5), [11, 8, 10]),
      (.l1l2(l1: 0.5, l2: 0.25), [11, 8.5, 10.5]),
    ] {
      let gradient = matrix([10, 10, 10])
      regularizer.addGradient(of: values, to: gradient)
      expectClose(gradient.toArray(), expected, regularizer.className)
    }
  }

  @Test func gradientsAreTheSlopesOfTheLosses() {
    var generator = SeededGenerator(seed: 2)
    let numbers = generator.normals(40).map { abs($0) < 0.05 ? 0.1 : $0 }
    let values = matrix(numbers)
    for regularizer in regularizers {
      let gradient = matrix(1, 40)
      regularizer.addGradient(of: values, to: gradient)
      expectGradient(gradient, at: values, regularizer.className) { regularizer.loss(of: values) }
    }
  }

  @Test func configurationsComeBack() throws {
    for regularizer in regularizers {
      let json = JSON.described(regularizer.className, regularizer.configuration)
      let read = try RegularizerRegistry.make(json)
      #expect(read.className == regularizer.className)
      #expect(read.configuration == regularizer.configuration)
    }
  }

  @Test func namesStandForKerassDefaults() throws {
    func text(_ name: String) throws -> String {
      JSON.object(try RegularizerRegistry.make(.string(name)).configuration).text
    }
    #expect(try text("l1") == #"{"l1":0.01}"#)
    #expect(try text("l2") == #"{"l2":0.01}"#)
    #expect(try text("l1l2") == #"{"l1":0.0,"l2":0.0}"#)
  }

  @Test func absentAndUnknownOnesAreTold() throws {
    let configuration = Configuration(
      try JSON(
        parsing: #"{"a": null, "b": "l3", "c": {"class_name": "L2", "config": {"l2": "x"}}}"#))
    #expect(try configuration.regularizer("a") == nil)
    #expect(try configuration.regularizer("missing") == nil)
    expectError(.unsupported, "\"b\"", "\"l3\"", "L1, L2, L1L2") {
      _ = try configuration.regularizer("b")
    }
    expectError(.format, "\"c\"", "\"l2\"", "\"x\"") { _ = try configuration.regularizer("c") }
  }
}
