/// Lets a training that was killed go on where it was, as if nothing had been.
///
/// ```swift
/// let model = try makeModel()  // the same each time, with the same seed
/// try model.compile(optimizer: .adam(), loss: .meanSquaredError())
/// try model.fit(data, epochs: 100, callbacks: [BackupAndRestore(path: "backup")])
/// ```
/// The program is run again, and `fit` finds the backup, takes weights,
/// optimizer, epoch, learning rate, the other callbacks' states and the epochs'
/// results from it, and does what is left. Weights, results and logs are in the
/// end the same to the bit as those of a training that went on all the time, if
/// model, data and callbacks are the same; the history has all epochs (Keras's
/// only those after the backup).
///
/// The backup is a weights file, replaced atomically; `Model.load` reads it, too.
/// It is made when the training begins and then each epoch or each so many
/// batches, after all callbacks, wherever this one is among them.
///
/// Going on within an epoch, callbacks are not told again that it began. Batches
/// that come one by one are read over up to where the training was: they must
/// come the same again.
///
/// Source: keras/src/callbacks/backup_and_restore.py
public final class BackupAndRestore: Callback {
  public let path: String
  public var saveFrequency: SaveFrequency { counter.frequency }
  /// Whether the backup is removed after the training. It stays where `fit`
  /// throws an error.
  public let deleteCheckpoint: Bool

  private var counter: SaveCounter

  /// - Parameter path: of a file, in a folder that exists.
  public init(
    path: String, saveFrequency: SaveFrequency = .epoch, deleteCheckpoint: Bool = true
  ) {
    self.path = path
    self.deleteCheckpoint = deleteCheckpoint
    counter = SaveCounter(saveFrequency)
  }

  public func trainingBegan(_ training: Training) throws(LaminaError) {
    try saveFrequency.check("BackupAndRestore")
    counter.batchCount = 0
  }

  /// - Returns: whether to save after this batch.
  func countBatch() -> Bool { counter.countBatch() }

  /// The training of the backup; nil where there is none.
  ///
  /// - Throws: `.inputOutput`, `.format` or `.unsupported` where it cannot be
  ///   read, `.invalidArgument` where it is another training's.
  func load(for training: Training) throws(LaminaError) -> SavedTraining? {
    guard fileExists(path) else { return nil }
    do throws(LaminaError) {
      let saved = try SavedTraining(reading: ByteReader(path: path), training.model)
      guard saved.position != nil else {
        throw LaminaError(.format, "the file holds no training that was broken off")
      }
      return saved
    } catch {
      throw error.at("BackupAndRestore: \(path)")
    }
  }

  func save(_ position: TrainingPosition, _ training: Training) throws(LaminaError) {
    do throws(LaminaError) {
      try training.model.save(path, training: TrainingTensors(of: training.model, position))
    } catch {
      throw error.at("BackupAndRestore")
    }
  }

  /// After the training, and after all callbacks.
  func finish() throws(LaminaError) {
    if deleteCheckpoint, fileExists(path) { try removeFile(path) }
  }

  public var state: CallbackState {
    CallbackState(
      of: "BackupAndRestore",
      [JSON.Member("batches_since_save", .integer(counter.batchCount))])
  }

  public func restore(_ state: CallbackState) throws(LaminaError) {
    counter.batchCount = try state.values(of: "BackupAndRestore").count("batches_since_save")
  }
}
