import Testing

@testable import Lamina

@Suite struct CallbackRegistryTests {
  @Test func settingsArriveByKerasNames() throws {
    let callbacks = try CallbackRegistry.make(
      """
      [{"class_name": "EarlyStopping",
        "config": {"monitor": "loss", "min_delta": 0.5, "patience": 3, "mode": "max",
                   "baseline": 0.25, "restore_best_weights": true, "start_from_epoch": 2}},
       {"class_name": "ModelCheckpoint",
        "config": {"filepath": "a", "save_best_only": true, "save_freq": 7}},
       {"class_name": "ReduceLROnPlateau",
        "config": {"factor": 0.5, "patience": 4, "cooldown": 1, "min_lr": 0.125}},
       {"class_name": "CSVLogger", "config": {"filename": "b", "separator": ";", "append": true}},
       {"class_name": "BackupAndRestore",
        "config": {"path": "c", "delete_checkpoint": false}},
       "TerminateOnNaN"]
      """)
    #expect(callbacks.count == 6)
    let stopping = try #require(callbacks[0] as? EarlyStopping)
    #expect(stopping.monitor == "loss" && stopping.minDelta == 0.5 && stopping.patience == 3)
    #expect(stopping.mode == .max && stopping.baseline == 0.25)
    #expect(stopping.restoreBestWeights && stopping.startFromEpoch == 2)
    let checkpoint = try #require(callbacks[1] as? ModelCheckpoint)
    #expect(checkpoint.path == "a" && checkpoint.saveBestOnly)
    #expect(checkpoint.saveFrequency == .batches(7) && checkpoint.monitor == "val_loss")
    let plateau = try #require(callbacks[2] as? ReduceLROnPlateau)
    #expect(plateau.factor == 0.5 && plateau.patience == 4 && plateau.cooldown == 1)
    #expect(plateau.minLearningRate == 0.125 && plateau.minDelta == 1e-4)
    let logger = try #require(callbacks[3] as? CSVLogger)
    #expect(logger.path == "b" && logger.separator == ";" && logger.append)
    let backup = try #require(callbacks[4] as? BackupAndRestore)
    #expect(backup.path == "c" && !backup.deleteCheckpoint && backup.saveFrequency == .epoch)
    #expect(callbacks[5] is TerminateOnNaN)
  }

  @Test(arguments: [
    (#"{}"#, LaminaError.Kind.format, "expected a list"),
    (#"["Nothing"]"#, .unsupported, "Nothing: "),
    (#"["CSVLogger"]"#, .format, "\"filename\" is missing"),
    (#"[{"class_name": "EarlyStopping", "config": {"patients": 1}}]"#, .unsupported, "patients"),
    (#"[{"class_name": "EarlyStopping", "config": {"mode": "up"}}]"#, .format, "\"mode\""),
    (#"[{"class_name": "EarlyStopping", "config": 5}]"#, .format, "expected an object"),
    (
      #"[{"class_name": "ModelCheckpoint", "config": {"filepath": "a", "save_freq": "x"}}]"#,
      .format, "\"save_freq\""
    ),
  ])
  func wrongSettingsAreNamed(text: String, kind: LaminaError.Kind, fragment: String) {
    expectError(kind, fragment) { _ = try CallbackRegistry.make(text) }
  }
}
