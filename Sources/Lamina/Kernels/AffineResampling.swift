import CLaminaKernels

/// Where the pixels of a moved image come from, in pixels from the centre of the
/// first one: x' = xx x + xy y + x0, y' = yx x + yy y + y0.
struct AffineMap {
  var xx: Double = 1
  var xy: Double = 0
  var x0: Double = 0
  var yx: Double = 0
  var yy: Double = 1
  var y0: Double = 0
}

extension MatrixView {
  /// One row, an image of [height, width, channels], becomes that row of
  /// `images`, moved.
  func assignResampled(
    _ images: MatrixView, row: Int, shape: Shape, _ map: AffineMap, _ resampling: Resampling
  ) {
    assert(row >= 0 && row < rows && rows == images.rows && columns == images.columns)
    var settings = resampling.settings(shape, map)
    laminakernel_resample(
      images.elements + row * columns, elements + row * columns, &settings)
  }

  /// One row becomes the gradient of an image, from that of the moved one.
  func assignResamplingGradient(
    _ gradient: MatrixView, row: Int, shape: Shape, _ map: AffineMap, _ resampling: Resampling
  ) {
    assert(row >= 0 && row < rows && rows == gradient.rows && columns == gradient.columns)
    var settings = resampling.settings(shape, map)
    laminakernel_resample_gradient(
      gradient.elements + row * columns, elements + row * columns, &settings)
  }
}

extension Resampling {
  /// What the C functions take.
  fileprivate func settings(_ shape: Shape, _ map: AffineMap) -> laminakernel_resampling {
    let beyond: laminakernel_fill_mode =
      switch fillMode {
      case .reflect: laminakernel_fill_reflect
      case .wrap: laminakernel_fill_wrap
      case .nearest: laminakernel_fill_nearest
      case .constant: laminakernel_fill_constant
      }
    return laminakernel_resampling(
      height: shape.dimensions[0], width: shape.dimensions[1], channels: shape.dimensions[2],
      map: (map.xx, map.xy, map.x0, map.yx, map.yy, map.y0), fill_mode: beyond,
      is_bilinear: interpolation == .bilinear ? 1 : 0, fill_value: fillValue)
  }
}
