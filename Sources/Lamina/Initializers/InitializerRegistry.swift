/// The initializers that a configuration can name, by class or as Keras's
/// strings do.
///
/// Source: keras/src/initializers/__init__.py
enum InitializerRegistry {
  /// - Throws: `.unsupported`, naming what there is; `.format` or
  ///   `.invalidArgument` where a setting is wrong.
  static func make(_ json: JSON) throws(LaminaError) -> any Initializer {
    let described = try DescribedObject(json)
    let configuration = described.configuration
    switch described.className {
    case "Zeros", "zeros", "zero": return Zeros()
    case "Ones", "ones", "one": return Ones()
    case "Constant", "constant": return try Constant(configuration: configuration)
    case "RandomNormal", "random_normal", "normal":
      return try RandomNormal(configuration: configuration)
    case "RandomUniform", "random_uniform", "uniform":
      return try RandomUniform(configuration: configuration)
    case "TruncatedNormal", "truncated_normal":
      return try TruncatedNormal(configuration: configuration)
    case "VarianceScaling", "variance_scaling":
      return try VarianceScaling(configuration: configuration)
    case "GlorotUniform", "glorot_uniform": return try GlorotUniform(configuration: configuration)
    case "GlorotNormal", "glorot_normal": return try GlorotNormal(configuration: configuration)
    case "HeUniform", "he_uniform": return try HeUniform(configuration: configuration)
    case "HeNormal", "he_normal": return try HeNormal(configuration: configuration)
    case "LecunUniform", "lecun_uniform": return try LecunUniform(configuration: configuration)
    case "LecunNormal", "lecun_normal": return try LecunNormal(configuration: configuration)
    default:
      throw LaminaError(
        .unsupported,
        """
        unknown initializer "\(described.className)"; known: Zeros, Ones, Constant, \
        RandomNormal, RandomUniform, TruncatedNormal, VarianceScaling, GlorotUniform, \
        GlorotNormal, HeUniform, HeNormal, LecunUniform, LecunNormal
        """)
    }
  }
}

extension Configuration {
  /// The initializer under a key; where it is absent or null, the default.
  func initializer(
    _ key: String, default initializer: any Initializer
  ) throws(LaminaError) -> any Initializer {
    guard let json = self[key] else { return initializer }
    do { return try InitializerRegistry.make(json) } catch { throw error.at("\"\(key)\"") }
  }
}
