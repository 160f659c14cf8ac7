import Testing

@testable import Lamina

@Suite struct MaxPooling2DTests {
  @Test func smallExampleIsExact() throws {
    let harness = try ImageLayerHarness(
      MaxPooling2D(), [2, 4, 2], rows: 1,
      images: [1, -1, 5, -2, 3, -3, 4, -4, 7, -5, 2, -6, 0, -7, 1, -8])
    #expect(harness.forward() == [7, -1, 4, -3])
    harness.backward([1, 2, 3, 4])
    #expect(harness.inputGradient == [0, 2, 0, 0, 0, 4, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    #expect(harness.isFramed)
  }

  @Test func borderIsNothing() throws {
    let layer = MaxPooling2D(poolSize: 3, strides: 2, padding: .same)
    let harness = try ImageLayerHarness(
      layer, [4, 3, 1], rows: 1, images: ImageLayerHarness.counting(12).map { -$0 })
    // No row before the first, one column before and after.
    #expect(harness.pass.outputShape == [2, 2, 1])
    #expect(harness.forward() == [-1, -2, -7, -8])
    harness.backward([1, 1, 1, 1])
    #expect(harness.inputGradient == [1, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0])
  }

  @Test func rowsAndColumnsAtTheEndThatNoWindowSeesGetNothing() throws {
    let harness = try ImageLayerHarness(
      MaxPooling2D(), [3, 3, 1], rows: 1, images: ImageLayerHarness.counting(9))
    #expect(harness.forward() == [5])
    harness.backward([2])
    #expect(harness.inputGradient == [0, 0, 0, 0, 2, 0, 0, 0, 0])
  }

  /// As Keras's does on its JAX backend.
  @Test func firstOfEqualsGetsTheGradient() throws {
    let ones = [Float](repeating: 1, count: 16)
    let apart = try ImageLayerHarness(MaxPooling2D(), [4, 4, 1], rows: 1, images: ones)
    apart.forward()
    apart.backward([1, 2, 3, 4])
    #expect(apart.inputGradient == [1, 0, 2, 0, 0, 0, 0, 0, 3, 0, 4, 0, 0, 0, 0, 0])
    let overlapping = try ImageLayerHarness(
      MaxPooling2D(poolSize: 2, strides: 1), [4, 4, 1], rows: 1, images: ones)
    overlapping.forward()
    overlapping.backward(ImageLayerHarness.counting(9))
    #expect(overlapping.inputGradient == [1, 2, 3, 0, 4, 5, 6, 0, 7, 8, 9, 0, 0, 0, 0, 0])
  }

  @Test func notANumberIsLargerThanAll() throws {
    let harness = try ImageLayerHarness(
      MaxPooling2D(), [2, 4, 1], rows: 1,
      images: [1, .nan, -.infinity, -.infinity, .nan, 5, -.infinity, -.infinity])
    let outputs = harness.forward()
    #expect(outputs[0].isNaN && outputs[1] == -.infinity)
    harness.backward([1, 2])
    #expect(harness.inputGradient == [0, 1, 2, 0, 0, 0, 0, 0])
  }

  @Test(arguments: [1, 3, 8, 33], [Padding.valid, .same])
  func gradientsAreTheSlopes(channels: Int, padding: Padding) throws {
    for (size, strides) in [(2, nil), ([3, 2], [1, 2]), (3, 2), (2, 3)] as [(Size2D, Size2D?)] {
      let layer = MaxPooling2D(poolSize: size, strides: strides, padding: padding)
      let images = ImageLayerHarness.distinct(2 * 5 * 6 * channels)
      let harness = try ImageLayerHarness(layer, [5, 6, channels], images: images)
      try harness.expectGradients("\(size), \(layer.strides)")
    }
  }

  @Test func stridesAreThePoolsSizeUnlessGiven() throws {
    #expect(try MaxPooling2D(poolSize: [2, 3]).outputShape(for: [[4, 9, 5]]) == [2, 3, 5])
    #expect(try MaxPooling2D(strides: 1).outputShape(for: [[4, 9, 5]]) == [3, 8, 5])
    #expect(try MaxPooling2D(padding: .same).outputShape(for: [[5, 9, 5]]) == [3, 5, 5])
    let huge = MaxPooling2D(poolSize: Size2D(rows: 1 << 40, columns: 1), padding: .same)
    let harness = try ImageLayerHarness(huge, [3, 1, 1], rows: 1, images: [1, 3, 2])
    #expect(harness.forward() == [3])
  }

  @Test func impossibleLayersAreErrors() {
    func expectRefused(_ layer: MaxPooling2D, _ message: String, on shape: Shape = [4, 4, 2]) {
      expectError(.invalidArgument, message) { _ = try layer.outputShape(for: [shape]) }
    }
    expectRefused(MaxPooling2D(poolSize: 0), "pool size must be at least 1, got [0, 0]")
    expectRefused(MaxPooling2D(strides: [2, -1]), "strides must be at least 1, got [2, -1]")
    expectRefused(
      MaxPooling2D(poolSize: 5), "a pool of [5, 5] does not fit in an input of shape [4, 4, 2]")
    expectRefused(
      MaxPooling2D(), "expected an input of shape [height, width, channels], got [784]", on: [784])
    expectRefused(MaxPooling2D(poolSize: Size2D(rows: .max, columns: 1), padding: .same), "fit")
  }

  @Test func configurationIsReadAsItIsWritten() throws {
    let layer = MaxPooling2D(poolSize: [2, 3], strides: [1, 2], padding: .same)
    let read = try MaxPooling2D(configuration: ImageLayerHarness.rewritten(layer))
    #expect(read.configuration == layer.configuration)
    #expect(read.poolSize == [2, 3] && read.strides == [1, 2] && read.padding == .same)
    let short = try MaxPooling2D(
      configuration: ImageLayerHarness.configuration("{\"pool_size\": 3, \"strides\": null}"))
    #expect(short.poolSize == 3 && short.strides == 3 && short.padding == .valid)
    expectError(.unsupported, "data_format", "channels_last") {
      _ = try MaxPooling2D(
        configuration: ImageLayerHarness.configuration("{\"data_format\": \"channels_first\"}"))
    }
  }

  @Test func gradientsAreWrittenWhateverWasThere() throws {
    for (size, strides) in [(2, nil), (3, 2), (2, 3)] as [(Size2D, Size2D?)] {
      let harness = try ImageLayerHarness(
        MaxPooling2D(poolSize: size, strides: strides), [5, 5, 3],
        images: ImageLayerHarness.distinct(2 * 5 * 5 * 3))
      harness.forward()
      let ones = [Float](repeating: 1, count: harness.pass.output.count)
      harness.backward(ones)
      let first = harness.inputGradient
      harness.pass.inputGradient?.fill(.nan)
      harness.backward(ones)
      #expect(harness.inputGradient == first)
      #expect(first.reduce(0, +) == Float(ones.count))
    }
  }
}
