import Testing

@testable import Lamina

@Suite struct AveragePooling2DTests {
  @Test func smallExampleIsExact() throws {
    let harness = try ImageLayerHarness(
      AveragePooling2D(poolSize: 2), [2, 5, 2], rows: 1, images: ImageLayerHarness.counting(20))
    #expect(harness.forward() == [7, 8, 11, 12])
    harness.backward([4, 8, 0, 4])
    #expect(
      harness.inputGradient == [1, 2, 1, 2, 0, 1, 0, 1, 0, 0, 1, 2, 1, 2, 0, 1, 0, 1, 0, 0])
    #expect(harness.isFramed)
  }

  @Test func borderDoesNotCount() throws {
    let layer = AveragePooling2D(poolSize: 3, strides: 2, padding: .same)
    let ones = [Float](repeating: 1, count: 16)
    let harness = try ImageLayerHarness(layer, [4, 4, 1], rows: 1, images: ones)
    #expect(harness.forward() == [1, 1, 1, 1])
    harness.backward([9, 6, 6, 4])
    #expect(harness.inputGradient == [1, 1, 2, 1, 1, 1, 2, 1, 2, 2, 4, 2, 1, 1, 2, 1])
  }

  @Test(arguments: [1, 3, 33], [Padding.valid, .same])
  func gradientsAreTheSlopes(channels: Int, padding: Padding) throws {
    for (size, strides) in [(2, nil), ([3, 2], [1, 2]), (3, 2), (2, 3)] as [(Size2D, Size2D?)] {
      let layer = AveragePooling2D(poolSize: size, strides: strides, padding: padding)
      let harness = try ImageLayerHarness(layer, [5, 6, channels])
      try harness.expectGradients("\(size), \(layer.strides)")
    }
  }

  @Test func impossibleLayersAreErrors() {
    expectError(.invalidArgument, "a pool of [5, 5] does not fit in an input of shape [4, 4, 2]") {
      _ = try AveragePooling2D(poolSize: 5).outputShape(for: [[4, 4, 2]])
    }
    expectError(.invalidArgument, "[height, width, channels], got [4, 4]") {
      _ = try AveragePooling2D(poolSize: 2).outputShape(for: [[4, 4]])
    }
  }

  @Test func configurationIsReadAsItIsWritten() throws {
    let layer = AveragePooling2D(poolSize: [2, 3], strides: [1, 2], padding: .same)
    let read = try AveragePooling2D(configuration: ImageLayerHarness.rewritten(layer))
    #expect(read.configuration == layer.configuration)
    #expect(read.poolSize == [2, 3] && read.strides == [1, 2] && read.padding == .same)
    expectError(.format, "pool_size") {
      _ = try AveragePooling2D(configuration: ImageLayerHarness.configuration("{}"))
    }
  }
}
