import CSystem

/// How thick a digit's strokes are, and how they are brought to a weight that MNIST's have.
enum StrokeWeight {
  /// The weights, in pixels of a digit whose longer side has 20, that stay as they are: of MNIST's
  /// digits to train with 98 % lie between 1.4 and 4.4, 90 % between 1.6 and 3.6, their median is 2.4.
  static let usual: ClosedRange<Float> = 1.5...4.5

  /// What thinner strokes are brought to.
  private static let thin: Float = 2.1
  /// What thicker strokes are brought to.
  private static let thick: Float = 3.8
  /// The longer side at which strokes are made thicker or thinner.
  private static let workingSide = 80

  /// The width of a digit's strokes, in pixels: twice their area over the length of their edges,
  /// which is the sum of the amounts' slopes.
  static func width(of digit: GreyImage) -> Float {
    func amount(_ x: Int, _ y: Int) -> Float {
      x < digit.width && y < digit.height && x >= 0 && y >= 0
        ? Float(digit.pixels[y * digit.width + x]) : 0
    }
    var (area, edges): (Float, Float) = (0, 0)
    for y in -1..<digit.height {
      for x in -1..<digit.width {
        let here = amount(x, y)
        let (across, down) = (amount(x + 1, y) - here, amount(x, y + 1) - here)
        area += here
        edges += sqrtf(across * across + down * down)
      }
    }
    return edges > 0 ? 2 * area / edges : 0
  }

  /// A digit fitted into `side` x `side` pixels, its strokes thicker or thinner where they are
  /// unusual; nil where there is no ink.
  static func fitted(_ ink: GreyImage, into side: Int) -> GreyImage? {
    guard let digit = ink.fitted(into: side) else { return nil }
    let width = width(of: digit)
    guard !usual.contains(width) else { return digit }
    // In few pixels no stroke measures less than one: hairlines are measured in all they have.
    let traced = Self.width(of: ink) * Float(side) / Float(max(ink.width, ink.height))
    // Half of the difference on each side of a stroke.
    let difference = width < usual.lowerBound ? thin - min(width, traced) : thick - width
    let change = difference / 2 * Float(workingSide) / Float(side)
    return ink.resized(longerSide: workingSide).weighted(by: change)?.fitted(into: side)
  }
}

extension GreyImage {
  /// The strokes' edges moved outwards by so many pixels, inwards where negative; the picture is
  /// cut to its ink, nil where nothing is left.
  fileprivate func weighted(by change: Float) -> GreyImage? {
    let steps = Int(min(abs(change) + 0.5, 16))
    var result = change > 0 ? padded(by: steps) : self
    for step in 0..<steps {
      // Squares and crosses by turns: round pens are nearly octagons.
      result = result.extremes(thicker: change > 0, corners: step % 2 == 1)
    }
    return result.inkBox.map { result.cropped(to: $0) }
  }

  private func padded(by margin: Int) -> GreyImage {
    let columns = width + 2 * margin
    var result = [UInt8](repeating: 0, count: columns * (height + 2 * margin))
    for row in 0..<height {
      let first = (row + margin) * columns + margin
      result.replaceSubrange(first..<first + width, with: pixels[row * width..<(row + 1) * width])
    }
    return GreyImage(rows: height + 2 * margin, of: columns, pixels: result)
  }

  /// Each pixel as the strongest, or the weakest, of it and its neighbours; nothing lies outside.
  private func extremes(thicker: Bool, corners: Bool) -> GreyImage {
    var result = pixels
    for row in 0..<height {
      for column in 0..<width {
        var extreme = pixels[row * width + column]
        for (y, x) in corners ? Self.square : Self.cross {
          let (line, place) = (row + y, column + x)
          let isInside = line >= 0 && line < height && place >= 0 && place < width
          let neighbour = isInside ? pixels[line * width + place] : 0
          extreme = thicker ? max(extreme, neighbour) : min(extreme, neighbour)
        }
        result[row * width + column] = extreme
      }
    }
    return GreyImage(rows: height, of: width, pixels: result)
  }

  private static let cross = [(-1, 0), (0, -1), (0, 1), (1, 0)]
  private static let square = cross + [(-1, -1), (-1, 1), (1, -1), (1, 1)]

  /// The picture with a longer side of so many pixels: by area where it becomes smaller, else
  /// between the centres of its pixels (bilinear).
  fileprivate func resized(longerSide side: Int) -> GreyImage {
    let longer = max(width, height)
    if longer >= side { return fitted(into: side) ?? self }
    let columns = max(1, (width * side + longer / 2) / longer)
    let rows = max(1, (height * side + longer / 2) / longer)
    var result: [UInt8] = []
    result.reserveCapacity(columns * rows)
    for row in 0..<rows {
      let y = (Float(row) + 0.5) * Float(height) / Float(rows) - 0.5
      for column in 0..<columns {
        let x = (Float(column) + 0.5) * Float(width) / Float(columns) - 0.5
        result.append(UInt8(clamping: Int(between(x, y) + 0.5)))
      }
    }
    return GreyImage(rows: rows, of: columns, pixels: result)
  }

  /// The grey at a place between pixels; nothing lies outside.
  private func between(_ x: Float, _ y: Float) -> Float {
    let (left, top) = (floorf(x), floorf(y))
    let (across, down) = (x - left, y - top)
    func grey(_ column: Int, _ row: Int) -> Float {
      Float(pixels[min(max(row, 0), height - 1) * width + min(max(column, 0), width - 1)])
    }
    let (column, row) = (Int(left), Int(top))
    let above = grey(column, row) * (1 - across) + grey(column + 1, row) * across
    let below = grey(column, row + 1) * (1 - across) + grey(column + 1, row + 1) * across
    return above * (1 - down) + below * down
  }
}
