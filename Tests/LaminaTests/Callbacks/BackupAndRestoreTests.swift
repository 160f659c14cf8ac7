import Foundation
import Testing

@testable import Lamina

@Suite struct BackupAndRestoreTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  /// Breaks a training off at one event after the other, and lets it go on.
  private func expectSameEnd(
    _ training: BackedUpTraining, step: Int = 1, isFirst: Bool = false
  ) throws {
    let folder = try TemporaryFolder()
    let whole = try folder.makeFolder("whole")
    let expected = try training.run(in: whole)
    let files = try BackedUpTraining.files(in: whole)
    #expect(files.count > 4)
    var events = 1
    while true {
      let broken = try folder.makeFolder("broken-\(events)")
      var training = training
      training.breaker = BackedUpTraining.Breaker(after: events, isFirst: isFirst)
      do {
        try training.run(in: broken)
        break
      } catch let error as LaminaError {
        try #require(error.message == "broken off", "\(error.message)")
      }
      training.breaker = BackedUpTraining.Breaker(after: 0, isFirst: isFirst)
      let resumed = try training.run(in: broken)
      #expect(resumed.history == expected.history, "after \(events) events")
      #expect(resumed.model == expected.model, "after \(events) events")
      #expect(try BackedUpTraining.files(in: broken) == files, "after \(events) events")
      #expect(!fileExists(broken + "/backup"))
      events += step
    }
    #expect(events > 20)
  }

  @Test func trainingGoesOnAfterEveryEvent() throws {
    try expectSameEnd(BackedUpTraining())
  }

  @Test func orderOfTheCallbacksDoesNotMatter() throws {
    try expectSameEnd(BackedUpTraining(), step: 5, isFirst: true)
  }

  @Test(arguments: BackedUpTraining.Source.allCases)
  func trainingGoesOnWithinAnEpoch(source: BackedUpTraining.Source) throws {
    try expectSameEnd(
      BackedUpTraining(source: source, frequency: .batches(1), epochs: 3), step: 3)
    try expectSameEnd(
      BackedUpTraining(source: source, frequency: .batches(4), epochs: 3), step: 5)
  }

  @Test(arguments: BackedUpTraining.Source.allCases)
  func everySourceGoesOnBetweenEpochs(source: BackedUpTraining.Source) throws {
    try expectSameEnd(BackedUpTraining(source: source), step: 7)
  }

  @Test func stoppedTrainingsStayStopped() throws {
    // Stopped by hand within an epoch, and broken off before the backup is gone.
    var training = BackedUpTraining(frequency: .batches(1))
    training.onEvent = { event in
      if case .batchEnded(let progress) = event, progress.epoch == 1, progress.batch == 2 {
        return .stop
      }
      return .goOn
    }
    let expected = try training.run(in: folder.makeFolder("whole"))
    #expect(expected.history.epochs.count == 2)
    let broken = try folder.makeFolder("broken")
    // An epoch of 5 batches has 2 events and 3 for each batch.
    training.breaker = BackedUpTraining.Breaker(after: 17 + 1 + 6 + 1, isFirst: false)
    expectError(.inputOutput, "broken off") { try training.run(in: broken) }
    training.breaker = nil
    let resumed = try training.run(in: broken)
    #expect(resumed.history == expected.history)
    #expect(resumed.model == expected.model)
  }

  @Test func trainingMayBeBrokenOffAgainAndAgain() throws {
    var training = BackedUpTraining(frequency: .batches(2))
    let expected = try training.run(in: folder.makeFolder("whole"))
    let broken = try folder.makeFolder("broken")
    var count = 0
    while true {
      training.breaker = BackedUpTraining.Breaker(after: 11, isFirst: false)
      guard let resumed = try? training.run(in: broken) else {
        count += 1
        try #require(count < 50)
        continue
      }
      #expect(resumed.history == expected.history)
      #expect(resumed.model == expected.model)
      break
    }
    #expect(count > 3)
  }

  // MARK: Processes that are killed

  private static let folderVariable = "LAMINA_TEST_BACKUP_FOLDER"

  private static var slowTraining: BackedUpTraining {
    var training = BackedUpTraining(frequency: .batches(2), epochs: 12)
    training.onEvent = { event in
      if case .batchEnded = event { usleep(8000) }
      return .goOn
    }
    return training
  }

  /// What the processes do.
  @Test(.enabled(if: ProcessInfo.processInfo.environment[folderVariable] != nil))
  func childTrains() throws {
    let path = try #require(
      ProcessInfo.processInfo.environment[BackupAndRestoreTests.folderVariable])
    var training = BackupAndRestoreTests.slowTraining
    let onEvent = training.onEvent
    training.onEvent = { event in
      if case .trainingBegan = event {
        _ = FileManager.default.createFile(atPath: path + "/backup-began", contents: nil)
      }
      return onEvent?(event) ?? .goOn
    }
    let model = try training.run(in: path).model
    try Data(model).write(to: URL(fileURLWithPath: path + "/model"))
  }

  private func startChild(_ path: String) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/proc/\(getpid())/exe")
    process.arguments = [
      "--testing-library", "swift-testing", "--filter", "BackupAndRestoreTests/childTrains",
    ]
    process.environment = ProcessInfo.processInfo.environment
      .merging([BackupAndRestoreTests.folderVariable: path]) { $1 }
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    return process
  }

  @Test(.enabled(if: ProcessInfo.processInfo.environment[folderVariable] == nil))
  func killedTrainingsGoOn() throws {
    let whole = try folder.makeFolder("whole")
    let expected = try BackupAndRestoreTests.slowTraining.run(in: whole)
    let path = try folder.makeFolder("killed")
    var kills = 0
    for _ in 0..<40 where !fileExists(path + "/model") {
      unlink(path + "/backup-began")
      let process = try startChild(path)
      while !fileExists(path + "/backup-began"), process.isRunning { usleep(500) }
      if kills < 6 {
        usleep(UInt32.random(in: 0..<100_000))
        if kill(process.processIdentifier, SIGKILL) == 0 { kills += 1 }
      }
      process.waitUntilExit()
    }
    #expect(kills > 1)
    #expect(try folder.bytes("killed/model") == expected.model)
    var files = try BackedUpTraining.files(in: path)
    files["model"] = nil
    #expect(try files == BackedUpTraining.files(in: whole))
  }

  // MARK: Files that do not fit

  private func brokenOff() throws -> String {
    let path = try folder.makeFolder("broken")
    var training = BackedUpTraining()
    training.breaker = BackedUpTraining.Breaker(after: 40, isFirst: false)
    expectError(.inputOutput, "broken off") { try training.run(in: path) }
    return path + "/backup"
  }

  private func fit(
    _ path: String, seed: UInt64 = 7, optimizer: any Optimizer = Adam(),
    callbacks: [any Callback] = []
  ) throws {
    let model = try BackedUpTraining.makeModel(optimizer, seed: seed)
    let before = try model.encoded(includingOptimizer: true)
    do {
      try model.fit(clusters(36), callbacks: [BackupAndRestore(path: path)] + callbacks)
    } catch {
      #expect(try model.encoded(includingOptimizer: true) == before)
      throw error
    }
  }

  @Test func backupsOfOtherTrainingsAreErrors() throws {
    let path = try brokenOff()
    expectError(.invalidArgument, "is of a training with seed 7", "has seed 8", "remove it") {
      try fit(path, seed: 8)
    }
    expectError(.invalidArgument, "9 callbacks, this one has seed 7 and 2") {
      try fit(path, callbacks: [TerminateOnNaN()])
    }
    expectError(
      .invalidArgument, "\(path): the training's optimizer is Adam", "compiled with SGD"
    ) {
      try fit(path, optimizer: SGD())
    }
    expectError(.format, "expected the state of") {
      try fit(path, callbacks: (0..<8).map { _ in EarlyStopping(monitor: "loss") })
    }
    #expect(fileExists(path))
  }

  @Test func filesThatAreNoBackupsAreErrors() throws {
    let path = folder.path("file")
    let model = try BackedUpTraining.makeModel(Adam())
    try model.save(path)
    expectError(.invalidArgument, "BackupAndRestore: \(path): the file holds no training") {
      try fit(path)
    }
    try model.save(path, includingOptimizer: true)
    expectError(.format, "the file holds no training that was broken off") { try fit(path) }
    _ = try folder.write([1, 2, 3], to: "file")
    expectError(.format, "\(path): 3 bytes are too few") { try fit(path) }
    expectError(.inputOutput, "BackupAndRestore: ", "No such file") {
      try fit(folder.path("none/file"))
    }
    for count in [0, -3] {
      expectError(.invalidArgument, "expected to save each 1 or more batches, got \(count)") {
        try compiledModel().fit(
          clusters(32),
          callbacks: [BackupAndRestore(path: folder.path("b"), saveFrequency: .batches(count))])
      }
    }
  }

  @Test func backupStaysWhereThatIsWanted() throws {
    let path = folder.path("backup")
    let model = try compiledModel()
    func fit(_ model: Model) throws -> History {
      try model.fit(
        clusters(64), epochs: 2,
        callbacks: [BackupAndRestore(path: path, deleteCheckpoint: false)])
    }
    let history = try fit(model)
    #expect(try folder.names == ["backup"])
    let again = try compiledModel()
    #expect(try fit(again) == history)
    #expect(again.stepCount == 4)
    #expect(again.weightBits == model.weightBits)
    // It is a weights file.
    #expect(try Model.load(path).weightBits == model.weightBits)
  }

  @Test func trainingCanBecomeLonger() throws {
    let path = folder.path("backup")
    let model = try compiledModel()
    try model.fit(
      clusters(64), epochs: 2, callbacks: [BackupAndRestore(path: path, deleteCheckpoint: false)])
    let longer = try compiledModel()
    let history = try longer.fit(clusters(64), epochs: 5, callbacks: [BackupAndRestore(path: path)])
    let whole = try compiledModel()
    #expect(try whole.fit(clusters(64), epochs: 5) == history)
    #expect(longer.weightBits == whole.weightBits)
  }
}
