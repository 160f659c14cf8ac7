import Lamina
import LaminaPNG

/// Printed digits: pictures of a font's glyphs, which `Tests/real-digits/render_fonts.py` makes,
/// as the library finds the digits in them.
struct RenderedDigits {
  private(set) var pictures = LabelledPictures()

  /// - Parameter path: how the names of the two IDX files begin.
  /// - Throws: `.inputOutput` or `.format` where they cannot be read.
  init(_ path: String) throws(LaminaError) {
    let images = try IDXFile(path: path + "-images-idx3-ubyte")
    let labels = try IDXFile(path: path + "-labels-idx1-ubyte")
    guard images.shape.rank == 3, labels.shape == Shape([images.shape.dimensions[0]]) else {
      throw LaminaError(
        .format,
        "\(path): expected as many labels as pictures, got shapes \(images.shape) and "
          + "\(labels.shape)")
    }
    let (height, width) = (images.shape.dimensions[1], images.shape.dimensions[2])
    for (index, label) in labels.bytes.enumerated() {
      let pixels = images.bytes[index * height * width..<(index + 1) * height * width]
      let image = try GreyImage(width: width, height: height, pixels: Array(pixels))
      // What the library cannot find in a picture, the network never sees.
      guard let digit = try? DigitPreprocessor().digit(from: image) else { continue }
      pictures.append(digit.pixels[...], label: Int32(label))
    }
  }
}
