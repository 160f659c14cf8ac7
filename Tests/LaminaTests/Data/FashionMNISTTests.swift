import Foundation
import Testing

@testable import Lamina

@Suite struct FashionMNISTTests {
  @Test(.needsFashionMNIST) func clothesAreAllThere() throws {
    let (train, test) = try FashionMNIST.load()
    #expect(train.count == 60_000)
    #expect(test.count == 10_000)
    for data in [train, test] {
      #expect(data.name == "fashion-mnist")
      #expect(data.sampleShape == [28, 28])
      #expect(data.classNames == FashionMNIST.classNames)
    }
    for label in 0..<10 as Range<Int32> {
      #expect(train.labels.count { $0 == label } == 6000)
      #expect(test.labels.count { $0 == label } == 1000)
    }
    // The labels that the data set is known to begin with.
    #expect(train.labels.prefix(5) == [9, 0, 0, 3, 0])
    #expect(test.labels.prefix(5) == [9, 2, 1, 1, 6])
    #expect(try FashionMNIST.loadTest().labels == test.labels)
  }

  @Test func bytesAreDividedAndNoRecipeIsClaimed() throws {
    let folder = try TemporaryFolder()
    try makeDigits(in: folder)
    let (train, test) = try FashionMNIST.load(from: folder.url.path)
    #expect(train.count == 3 && test.count == 2)
    #expect(train.preprocessing == Preprocessing(recipe: nil, divisor: 255))
    #expect(try FashionMNIST.loadTest(from: folder.url.path).labels == test.labels)
  }

  @Test func missingFilesAreNamed() throws {
    let folder = try TemporaryFolder()
    expectError(
      .inputOutput, folder.path("train-images-idx3-ubyte"), "cannot be opened"
    ) { _ = try FashionMNIST.load(from: folder.url.path) }
  }

  @Test func filesLieBesideThoseOfMNIST() {
    let digits = URL(fileURLWithPath: MNIST.defaultDirectory)
    let clothes = URL(fileURLWithPath: FashionMNIST.defaultDirectory)
    #expect(digits.lastPathComponent == "mnist" && clothes.lastPathComponent == "fashion-mnist")
    #expect(digits.deletingLastPathComponent() == clothes.deletingLastPathComponent())
  }
}
