import Lamina
import Testing

@testable import LaminaPNG

/// A picture whose pixels a function gives.
func picture(
  _ width: Int, _ height: Int, _ grey: (_ x: Int, _ y: Int) -> Int
) throws -> GreyImage {
  let pixels = (0..<height).flatMap { y in
    (0..<width).map { x in UInt8(clamping: grey(x, y)) }
  }
  return try GreyImage(width: width, height: height, pixels: pixels)
}

/// The mean absolute difference of two pictures of the same size, in greys.
func meanDifference(_ first: GreyImage, _ second: GreyImage) -> Double {
  guard first.pixels.count == second.pixels.count else { return .infinity }
  let sum = zip(first.pixels, second.pixels).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
  return Double(sum) / Double(first.pixels.count)
}

/// A picture of 3 channels whose pixels a function gives.
func colourPicture(
  _ width: Int, _ height: Int, _ colour: (_ x: Int, _ y: Int) -> (Int, Int, Int)
) -> Picture {
  var pixels: [UInt8] = []
  for y in 0..<height {
    for x in 0..<width {
      let (red, green, blue) = colour(x, y)
      pixels += [UInt8(clamping: red), UInt8(clamping: green), UInt8(clamping: blue)]
    }
  }
  return Picture(
    width: width, height: height, channels: 3, pixels: pixels, reduction: 1, fileWidth: width,
    fileHeight: height)
}

/// Greys without any order.
func noise(_ width: Int, _ height: Int, seed: UInt64) throws -> GreyImage {
  var generator = SeededGenerator(seed: seed)
  return try picture(width, height) { _, _ in Int.random(in: 0...255, using: &generator) }
}

/// The share of pixels that differ by at most so many greys.
func share(of first: GreyImage, _ second: GreyImage, within greys: Int) -> Double {
  guard first.pixels.count == second.pixels.count else { return 0 }
  let near = zip(first.pixels, second.pixels).count { abs(Int($0) - Int($1)) <= greys }
  return Double(near) / Double(first.pixels.count)
}
