/// Where a kernel or a pool lies on the images that it slides over. The window
/// at output (i, j) sees the inputs at rows `i * stride - before + k * dilation`,
/// k from 0 to `size` - 1, and the columns alike.
struct SlidingWindow {
  let rows: WindowAxis
  let columns: WindowAxis
  let channels: Int

  /// nil where a size is not positive, no window fits or a number is too large
  /// to compute with: what `checked` explains.
  init?(
    over input: Shape, size: Size2D, strides: Size2D, dilation: Size2D = 1, padding: Padding
  ) {
    guard input.rank == 3 else { return nil }
    self.init(
      height: input.dimensions[0], width: input.dimensions[1], channels: input.dimensions[2],
      size: size, strides: strides, dilation: dilation, padding: padding)
  }

  /// The same without a shape, which is an array: for passes, which allocate nothing.
  init?(
    height: Int, width: Int, channels: Int, size: Size2D, strides: Size2D, dilation: Size2D = 1,
    padding: Padding
  ) {
    guard
      let rows = WindowAxis(
        input: height, size: size.rows, stride: strides.rows, dilation: dilation.rows,
        padding: padding),
      let columns = WindowAxis(
        input: width, size: size.columns, stride: strides.columns, dilation: dilation.columns,
        padding: padding)
    else { return nil }
    self.rows = rows
    self.columns = columns
    self.channels = channels
  }

  /// - Parameter name: what slides, "kernel" or "pool", for the messages.
  /// - Throws: `.invalidArgument`
  static func checked(
    _ name: StaticString, over input: Shape, size: Size2D, strides: Size2D,
    dilation: Size2D = 1, padding: Padding
  ) throws(LaminaError) -> SlidingWindow {
    try input.checkIsImage()
    do throws(LaminaError) {
      try size.check("size")
    } catch {
      throw LaminaError(error.kind, "\(name) \(error.message)")
    }
    try strides.check("strides")
    try dilation.check("dilation")
    guard
      let window = SlidingWindow(
        over: input, size: size, strides: strides, dilation: dilation, padding: padding)
    else {
      let dilated = dilation == 1 ? "" : ", dilated by \(dilation),"
      throw LaminaError(
        .invalidArgument,
        "a \(name) of \(size)\(dilated) does not fit in an input of shape \(input)")
    }
    return window
  }

  func outputShape(channels: Int) -> Shape { [rows.output, columns.output, channels] }

  /// How many places the window has on an image.
  var positionCount: Int { rows.output * columns.output }
  /// How many numbers an image has.
  var imageCount: Int { rows.input * columns.input * channels }
  /// How many numbers the window sees at once.
  var patchCount: Int { rows.size * columns.size * channels }
  /// How many numbers of an image all places of the window see, at most.
  var seenCount: Double { rows.seenCount * columns.seenCount * Double(channels) }
}

/// One axis of a sliding window.
struct WindowAxis {
  let input: Int
  let size: Int
  let stride: Int
  let dilation: Int
  let output: Int
  /// How many places the first window begins before the input.
  let before: Int

  init?(input: Int, size: Int, stride: Int, dilation: Int, padding: Padding) {
    guard input > 0, size > 0, stride > 0, dilation > 0 else { return nil }
    let (reach, reachOverflow) = (size - 1).multipliedReportingOverflow(by: dilation)
    // The last window begins before the input's end, so that this much at most
    // is added to what it reaches.
    guard !reachOverflow, reach <= Int.max - 2 * WindowAxis.largestInput,
      input <= WindowAxis.largestInput
    else { return nil }
    let extent = reach + 1
    switch padding {
    case .valid:
      guard extent <= input else { return nil }
      output = (input - extent) / stride + 1
      before = 0
    case .same:
      output = (input - 1) / stride + 1
      before = max((output - 1) * stride + extent - input, 0) / 2
    }
    self.input = input
    self.size = size
    self.stride = stride
    self.dilation = dilation
  }

  /// How many inputs all places of the window see, at most: some see less at the border.
  var seenCount: Double { Double(output) * Double(min(size, input)) }

  /// More elements than a sample may have.
  private static let largestInput = 1 << 32

  /// The taps that see an input from some place of the window, and perhaps some
  /// between them that see none; one of the others where there are none such.
  var seeingTaps: Range<Int> {
    // From the window's last place on, and up to its first one.
    let missed = max(0, before - (output - 1) * stride)
    let first = missed / dilation + (missed % dilation > 0 ? 1 : 0)
    let last = (input - 1 + before) / dilation
    let start = min(first, size - 1)
    return start..<min(max(last, start), size - 1) + 1
  }
}

extension Shape {
  /// - Throws: `.invalidArgument` where samples of this shape are no images.
  func checkIsImage() throws(LaminaError) {
    guard rank == 3, dimensions.allSatisfy({ $0 > 0 }), checkedElementCount != nil else {
      throw LaminaError(
        .invalidArgument, "expected an input of shape [height, width, channels], got \(self)")
    }
  }
}
