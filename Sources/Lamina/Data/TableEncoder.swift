/// Makes numbers of a table's columns. It is fitted to one table, the training
/// rows, and encodes others alike: with that table's means and categories.
///
/// A numeric column is one feature, its values as they are. A categorical
/// column is one feature for each category (one-hot, named "color=red") or a
/// single one of integers. The features come in the order of the columns.
public struct TableEncoder: Sendable {
  public struct Options: Equatable, Sendable {
    /// What becomes of missing values.
    public enum MissingValues: Equatable, Sendable {
      /// A number becomes the mean of its column's other values in the table
      /// that the encoder was fitted to, 0 where there is none.
      case mean
      /// A number becomes 0.
      case zero
      case error
    }

    /// How a categorical column is written.
    public enum Categories: Equatable, Sendable {
      /// 1 in the feature of the value's category and 0 in the others; all 0
      /// for a missing value.
      case oneHot
      /// 1, 2, ... by the category's place, and 0 for a missing value, as in
      /// keras/src/layers/preprocessing/string_lookup.py.
      case integers
    }

    /// What becomes of categories that the encoder was not fitted to.
    public enum UnseenCategories: Equatable, Sendable {
      case error
      /// They are encoded as missing values are: all 0.
      case zeros
    }

    public var missingValues: MissingValues
    /// Whether a column with missing values, in the table that the encoder is
    /// fitted to, has one more feature, "age is missing": 1 where it is, else 0.
    public var addsMissingIndicators: Bool
    public var categories: Categories
    public var unseenCategories: UnseenCategories
    /// How many categories a column may have to be written one-hot. Names or
    /// free text would otherwise take a feature for nearly every row.
    public var maximumCategoryCount: Int

    public init(
      missingValues: MissingValues = .mean, addsMissingIndicators: Bool = false,
      categories: Categories = .oneHot, unseenCategories: UnseenCategories = .error,
      maximumCategoryCount: Int = 1000
    ) {
      self.missingValues = missingValues
      self.addsMissingIndicators = addsMissingIndicators
      self.categories = categories
      self.unseenCategories = unseenCategories
      self.maximumCategoryCount = maximumCategoryCount
    }
  }

  /// What one column becomes.
  enum Content {
    /// - Parameter replacement: what a missing value becomes.
    case number(replacement: Float)
    case oneHot(CategoryIndex)
    case integer(CategoryIndex)

    var featureCount: Int {
      if case .oneHot(let categories) = self { categories.names.count } else { 1 }
    }
  }

  struct EncodedColumn {
    let name: String
    let content: Content
    let hasIndicator: Bool

    var featureCount: Int { content.featureCount + (hasIndicator ? 1 : 0) }

    var featureNames: [String] {
      var names = [name]
      if case .oneHot(let categories) = content {
        names = categories.names.map { "\(name)=\($0)" }
      }
      return hasIndicator ? names + ["\(name) is missing"] : names
    }
  }

  /// The target column's name, and its classes where it is categorical.
  struct TargetColumn {
    let name: String
    let classes: CategoryIndex?
  }

  /// The numbers of one encoded table, at most; 1 GB of them.
  static let maximumNumberCount = 1 << 28

  public let options: Options
  /// One for each number of an encoded row.
  public let featureNames: [String]
  let columns: [EncodedColumn]
  let target: TargetColumn?

  /// - Parameters:
  ///   - table: the rows to train with. Its column kinds hold for the tables
  ///     that are encoded, too.
  ///   - target: the column that the network should find: classes where it is
  ///     categorical, numbers where it is numeric.
  ///   - ignoring: columns that are left out, such as a row's number.
  /// - Throws: `.invalidArgument` where the table has no row, no column is left,
  ///   a column is not there or is both target and ignored, or a one-hot column
  ///   has too many categories; `.format` where a value is beyond float32's
  ///   range, or missing and the options say that this is an error.
  public init(
    fittedTo table: CSVTable, target: CSVTable.Column? = nil, ignoring: [CSVTable.Column] = [],
    options: Options = Options()
  ) throws(LaminaError) {
    guard table.rowCount > 0 else {
      throw LaminaError(.invalidArgument, "a table without rows; expected rows to fit to")
    }
    var isFeature = [Bool](repeating: true, count: table.columnCount)
    for column in ignoring { isFeature[try table.index(of: column)] = false }
    self.target = try target.map { column throws(LaminaError) in
      try TableEncoder.makeTarget(column, table, &isFeature)
    }
    var columns: [EncodedColumn] = []
    for index in isFeature.indices where isFeature[index] {
      columns.append(try TableEncoder.makeColumn(index, table, options))
    }
    guard !columns.isEmpty else {
      throw LaminaError(.invalidArgument, "no column is left to make features of")
    }
    // Before there is a name for each feature, which takes memory too.
    let featureCount = columns.reduce(0) { $0 + $1.featureCount }
    try TableEncoder.checkSize(rowCount: table.rowCount, featureCount: featureCount)
    featureNames = columns.flatMap { $0.featureNames }
    self.columns = columns
    self.options = options
  }

  static func checkSize(rowCount: Int, featureCount: Int) throws(LaminaError) {
    let (count, overflow) = rowCount.multipliedReportingOverflow(by: featureCount)
    guard !overflow, count <= maximumNumberCount else {
      throw LaminaError(
        .invalidArgument,
        "\(rowCount) rows of \(featureCount) features are more than \(maximumNumberCount) numbers")
    }
  }

  private static func makeTarget(
    _ column: CSVTable.Column, _ table: CSVTable, _ isFeature: inout [Bool]
  ) throws(LaminaError) -> TargetColumn {
    let index = try table.index(of: column)
    let name = table.columnNames[index]
    guard isFeature[index] else {
      throw LaminaError(.invalidArgument, "column \"\(name)\" is both the target and ignored")
    }
    isFeature[index] = false
    let isCategorical = table.columnKinds[index] == .categorical
    return TargetColumn(
      name: name, classes: isCategorical ? CategoryIndex(of: table, column: index) : nil)
  }

  private static func makeColumn(
    _ index: Int, _ table: CSVTable, _ options: Options
  ) throws(LaminaError) -> EncodedColumn {
    let hasMissing = (0..<table.rowCount).contains { table.field($0, index) == nil }
    return EncodedColumn(
      name: table.columnNames[index], content: try makeContent(index, table, options),
      hasIndicator: options.addsMissingIndicators && hasMissing)
  }

  private static func makeContent(
    _ index: Int, _ table: CSVTable, _ options: Options
  ) throws(LaminaError) -> Content {
    if table.columnKinds[index] == .numeric {
      let isMean = options.missingValues == .mean
      return .number(replacement: isMean ? try mean(index, table) : 0)
    }
    let categories = CategoryIndex(of: table, column: index)
    if options.categories == .integers { return .integer(categories) }
    guard categories.names.count <= options.maximumCategoryCount else {
      throw LaminaError(
        .invalidArgument,
        "column \"\(table.columnNames[index])\" has \(categories.names.count) categories, more than \(options.maximumCategoryCount); ignore it, or encode categories as integers"
      )
    }
    return .oneHot(categories)
  }

  /// The mean of the values that are there, in double; 0 where there is none.
  private static func mean(_ column: Int, _ table: CSVTable) throws(LaminaError) -> Float {
    var sum = 0.0
    var count = 0
    for row in 0..<table.rowCount {
      guard let number = try table.number(row, column) else { continue }
      sum += Double(number)
      count += 1
    }
    return count > 0 ? Float(sum / Double(count)) : 0
  }
}
