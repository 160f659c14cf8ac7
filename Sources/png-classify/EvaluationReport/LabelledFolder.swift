import Glibc
import Lamina
import LaminaPNG

/// A folder with a folder of PNG files for each label: `0/`, `1/` and so on.
struct LabelledFolder {
  private struct File {
    let input: Input
    let classIndex: Int
  }

  private let path: String
  private let name: String

  /// - Parameter name: what messages call it.
  init(path: String, name: String) {
    // "scans/" would give files the names "scans//7/x.png".
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    (self.path, self.name) = (path, name)
  }

  /// Whether there is a folder in it, so that it is not meant as one of IDX files.
  static func isOne(_ path: String) -> Bool {
    !folders(in: path).isEmpty
  }

  /// Reads all pictures, as `classify` does.
  ///
  /// - Throws: `.invalidArgument` where the model takes no pictures, a folder is named as no label
  ///   is, or no file is a picture.
  func pictures(for model: Model, threadCount: Int) throws(LaminaError) -> TestPictures {
    let preprocessor = try DigitPreprocessor(
      for: model.preprocessing, inputShapes: model.inputShapes)
    let files = try self.files(for: model)
    let digits = Workers(threadCount: threadCount).map(files.count) { piece, _ in
      Self.digit(in: files[piece].input, preprocessor)
    }
    var (pixels, labels, paths): ([UInt8], [Int32], [String]) = ([], [], [])
    var (unanswered, failures): ([TestPictures.Unanswered], [LaminaError]) = ([], [])
    for (file, digit) in zip(files, digits) {
      switch digit {
      case .success(let digit):
        pixels += digit.pixels
        labels.append(Int32(file.classIndex))
        paths.append(file.input.name)
      case .failure(let error) where error.kind == .noDigit:
        unanswered.append(
          TestPictures.Unanswered(
            path: file.input.name, classIndex: file.classIndex, reason: error.message))
      case .failure(let error): failures.append(error)
      }
    }
    guard !labels.isEmpty || !unanswered.isEmpty else {
      throw failures.first
        ?? LaminaError(.invalidArgument, "\(path): no PNG file in the folders of labels")
    }
    let dataset = try Dataset(
      name: name, features: .uint8(pixels), sampleShape: Shape([28, 28]), labels: labels,
      classNames: model.labels, preprocessing: model.preprocessing)
    return TestPictures(
      dataset: dataset, paths: paths, unanswered: unanswered, failures: failures)
  }

  private func files(for model: Model) throws(LaminaError) -> [File] {
    let labels = classLabels(of: model)
    var files: [File] = []
    for folder in Self.folders(in: path) {
      // A label such as "T-shirt/top" can be no folder's name; its number can.
      let number = Int(folder).flatMap { labels.indices.contains($0) ? $0 : nil }
      guard let index = labels.firstIndex(of: folder) ?? number else {
        throw LaminaError(
          .invalidArgument,
          "\(path)/\(folder): expected folders named by the model's labels, "
            + labels.prefix(20).joined(separator: ", "))
      }
      for input in Input.expand(path + "/" + folder) {
        // An empty folder says nothing about its label.
        if case .unusable(_, let error) = input, error.kind == .invalidArgument { continue }
        files.append(File(input: input, classIndex: index))
      }
    }
    return files
  }

  private static func digit(
    in input: Input, _ preprocessor: DigitPreprocessor
  ) -> Result<GreyImage, LaminaError> {
    do throws(LaminaError) {
      switch input {
      case .file(let path):
        return .success(try preprocessor.digit(from: PNGDecoder().decode(path: path)))
      case .unusable(_, let error): throw error
      case .standardInput: throw LaminaError(.invalidArgument, "standard input in a folder")
      }
    } catch {
      return .failure(error)
    }
  }

  /// The names of the folders in a folder that are not hidden, in order.
  private static func folders(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { bytes in
        bytes.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix("."), isFolder(path + "/" + name) { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

/// The classes' names; their numbers where the model has no names for all of them.
func classLabels(of model: Model) -> [String] {
  let count = model.outputShape?.checkedElementCount ?? 0
  return model.labels.count == count ? model.labels : (0..<count).map { "\($0)" }
}
