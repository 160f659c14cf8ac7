/// A table as numbers, which a network can take.
public struct EncodedTable: Equatable, Sendable {
  /// What the network should find, one for each row.
  public enum Target: Equatable, Sendable {
    /// Classes, from 0, and their names in order.
    case labels([Int32], classNames: [String])
    case values([Float])
    /// There is no target column.
    case none
  }

  /// One for each number of a row.
  public let featureNames: [String]
  /// [rows, features], row by row.
  public let features: [Float]
  public let rowCount: Int
  public let target: Target

  /// The shape of a row, [features].
  public var sampleShape: Shape { [featureNames.count] }
}
