import CSystem

/// The direction in which a picture's ink differs from its paper: colours along it become greys.
///
/// Red ink on green paper may have the paper's luma; along this axis it is dark or light. The axis
/// is the one of the greatest fourth moment of the colours around the paper's, so that few pixels
/// of strong ink outweigh many of weak shadow.
struct ColourAxis {
  private var red: Float
  private var green: Float
  private var blue: Float

  /// How far, at most, the channels of a pixel lie apart where a picture counts as grey.
  private static let greyTolerance = 10
  /// How many pixels decide, at most.
  private static let sampleCount = 16_384

  /// The axis of a coloured picture; nil where its pixels are grey all but a few.
  init?(of picture: Picture) {
    guard picture.channels == 3 else { return nil }
    let pixels = picture.pixels
    let samples = stride(from: 0, to: pixels.count - 2, by: 3 * Self.step(through: picture))
    let paper = Self.borderMedians(of: picture)
    var moments = [Float](repeating: 0, count: 6)
    var (coloured, count) = (0, 0)
    for first in samples {
      let (red, green, blue) = (pixels[first], pixels[first + 1], pixels[first + 2])
      let spread = Int(max(red, green, blue)) - Int(min(red, green, blue))
      if spread > Self.greyTolerance { coloured += 1 }
      count += 1
      let x = Float(red) - paper.0
      let y = Float(green) - paper.1
      let z = Float(blue) - paper.2
      let weight = x * x + y * y + z * z
      moments[0] += weight * x * x
      moments[1] += weight * x * y
      moments[2] += weight * x * z
      moments[3] += weight * y * y
      moments[4] += weight * y * z
      moments[5] += weight * z * z
    }
    guard 500 * coloured > count else { return nil }
    (red, green, blue) = Self.principalAxis(of: moments)
  }

  /// The pixels' places along the axis, as greys from 0 to 255; contrasts keep their size where
  /// there is room, and are reduced alike where there is not.
  func greys(of picture: Picture) -> GreyImage {
    let pixels = picture.pixels
    var places: [Float] = []
    places.reserveCapacity(picture.width * picture.height)
    var (least, most) = (Float.infinity, -Float.infinity)
    for first in stride(from: 0, to: pixels.count - 2, by: 3) {
      let place =
        red * Float(pixels[first]) + green * Float(pixels[first + 1])
        + blue * Float(pixels[first + 2])
      least = min(least, place)
      most = max(most, place)
      places.append(place)
    }
    // Black stays 0 where it can: how much light there is matters later.
    least = min(least, 0)
    let scale = 255 / max(most - least, 255)
    return GreyImage(
      rows: picture.height, of: picture.width,
      pixels: places.map { UInt8(clamping: Int(($0 - least) * scale + 0.5)) })
  }

  /// Every how many pixels one is looked at: a number without a common divisor with the width, so
  /// that no column is left out.
  private static func step(through picture: Picture) -> Int {
    func commonDivisor(_ first: Int, _ second: Int) -> Int {
      second == 0 ? first : commonDivisor(second, first % second)
    }
    var step = max(1, picture.width * picture.height / sampleCount)
    while commonDivisor(step, picture.width) > 1 { step += 1 }
    return step
  }

  /// The channels' medians along the picture's border.
  private static func borderMedians(of picture: Picture) -> (Float, Float, Float) {
    func median(_ channel: Int) -> Float {
      var values: [UInt8] = []
      let (width, height) = (picture.width, picture.height)
      for column in 0..<width {
        values.append(picture.pixels[column * 3 + channel])
        values.append(picture.pixels[((height - 1) * width + column) * 3 + channel])
      }
      for row in 0..<height {
        values.append(picture.pixels[row * width * 3 + channel])
        values.append(picture.pixels[(row * width + width - 1) * 3 + channel])
      }
      return Float(GreyHistogram(values).median)
    }
    return (median(0), median(1), median(2))
  }

  /// The longest axis of a symmetric matrix (xx, xy, xz, yy, yz, zz), by power iteration.
  private static func principalAxis(of moments: [Float]) -> (Float, Float, Float) {
    // Where nothing decides, the luma's weights.
    var axis: (Float, Float, Float) = (0.299, 0.587, 0.114)
    for start: (Float, Float, Float) in [(0.299, 0.587, 0.114), (1, -0.5, -0.5), (-0.3, -0.6, 1)] {
      var next = start
      for _ in 0..<32 {
        let x = moments[0] * next.0 + moments[1] * next.1 + moments[2] * next.2
        let y = moments[1] * next.0 + moments[3] * next.1 + moments[4] * next.2
        let z = moments[2] * next.0 + moments[4] * next.1 + moments[5] * next.2
        let length = sqrtf(x * x + y * y + z * z)
        guard length > 0, length.isFinite else { return axis }
        next = (x / length, y / length, z / length)
      }
      if strength(next, moments) > strength(axis, moments) { axis = next }
    }
    // The sign is the luma's where it can be, so that dark stays dark.
    let luma = 0.299 * axis.0 + 0.587 * axis.1 + 0.114 * axis.2
    return luma < 0 ? (-axis.0, -axis.1, -axis.2) : axis
  }

  /// The moment along an axis, over the axis's squared length.
  private static func strength(_ axis: (Float, Float, Float), _ moments: [Float]) -> Float {
    let (x, y, z) = axis
    let diagonal = moments[0] * x * x + moments[3] * y * y + moments[5] * z * z
    let mixed = moments[1] * x * y + moments[2] * x * z + moments[4] * y * z
    return (diagonal + 2 * mixed) / (x * x + y * y + z * z)
  }
}

extension Picture {
  /// The picture in the greys that tell its ink from its paper best.
  var inkGreys: GreyImage {
    ColourAxis(of: self)?.greys(of: self) ?? grey
  }
}
