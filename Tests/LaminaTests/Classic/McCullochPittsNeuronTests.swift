import Foundation
import Testing

@testable import Lamina

/// All rows of a truth table, 0 and 1 for each input.
private func truthTable(_ inputCount: Int) -> [[Float]] {
  (0..<1 << inputCount).map { row in
    (0..<inputCount).map { Float(row >> $0 & 1) }
  }
}

/// Two neurons, and one that they lead to: (x and not y) or (y and not x).
private struct ExclusiveOr {
  var onlyFirst: McCullochPittsNeuron
  var onlySecond: McCullochPittsNeuron
  var either: McCullochPittsNeuron

  init(_ inhibition: McCullochPittsNeuron.Inhibition) throws {
    onlyFirst = try McCullochPittsNeuron(weights: [1, -1], threshold: 0, inhibition: inhibition)
    onlySecond = try McCullochPittsNeuron(weights: [-1, 1], threshold: 0, inhibition: inhibition)
    either = try .or()
  }

  mutating func step(_ inputs: [Float]) throws -> Float {
    try either.step([onlyFirst.step(inputs), onlySecond.step(inputs)])
  }
}

@Suite struct McCullochPittsNeuronTests {
  @Test(arguments: 1...4)
  func gatesFollowTheirTruthTables(inputCount: Int) throws {
    let and = try McCullochPittsNeuron.and(inputCount: inputCount)
    let or = try McCullochPittsNeuron.or(inputCount: inputCount)
    for inputs in truthTable(inputCount) {
      #expect(try and.response(to: inputs) == (inputs.contains(0) ? 0 : 1), "\(inputs)")
      #expect(try or.response(to: inputs) == (inputs.contains(1) ? 1 : 0), "\(inputs)")
    }
  }

  @Test func notTurnsItsInputRound() throws {
    let not = try McCullochPittsNeuron.not()
    #expect(try not.response(to: [0]) == 1)
    #expect(try not.response(to: [1]) == 0)
  }

  @Test func firesOnlyAboveTheThreshold() throws {
    let neuron = try McCullochPittsNeuron(weights: [0.5, 0.25], threshold: 0.75)
    #expect(try neuron.response(to: [1, 1]) == 0)
    #expect(try neuron.response(to: [1, Float(1).nextUp]) == 1)
    #expect(try neuron.response(to: [1, Float(1).nextDown]) == 0)
    // The product is far below float32's least number.
    let faint = try McCullochPittsNeuron(weights: [1e-30], threshold: 0)
    #expect(try faint.response(to: [1e-30]) == 1)
  }

  @Test func outputsComeOneStepLater() throws {
    var neuron = try McCullochPittsNeuron.or()
    let inputs: [[Float]] = [[1, 0], [0, 0], [0, 1], [1, 1], [0, 0], [0, 0]]
    #expect(try inputs.map { try neuron.step($0) } == [0, 1, 0, 1, 1, 0])
  }

  @Test func resetForgetsTheStepBefore() throws {
    var neuron = try McCullochPittsNeuron.not()
    #expect(try neuron.step([0]) == 0)
    neuron.reset()
    #expect(try neuron.step([1]) == 0)
    #expect(try neuron.step([0]) == 0)
    #expect(try neuron.step([0]) == 1)
  }

  @Test func refusedInputsLeaveTheNeuronAsItIs() throws {
    var neuron = try McCullochPittsNeuron.or()
    _ = try neuron.step([1, 0])
    expectError(.invalidArgument) { _ = try neuron.step([0]) }
    #expect(try neuron.step([0, 0]) == 1)
  }

  @Test func oneInhibitoryInputIsWeighedOrAbsolute() throws {
    func response(_ inhibition: McCullochPittsNeuron.Inhibition, _ inputs: [Float]) throws -> Float
    {
      try McCullochPittsNeuron(weights: [1, 1, 1, -1], threshold: 1, inhibition: inhibition)
        .response(to: inputs)
    }
    for inhibition in [.weighted, .absolute] as [McCullochPittsNeuron.Inhibition] {
      #expect(try response(inhibition, [1, 1, 0, 0]) == 1)
      #expect(try response(inhibition, [1, 0, 0, 0]) == 0)
      #expect(try response(inhibition, [1, 1, 0, 1]) == 0)
    }
    // Three excitatory inputs outweigh it, but do not overrule it.
    #expect(try response(.weighted, [1, 1, 1, 1]) == 1)
    #expect(try response(.absolute, [1, 1, 1, 1]) == 0)
  }

  @Test(arguments: [.weighted, .absolute] as [McCullochPittsNeuron.Inhibition])
  func twoLayersComputeExclusiveOrInTwoSteps(inhibition: McCullochPittsNeuron.Inhibition) throws {
    var network = try ExclusiveOr(inhibition)
    var generator = SeededGenerator(seed: 1943)
    let inputs = (0..<200).map { _ in
      [Float.random(in: 0...1, using: &generator), .random(in: 0...1, using: &generator)]
        .map { $0.rounded() }
    }
    let outputs = try inputs.map { try network.step($0) }
    #expect(outputs[..<2] == [0, 0])
    #expect(Array(outputs.dropFirst(2)) == inputs.dropLast(2).map { $0[0] == $0[1] ? 0 : 1 })
    #expect(Set(outputs) == [0, 1])
  }

  @Test func otherActivationsAreGivenTheNetInput() throws {
    let linear = try McCullochPittsNeuron(weights: [2, -3], threshold: 0.5) { Float($0) }
    #expect(try linear.response(to: [1.5, 2]) == -3.5)
    let logistic = try McCullochPittsNeuron(weights: [1], threshold: 1) {
      Float(1 / (1 + exp(-$0)))
    }
    #expect(try logistic.response(to: [1]) == 0.5)
  }

  @Test func wrongUseIsAnError() throws {
    expectError(.invalidArgument, "no weights") {
      _ = try McCullochPittsNeuron(weights: [], threshold: 0)
    }
    expectError(.invalidArgument, "weight 1 is nan") {
      _ = try McCullochPittsNeuron(weights: [1, .nan], threshold: 0)
    }
    expectError(.invalidArgument, "threshold is inf") {
      _ = try McCullochPittsNeuron(weights: [1], threshold: .infinity)
    }
    expectError(.invalidArgument, "3 inputs, expected 2") {
      _ = try McCullochPittsNeuron.or().response(to: [0, 0, 0])
    }
    expectError(.invalidArgument, "input 1 is -inf") {
      _ = try McCullochPittsNeuron.or().response(to: [0, -.infinity])
    }
    for count in [-1, 0, 1 << 20 + 1, Int.max] {
      expectError(.invalidArgument, "\(count) inputs") {
        _ = try McCullochPittsNeuron.and(inputCount: count)
      }
    }
  }
}
