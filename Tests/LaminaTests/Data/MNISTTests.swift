import Foundation
import Testing

@testable import Lamina

@Suite struct MNISTTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func load() throws -> (train: Dataset, test: Dataset) {
    try MNIST.load(from: folder.url.path)
  }

  @Test func digitsAreAllThere() throws {
    let (train, test) = try MNIST.load()
    #expect(train.count == 60_000)
    #expect(test.count == 10_000)
    for data in [train, test] {
      #expect(data.name == "mnist")
      #expect(data.sampleShape == [28, 28])
      #expect(data.classNames == ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
      #expect(data.preprocessing == .mnist)
      #expect(Set(data.labels) == Set(0...9))
    }
    // The labels that the data set is known to begin with.
    #expect(train.labels.prefix(5) == [5, 0, 4, 1, 9])
    #expect(test.labels.prefix(5) == [7, 2, 1, 0, 4])
    #expect(try MNIST.loadTest().labels == test.labels)
  }

  @Test func nameAndClassesCanBeOthers() throws {
    try makeDigits(in: folder)
    let (train, test) = try MNIST.load(from: folder.url.path, name: "mine", classNames: ["a"])
    for data in [train, test] { #expect(data.name == "mine" && data.classNames == ["a"]) }
    #expect(try MNIST.loadTest(from: folder.url.path, name: "mine").name == "mine")
  }

  @Test func plainFilesGoBeforeCompressedOnes() throws {
    try makeDigits(in: folder)
    _ = try folder.write([1, 2, 3], to: "train-images-idx3-ubyte.gz")
    let (train, test) = try load()
    #expect(train.count == 3 && test.count == 2)
    #expect(train.sampleShape == [2, 2])
    #expect(train.labels == [0, 1, 2])
  }

  @Test func compressedFilesStandIn() throws {
    try makeDigits(in: folder)
    for name in try folder.names {
      let compressed = try gzipped(folder.bytes(name), in: folder)
      _ = try folder.write(compressed, to: name + ".gz")
      try FileManager.default.removeItem(atPath: folder.path(name))
    }
    let (train, test) = try load()
    #expect(train.count == 3 && test.count == 2)
  }

  @Test func missingFilesAreNamed() throws {
    expectError(
      .inputOutput, folder.path("train-images-idx3-ubyte"), "cannot be opened"
    ) { _ = try load() }
    try makeDigits(in: folder)
    try FileManager.default.removeItem(atPath: folder.path("t10k-labels-idx1-ubyte"))
    expectError(.inputOutput, folder.path("t10k-labels-idx1-ubyte")) { _ = try load() }
  }

  @Test func labelsMustMatchThePictures() throws {
    try makeDigits(in: folder, trainLabels: 4)
    expectError(
      .format, folder.path("train-labels-idx1-ubyte"), "expected 3 labels", "[4]"
    ) { _ = try load() }
  }

  @Test func picturesHaveThreeAxes() throws {
    try makeDigits(in: folder)
    _ = try folder.write(idxBytes([3], [1, 2, 3]), to: "train-images-idx3-ubyte")
    expectError(
      .format, folder.path("train-images-idx3-ubyte"), "three axes", "[3]"
    ) { _ = try load() }
    try makeDigits(in: folder)
    _ = try folder.write(idxBytes([3, 1], [1, 2, 3]), to: "train-labels-idx1-ubyte")
    expectError(.format, "train-labels", "expected 3 labels", "[3, 1]") { _ = try load() }
  }

  @Test func damagedFilesAreNamed() throws {
    try makeDigits(in: folder)
    _ = try folder.write([0, 0, 8], to: "t10k-images-idx3-ubyte")
    expectError(.format, folder.path("t10k-images-idx3-ubyte"), "3 of 4 bytes") {
      _ = try load()
    }
  }
}
