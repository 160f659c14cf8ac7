/// An initializer, a regularizer or the like as a configuration describes it:
/// `{"class_name": "HeNormal", "config": {…}}`, or a name alone, "he_normal",
/// which stands for the defaults.
struct DescribedObject {
  let className: String
  let configuration: Configuration

  /// - Throws: `.format`
  init(_ json: JSON) throws(LaminaError) {
    guard let className = json.stringValue ?? json["class_name"]?.stringValue else {
      throw LaminaError(.format, "expected a name, or class_name and config, got \(json.text)")
    }
    self.className = className
    self.configuration = Configuration(json["config"] ?? .object([]))
  }
}
