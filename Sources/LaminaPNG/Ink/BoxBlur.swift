extension GreyImage {
  /// Each pixel as the average of the square of `2 * radius + 1` pixels around it; squares end at
  /// the border.
  func blurred(radius: Int) -> GreyImage {
    guard radius > 0 else { return self }
    let rows = averages(of: pixels, count: height, stride: width, along: width, step: 1, radius)
    return GreyImage(
      rows: height, of: width,
      pixels: averages(of: rows, count: width, stride: 1, along: height, step: width, radius))
  }

  /// Averages along each of `count` lines, whose beginnings lie `stride` apart and whose
  /// `length` pixels lie `step` apart.
  private func averages(
    of pixels: [UInt8], count: Int, stride: Int, along length: Int, step: Int, _ radius: Int
  ) -> [UInt8] {
    var result = [UInt8](repeating: 0, count: pixels.count)
    for line in 0..<count {
      let first = line * stride
      var (sum, members) = (0, 0)
      for index in 0..<min(radius, length) {
        sum += Int(pixels[first + index * step])
        members += 1
      }
      for index in 0..<length {
        if index + radius < length {
          sum += Int(pixels[first + (index + radius) * step])
          members += 1
        }
        if index > radius {
          sum -= Int(pixels[first + (index - radius - 1) * step])
          members -= 1
        }
        result[first + index * step] = UInt8(truncatingIfNeeded: (sum + members / 2) / members)
      }
    }
    return result
  }

  /// The picture with `factor` x `factor` pixels averaged into one.
  func reduced(by factor: Int) -> GreyImage {
    guard factor > 1 else { return self }
    let columns = (width + factor - 1) / factor
    let rows = (height + factor - 1) / factor
    var result: [UInt8] = []
    result.reserveCapacity(columns * rows)
    var sums = [Int](repeating: 0, count: columns)
    for row in 0..<rows {
      for column in 0..<columns { sums[column] = 0 }
      let lines = row * factor..<min((row + 1) * factor, height)
      for line in lines {
        var place = line * width
        for column in 0..<columns {
          for _ in 0..<min(factor, width - column * factor) {
            sums[column] += Int(pixels[place])
            place += 1
          }
        }
      }
      for column in 0..<columns {
        let count = lines.count * min(factor, width - column * factor)
        result.append(UInt8(truncatingIfNeeded: (sums[column] + count / 2) / count))
      }
    }
    return GreyImage(rows: rows, of: columns, pixels: result)
  }

  /// A part of the picture; it must lie inside.
  func cropped(to box: PixelBox) -> GreyImage {
    guard box.columns.count < width || box.rows.count < height else { return self }
    let (columns, rows) = (box.columns.count, box.rows.count)
    var result = [UInt8](repeating: 0, count: columns * rows)
    for row in 0..<rows {
      let first = (box.rows.lowerBound + row) * width + box.columns.lowerBound
      result.replace(at: row * columns, with: pixels, from: first, count: columns)
    }
    return GreyImage(rows: rows, of: columns, pixels: result)
  }
}
