/// Data sets made of tables.
extension Dataset {
  /// The rows of an encoded table, each with its class, its value or nothing as
  /// the target.
  public init(_ table: EncodedTable, name: String = "data") throws(LaminaError) {
    var targets: [Samples] = []
    var classNames: [String] = []
    switch table.target {
    case .labels(let labels, let names):
      targets = [Samples(labels: labels)]
      classNames = names
    case .values(let values): targets = [Samples(values: values)]
    case .none: break
    }
    let features = try Samples(
      .float32(table.features), shape: table.sampleShape, count: table.rowCount, name: name)
    try self.init(name: name, inputs: [features], targets: targets, classNames: classNames)
  }

  /// Reads a table and makes numbers of its columns.
  ///
  ///     let houses = try Dataset(csv: "houses.csv", target: "price")
  ///
  /// To encode other rows alike, such as those to predict, use `CSVTable` and
  /// `TableEncoder`; to hold rows out, `load(csv:target:testFraction:)`.
  ///
  /// - Parameters:
  ///   - path: also the data set's name.
  ///   - target: the column that the network should find: classes where it is
  ///     categorical, numbers where it is numeric; nil where there is none.
  ///   - ignoring: columns that are left out.
  ///   - format: how the file is written.
  ///   - encoding: what becomes of categories and missing values.
  /// - Throws: as `CSVTable` and `TableEncoder`; the message begins with the path.
  public init(
    csv path: String, target: CSVTable.Column?, ignoring: [CSVTable.Column] = [],
    format: CSVFormat = CSVFormat(), encoding: TableEncoder.Options = TableEncoder.Options()
  ) throws(LaminaError) {
    let table = try CSVTable(path: path, format: format)
    let encoded: EncodedTable
    do throws(LaminaError) {
      let encoder = try TableEncoder(
        fittedTo: table, target: target, ignoring: ignoring, options: encoding)
      encoded = try encoder.encode(table)
    } catch {
      throw error.at(path)
    }
    try self.init(encoded, name: path)
  }

  /// Reads a table and holds its last rows out, to test with: means and
  /// categories come from the training rows alone.
  ///
  /// - Parameters:
  ///   - testFraction: how many of the rows are held out; the training rows are
  ///     the first floor(rows (1 - `testFraction`)).
  ///   - shuffleSeed: puts the rows in random order before; nil leaves them as
  ///     they are. A file that is sorted by its target needs it.
  /// - Throws: as `init(csv:target:ignoring:format:encoding:)`; also where
  ///   either part would be empty.
  public static func load(
    csv path: String, target: CSVTable.Column?, testFraction: Double, shuffleSeed: UInt64? = nil,
    ignoring: [CSVTable.Column] = [], format: CSVFormat = CSVFormat(),
    encoding: TableEncoder.Options = TableEncoder.Options()
  ) throws(LaminaError) -> (train: Dataset, test: Dataset) {
    var table = try CSVTable(path: path, format: format)
    if let shuffleSeed { table = table.shuffled(seed: shuffleSeed) }
    do throws(LaminaError) {
      let (train, test) = try table.split(lastFraction: testFraction)
      let encoder = try TableEncoder(
        fittedTo: train, target: target, ignoring: ignoring, options: encoding)
      return (
        try Dataset(encoder.encode(train), name: path),
        try Dataset(encoder.encode(test), name: path)
      )
    } catch {
      throw error.at(path)
    }
  }

  /// The first samples, and the last ones: those from
  /// floor(`count` (1 - `lastFraction`)) on.
  ///
  /// - Throws: `.invalidArgument` where either would be empty.
  public func split(
    lastFraction: Double
  ) throws(LaminaError) -> (first: Dataset, last: Dataset) {
    do throws(LaminaError) {
      let position = try splitPosition(count: count, lastFraction: lastFraction)
      return (try self[0..<position], try self[position..<count])
    } catch {
      throw error.at(name)
    }
  }
}
