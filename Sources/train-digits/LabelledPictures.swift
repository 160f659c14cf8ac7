import Lamina

/// Pictures of 28x28 bytes, light on black, one after the other, with their digits.
struct LabelledPictures {
  static let pixelCount = 28 * 28

  private(set) var pixels: [UInt8] = []
  private(set) var labels: [Int32] = []

  init() {}

  init(_ dataset: Dataset) {
    if case .uint8(let bytes)? = dataset.inputs.first?.elements { pixels = bytes }
    labels = dataset.labels
  }

  var count: Int { labels.count }

  /// The pixels of one of them.
  subscript(index: Int) -> ArraySlice<UInt8> {
    pixels[index * Self.pixelCount..<(index + 1) * Self.pixelCount]
  }

  mutating func append(_ picture: ArraySlice<UInt8>, label: Int32) {
    pixels += picture
    labels.append(label)
  }

  mutating func append(_ others: LabelledPictures) {
    pixels += others.pixels
    labels += others.labels
  }

  /// As many of them as asked for, or all, evenly chosen.
  func thinned(to limit: Int) -> LabelledPictures {
    guard limit < count else { return self }
    var chosen = LabelledPictures()
    for index in 0..<limit {
      let place = index * count / limit
      chosen.append(self[place], label: labels[place])
    }
    return chosen
  }

  func dataset(_ name: String) throws(LaminaError) -> Dataset {
    try Dataset(
      name: name, features: .uint8(pixels), sampleShape: [28, 28], labels: labels,
      classNames: MNIST.classNames, preprocessing: .mnist)
  }
}
