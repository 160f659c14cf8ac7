import CBuiltinModel
import Foundation
import Testing

@testable import Lamina
@testable import LaminaPNG

@Suite struct DigitModelTests {
  private let repository = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  private var file: URL {
    repository.appending(path: "Sources/CBuiltinModel/digits.safetensors")
  }

  @Test func bytesInsideAreTheFiles() throws {
    var size = 0
    let bytes = UnsafeRawBufferPointer(start: laminabuiltin_digits(&size), count: size)
    let file = try Data(contentsOf: file)
    #expect(bytes.count == size && bytes.elementsEqual(file))
    #expect(UInt(bitPattern: bytes.baseAddress) % 64 == 0)
  }

  @Test func digitsHaveTheirLabels() throws {
    let model = try Model.digits()
    #expect(model.labels == (0..<10).map { "\($0)" })
    #expect(model.outputShapes == [[10]])
    #expect(model.inputShapes.count == 1 && model.inputShape?.checkedElementCount == 784)
    #expect(model.preprocessing == .mnist)
  }

  @Test func eachCallMakesOneOfItsOwn() throws {
    let (a, b) = (try Model.digits(), try Model.digits())
    a.labels = []
    #expect(a !== b && b.labels.count == 10)
  }

  @Test func fileHasATestVector() throws {
    let bytes = [UInt8](try Data(contentsOf: file))
    let header = try bytes.withUnsafeBytes { try SafetensorsHeader(reading: ByteReader($0)) }
    #expect(header.metadata.contains { $0.key == "test_vector" })
    // Nothing of a training but its record.
    #expect(!header.entries.contains { $0.name.hasPrefix("optimizer/") })
    #expect(header.metadata.contains { $0.key == "training" })
  }

  @Test func samplesAreRead() throws {
    let classifier = try PNGClassifier(session: Session(Model.digits()))
    let folder = repository.appending(path: "bindings/c/examples/digits")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".png") }
    #expect(names.count == 20)
    for name in names {
      let best = try classifier.classify(path: folder.appending(path: name).path)
      #expect(best.first.map { "\($0.classIndex)" } == name.prefix(1).description, "\(name)")
    }
  }

  @Test(.needsMNIST) func networkInsideKnowsMNISTAndHowSureToBe() throws {
    let (_, test) = try MNIST.load()
    let error = try Model.digits().calibrationError(on: test)
    let count = error.bins.reduce(0) { $0 + $1.count }
    let right = error.bins.reduce(0) { $0 + $1.accuracy * Double($1.count) }
    #expect(count == 10_000)
    #expect(right / Double(count) >= 0.996)
    #expect(error.expected <= 0.01)
  }
}
