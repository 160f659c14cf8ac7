extension TableEncoder {
  /// The table as numbers. Its columns are found by name, whatever their
  /// order; others are ignored. Without the target column there is no target.
  ///
  /// - Throws: `.invalidArgument` where a column is not there, or there are
  ///   more than 2^28 numbers; `.format`, naming line and column, where a
  ///   value is no number in a numeric column, a category or a class is
  ///   unseen, a target is missing, or a feature is missing and the options
  ///   say that this is an error.
  public func encode(_ table: CSVTable) throws(LaminaError) -> EncodedTable {
    try TableEncoder.checkSize(rowCount: table.rowCount, featureCount: featureNames.count)
    var features = [Float](repeating: 0, count: table.rowCount * featureNames.count)
    var first = 0
    for column in columns {
      let index = try table.index(of: .name(column.name))
      for row in 0..<table.rowCount {
        let place = row * featureNames.count + first
        try encode(row, index, of: table, as: column, at: place, &features)
      }
      first += column.featureCount
    }
    return EncodedTable(
      featureNames: featureNames, features: features, rowCount: table.rowCount,
      target: try encodeTarget(table))
  }

  /// Writes one value's features, of which all are 0 before, from `place` on.
  private func encode(
    _ row: Int, _ index: Int, of table: CSVTable, as column: EncodedColumn, at place: Int,
    _ features: inout [Float]
  ) throws(LaminaError) {
    guard let field = table.field(row, index) else {
      guard options.missingValues != .error else {
        throw table.error(row, index, "a missing value")
      }
      if case .number(let replacement) = column.content { features[place] = replacement }
      if column.hasIndicator { features[place + column.featureCount - 1] = 1 }
      return
    }
    switch column.content {
    case .number: features[place] = try table.number(row, index) ?? 0
    case .oneHot(let categories):
      if let category = try self.place(of: field, in: categories, row, index, table) {
        features[place + category] = 1
      }
    case .integer(let categories):
      if let category = try self.place(of: field, in: categories, row, index, table) {
        features[place] = Float(category + 1)
      }
    }
  }

  /// A category's place; nil where it is unseen and that is no error.
  private func place(
    of field: ArraySlice<UInt8>, in categories: CategoryIndex, _ row: Int, _ index: Int,
    _ table: CSVTable
  ) throws(LaminaError) -> Int? {
    if let place = categories.place(of: field) { return Int(place) }
    guard options.unseenCategories == .zeros else {
      throw table.error(
        row, index, "the category \(CSVTable.quoted(field)) is none that the encoder was fitted to")
    }
    return nil
  }

  private func encodeTarget(_ table: CSVTable) throws(LaminaError) -> EncodedTable.Target {
    guard let target, table.hasColumn(named: target.name) else { return .none }
    let index = try table.index(of: .name(target.name))
    guard let classes = target.classes else {
      var values: [Float] = []
      for row in 0..<table.rowCount {
        guard let value = try table.number(row, index) else {
          throw table.error(row, index, "the target is missing")
        }
        values.append(value)
      }
      return .values(values)
    }
    var labels: [Int32] = []
    for row in 0..<table.rowCount {
      guard let field = table.field(row, index) else {
        throw table.error(row, index, "the target is missing")
      }
      guard let label = classes.place(of: field) else {
        throw table.error(
          row, index, "the class \(CSVTable.quoted(field)) is none that the encoder was fitted to")
      }
      labels.append(label)
    }
    return .labels(labels, classNames: classes.names)
  }
}
