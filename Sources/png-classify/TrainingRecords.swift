import Lamina

/// How a network was trained, in words, from the record in its file. A record that is damaged says
/// nothing; the network is no worse for it.
struct TrainingRecords {
  private let records: [JSON]

  init(record: String?) {
    if let record, case .array(let records)? = try? JSON(parsing: record) {
      self.records = records
    } else {
      records = []
    }
  }

  /// "5 epochs on mnist, 60,000 samples, batch size 32, seed 1": one for each training, which may
  /// lack any of it.
  var trainings: [String] {
    records.map { record in
      func value(_ key: String) -> String { record[key].flatMap(Self.plain) ?? "unknown" }
      func count(_ key: String) -> String {
        if case .integer(let number)? = record[key] { grouped(number) } else { value(key) }
      }
      let epochs = record["epochs"] == .integer(1) ? "epoch" : "epochs"
      return "\(count("epochs")) \(epochs) on \(value("dataset")), \(count("samples")) samples, "
        + "batch size \(count("batch_size")), seed \(value("seed"))"
    }
  }

  /// What each epoch of each training gave.
  var histories: [[[JSON.Member]]] {
    records.map { record in
      guard case .array(let epochs)? = record["history"] else { return [] }
      return epochs.map { epoch in
        if case .object(let members) = epoch { members } else { [] }
      }
    }
  }

  static func plain(_ value: JSON) -> String? {
    switch value {
    case .integer(let number): "\(number)"
    case .number(let number): fixed(number, decimals: 4)
    case .string(let text): printable(text)
    default: nil
    }
  }
}
