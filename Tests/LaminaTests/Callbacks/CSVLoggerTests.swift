import Testing

@testable import Lamina

@Suite struct CSVLoggerTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func text(_ name: String) throws -> String {
    String(decoding: try folder.bytes(name), as: UTF8.self)
  }

  @Test func filesAreKeras() throws {
    var count = 0
    for (index, trace) in try CallbackTraces.cases("CSVLogger").enumerated() {
      let title = try #require(trace["name"]?.stringValue)
      // Lamina's metrics are single numbers.
      if title.contains("vector") { continue }
      count += 1
      let name = "\(index).csv"
      if let before = trace["before"]?.stringValue {
        _ = try folder.write(Array(before.utf8), to: name)
      }
      let callback = CSVLogger(
        path: folder.path(name),
        separator: try #require(trace["config"]?["separator"]?.stringValue),
        append: trace["config"]?["append"] == .boolean(true))
      for _ in 0..<(trace["fits"]?.integerValue ?? 1) {
        try callback.begin()
        for (epoch, log) in (trace["logs"]?.arrayValue ?? []).enumerated() {
          guard case .object(let members) = log else { continue }
          var result = EpochResult(epoch: epoch, values: [])
          for member in members { result.set(member.key, to: member.value.exactNumber ?? 0) }
          try callback.log(result)
        }
        callback.end()
      }
      #expect(try text(name) == trace["text"]?.stringValue, "\(title)")
    }
    #expect(count == 13)
  }

  @Test func fileHasTheHistory() throws {
    let path = folder.path("log.csv")
    let history = try compiledModel().fit(
      clusters(64), epochs: 3, validation: clusters(32, seed: 5), callbacks: [CSVLogger(path: path)]
    )
    var lines = ["epoch,accuracy,loss,val_accuracy,val_loss"]
    for epoch in history.epochs {
      let values = ["accuracy", "loss", "val_accuracy", "val_loss"].map { "\(epoch[$0] ?? 0)" }
      lines.append((["\(epoch.epoch)"] + values).joined(separator: ","))
    }
    #expect(try text("log.csv") == lines.map { $0 + "\r\n" }.joined())
  }

  @Test func linesAreThereAfterEachEpoch() throws {
    let path = folder.path("log.csv")
    var counts: [Int] = []
    try compiledModel().fit(clusters(64), epochs: 3, callbacks: [CSVLogger(path: path)]) { event in
      if case .epochEnded = event {
        let lines = try? text("log.csv").utf8.count { $0 == UInt8(ascii: "\n") }
        counts.append(lines ?? 0)
      }
      return .goOn
    }
    #expect(counts == [2, 3, 4])
  }

  @Test func namesWithTheSeparatorAreQuoted() throws {
    let callback = CSVLogger(path: folder.path("log.csv"))
    try callback.begin()
    try callback.log(
      EpochResult(
        epoch: 0,
        values: [NamedValue(name: "a,b", value: 1), NamedValue(name: "val_\"c\"", value: 2)]))
    #expect(try text("log.csv") == "epoch,\"a,b\",\"val_\"\"c\"\"\"\r\n0,1.0,2.0\r\n")
  }

  @Test func badSeparatorsAndFoldersAreErrors() throws {
    for separator in ["", ",,", "\n", "\r", "\""] {
      expectError(.invalidArgument, "CSVLogger: expected one character as separator") {
        try compiledModel().fit(
          clusters(32), callbacks: [CSVLogger(path: folder.path("a"), separator: separator)])
      }
    }
    let path = folder.path("none/log.csv")
    expectError(.inputOutput, "\(path): cannot be written: No such file") {
      try compiledModel().fit(clusters(32), callbacks: [CSVLogger(path: path)])
    }
    #expect(try folder.names.isEmpty)
  }
}
