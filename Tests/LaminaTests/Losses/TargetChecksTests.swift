import Testing

@testable import Lamina

@Suite struct TargetChecksTests {
  private func samples(_ values: [Float], _ shape: Shape, count: Int) throws -> Samples {
    try Samples(.float32(values), shape: shape, count: count)
  }

  @Test func numbersHaveTheOutputsShapeOrATrailingOneMoreOrLess() throws {
    let fitting: [(Shape, Shape)] = [
      ([2], [2]), ([], [1]), ([1], []), ([4], [4, 1]), ([4, 1], [4]), ([], []),
    ]
    for (target, output) in fitting {
      let size = target.checkedElementCount ?? 0
      let targets = try samples([Float](repeating: 0, count: size), target, count: 1)
      try targets.requireNumbers(forEach: output, "loss")
    }
    let others: [(Shape, Shape)] = [([1], [2]), ([], [2]), ([2, 2], [4]), ([3], [2])]
    for (target, output) in others {
      let size = target.checkedElementCount ?? 0
      let targets = try samples([Float](repeating: 0, count: size), target, count: 1)
      expectError(.invalidArgument, "loss: ", "\(output)", "got \(target)") {
        try targets.requireNumbers(forEach: output, "loss")
      }
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func numbersAreFinite(_ value: Float) throws {
    let targets = try samples([0, 1, 2, value], [2], count: 2)
    expectError(.invalidArgument, "sample 1", "\(value)", "finite") {
      try targets.requireNumbers(forEach: [2], "loss")
    }
  }

  @Test func probabilitiesLieBetweenZeroAndOne() throws {
    try samples([0, 0.5, 1], [], count: 3).requireProbabilities(forEach: [1], "loss")
    for value: Float in [-0.01, 1.5, 2] {
      expectError(.invalidArgument, "sample 2 has the target \(value)", "0 to 1") {
        try samples([0, 1, value], [], count: 3).requireProbabilities(forEach: [1], "loss")
      }
    }
    expectError(.invalidArgument, "sample 0 has the target 2") {
      try Samples(labels: [2]).requireProbabilities(forEach: [1], "loss")
    }
  }

  @Test func classesOfEachTypeAreInRange() throws {
    try Samples(labels: [0, 2, 1]).requireClasses(of: [3], "loss")
    try samples([0, 2], [1], count: 2).requireClasses(of: [3], "loss")
    try Samples(.uint8([2, 0]), shape: [2], count: 1).requireClasses(of: [2, 3], "loss")
    for label: Int32 in [-1, 3, .max, .min] {
      expectError(.invalidArgument, "loss: sample 1 has label \(label)", "expected 0 to 2") {
        try Samples(labels: [0, label]).requireClasses(of: [3], "loss")
      }
    }
    for label: Float in [0.5, .nan, .infinity, -1, 3] {
      expectError(.invalidArgument, "sample 1 has label \(label)", "expected 0 to 2") {
        try samples([0, label], [], count: 2).requireClasses(of: [3], "loss")
      }
    }
    expectError(.invalidArgument, "sample 0 has label 3") {
      try Samples(.uint8([3]), shape: [], count: 1).requireClasses(of: [3], "loss")
    }
  }

  @Test func classesAreOneForEachRowOfScores() throws {
    expectError(.invalidArgument, "shape [4]", "got targets of shape []", "[4, 3]") {
      try Samples(labels: [0]).requireClasses(of: [4, 3], "loss")
    }
    expectError(.invalidArgument, "got targets of shape [3]") {
      try samples([0, 0, 1], [3], count: 1).requireClasses(of: [3], "loss")
    }
    expectError(.invalidArgument, "one score a class", "[]") {
      try Samples(labels: [0]).requireClasses(of: [], "loss")
    }
  }

  @Test(arguments: [-0.1, 1.1, Float.nan])
  func smoothingIsAFraction(_ smoothing: Float) throws {
    let targets = try samples([0, 1], [2], count: 1)
    let losses: [any Loss] = [
      BinaryCrossentropy(labelSmoothing: smoothing),
      CategoricalCrossentropy(labelSmoothing: smoothing),
    ]
    for loss in losses {
      expectError(.invalidArgument, loss.name, "label smoothing of 0 to 1, got \(smoothing)") {
        try loss.check(targets: targets, outputShape: [2])
      }
    }
  }
}
