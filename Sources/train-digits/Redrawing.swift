import Lamina
import LaminaPNG

/// Draws a digit of MNIST anew as a picture that somebody else might have made of it, with
/// another pen and another scanner, and lets the library find it there: what comes out is what
/// a network gets to see of such a picture.
struct Redrawing {
  /// How many pixels of the picture one of MNIST's becomes, in each direction.
  private static let scale = 3

  /// How much wider the stroke becomes on each side, in pixels of the picture; negative for
  /// narrower.
  var widening: Int
  /// How sharp the stroke's border is: 1 as it was.
  var sharpness: Float
  /// How often neighbours are averaged, three at a time in each direction.
  var blurs: Int
  /// The standard deviation of each pixel's noise; the ink is 1.
  var noise: Float
  /// How far the top goes to the right, as a part of the height.
  var slant: Float

  /// One of many pens and scanners.
  init(_ numbers: inout SeededNumbers) {
    widening = numbers.index(below: 6) - 2
    sharpness = numbers.uniform(1...3)
    blurs = numbers.index(below: 4)
    noise = numbers.unit() < 0.5 ? 0 : numbers.uniform(0...0.08)
    slant = numbers.uniform(-0.2...0.2)
  }

  /// - Parameter pixels: 28x28 bytes, light on black.
  /// - Returns: the same form; nil where the library finds no digit, or little is left of it.
  func digit(_ pixels: ArraySlice<UInt8>, _ numbers: inout SeededNumbers) -> [UInt8]? {
    var picture = enlarged(Array(pixels))
    let ink = picture.total
    picture.sharpen(by: sharpness)
    if widening > 0 { picture.takeNeighbours(within: widening) { max($0, $1) } }
    if widening < 0 { picture.takeNeighbours(within: -widening) { min($0, $1) } }
    guard picture.total > ink / 4 else { return nil }
    for _ in 0..<blurs { picture.blur() }
    let paper: Float = 0.9
    let bytes = picture.values.map { value -> UInt8 in
      let light = paper - value * 0.8 + (noise > 0 ? noise * numbers.normal() : 0)
      return UInt8(max(0, min(255, light * 255 + 0.5)))
    }
    let side = picture.side
    guard let image = try? GreyImage(width: side, height: side, pixels: bytes),
      let digit = try? DigitPreprocessor().digit(from: image)
    else { return nil }
    return digit.pixels
  }

  /// The digit in the picture's size, slanted, with a margin.
  private func enlarged(_ pixels: [UInt8]) -> Plane {
    let (side, margin) = (28, 4)
    let length = (side + 2 * margin) * Redrawing.scale
    let source = GreySampling(pixels, side: side)
    var picture = Plane(side: length)
    for row in 0..<length {
      let y = (Float(row) + 0.5) / Float(Redrawing.scale) - 0.5 - Float(margin)
      for column in 0..<length {
        let x =
          (Float(column) + 0.5) / Float(Redrawing.scale) - 0.5 - Float(margin)
          + slant * (y - Float(side - 1) / 2)
        picture[row, column] = source.value(x, y)
      }
    }
    return picture
  }
}
