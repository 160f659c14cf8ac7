/// What the configurations of normalizing layers have in common.
extension Configuration {
  /// A list of axes; a single one is a list of one.
  func axes(_ key: String) throws(LaminaError) -> [Int] {
    if let axis = self[key]?.integerValue { return [axis] }
    return try integers(key)
  }

  /// Refuses what Keras can switch on and Lamina lacks.
  ///
  /// - Throws: `.unsupported`
  func refuse(_ key: String) throws(LaminaError) {
    guard try !boolean(key, default: false) else {
      throw LaminaError(.unsupported, "\"\(key)\" is true; known: false")
    }
  }
}

extension JSON {
  /// A list of axes; a single one stands alone.
  static func axes(_ axes: [Int]) -> JSON {
    axes.count == 1 ? .integer(axes[0]) : .array(axes.map { .integer($0) })
  }

  static func described(_ initializer: any Initializer) -> JSON {
    .described(initializer.className, initializer.configuration)
  }
}
