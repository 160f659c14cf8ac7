import Lamina
import Testing

@testable import train_digits

@Suite struct DigitTrainingTests {
  private func pictures(seed: UInt64 = 1) throws -> TrainingPictures {
    try TrainingPictures(directory: nil, rendered: nil, limit: 640, seed: seed)
  }

  private func bytes(seed: UInt64, threadCount: Int) throws -> [UInt8] {
    let training = DigitTraining(seed: seed, epochs: 1, threadCount: threadCount)
    return try training.model(trainedOn: pictures(seed: seed)).encoded()
  }

  @Test func theSameSeedGivesTheSameFileOnAnyNumberOfThreads() throws {
    let file = try bytes(seed: 1, threadCount: 2)
    #expect(try bytes(seed: 1, threadCount: 1) == file)
    #expect(try bytes(seed: 2, threadCount: 2) != file)
  }

  @Test func validationPicturesAreTheLastAndNotTrainedWith() throws {
    let all = try MNIST.load().train
    let pictures = try pictures()
    #expect(pictures.validation.labels == Array(all.labels[55_000...]))
    let validation = LabelledPictures(pictures.validation)
    let held = Set((0..<validation.count).map { Array(validation[$0]) })
    let training = LabelledPictures(pictures.training)
    #expect(training.count > 640)
    #expect((0..<training.count).allSatisfy { !held.contains(Array(training[$0])) })
  }

  @Test func networkIsSmall() throws {
    let model = try Sequential([DigitNetwork.input()] + DigitNetwork.layers())
    #expect(model.parameterCount <= 110_000)
    #expect(model.inputShape == [28, 28] && model.outputShape == [10])
  }

  @Test func fileHasTheRecordAndNoRandomLayers() throws {
    let model = try DigitTraining(seed: 3, epochs: 1, threadCount: 2).model(trainedOn: pictures())
    let record = try JSON(parsing: #require(model.trainingRecord)).text
    for part in ["mnist train 0-54999", #""seed":"3""#, "val_accuracy", "test_accuracy"] {
      #expect(record.contains(part), "\(part) in \(record)")
    }
    #expect(!model.layers.contains { $0.className.hasPrefix("Random") })
    #expect(model.preprocessing == .mnist && model.labels == MNIST.classNames)
  }
}
