import Testing

@testable import Lamina

@Suite struct GlobalPooling2DTests {
  private static let images: [Float] = [1, 8, 4, 8, 3, -2, -1, -2, -3, -2, -9, -2]

  @Test func maximumOfEachChannelIsTaken() throws {
    let harness = try ImageLayerHarness(GlobalMaxPooling2D(), [1, 3, 2], images: Self.images)
    #expect(harness.forward() == [4, 8, -1, -2])
    harness.backward([1, 2, 3, 6])
    // Equals share, as in Keras.
    #expect(harness.inputGradient == [0, 1, 1, 1, 0, 0, 3, 2, 0, 2, 0, 2])
    #expect(harness.isFramed)
  }

  @Test func meanOfEachChannelIsTaken() throws {
    let harness = try ImageLayerHarness(
      GlobalAveragePooling2D(), [2, 2, 2], rows: 1, images: ImageLayerHarness.counting(8))
    #expect(harness.forward() == [4, 5])
    harness.backward([4, 8])
    #expect(harness.inputGradient == [1, 2, 1, 2, 1, 2, 1, 2])
    #expect(harness.isFramed)
  }

  @Test func notANumberIsLargerThanAllAndGivesNoGradient() throws {
    let harness = try ImageLayerHarness(
      GlobalMaxPooling2D(), [1, 2, 2], rows: 1, images: [.nan, -.infinity, 9, -.infinity])
    let outputs = harness.forward()
    #expect(outputs[0].isNaN && outputs[1] == -.infinity)
    harness.backward([1, 1])
    let gradient = harness.inputGradient
    #expect(gradient[0].isNaN && gradient[1] == 0.5 && gradient[2].isNaN && gradient[3] == 0.5)
  }

  @Test(arguments: [1, 5, 64, 130], [true, false])
  func gradientsAreTheSlopes(channels: Int, keepsDimensions: Bool) throws {
    let largest = try ImageLayerHarness(
      GlobalMaxPooling2D(keepsDimensions: keepsDimensions), [3, 4, channels],
      images: ImageLayerHarness.distinct(2 * 3 * 4 * channels))
    try largest.expectGradients("maximum")
    let mean = try ImageLayerHarness(
      GlobalAveragePooling2D(keepsDimensions: keepsDimensions), [3, 4, channels])
    try mean.expectGradients("mean")
  }

  @Test func axesStayWhereWanted() throws {
    #expect(try GlobalMaxPooling2D().outputShape(for: [[3, 4, 5]]) == [5])
    #expect(try GlobalAveragePooling2D().outputShape(for: [[3, 4, 5]]) == [5])
    let layers: [any Layer] = [
      GlobalMaxPooling2D(keepsDimensions: true), GlobalAveragePooling2D(keepsDimensions: true),
    ]
    for layer in layers { #expect(try layer.outputShape(for: [[3, 4, 5]]) == [1, 1, 5]) }
  }

  @Test func inputMustBeImages() {
    for layer in [GlobalMaxPooling2D(), GlobalAveragePooling2D()] as [any Layer] {
      expectError(.invalidArgument, "[height, width, channels], got [12]") {
        _ = try layer.outputShape(for: [[12]])
      }
    }
  }

  @Test func configurationIsReadAsItIsWritten() throws {
    for keeps in [true, false] {
      let largest = GlobalMaxPooling2D(keepsDimensions: keeps)
      let mean = GlobalAveragePooling2D(keepsDimensions: keeps)
      #expect(
        try GlobalMaxPooling2D(configuration: ImageLayerHarness.rewritten(largest)).keepsDimensions
          == keeps)
      #expect(
        try GlobalAveragePooling2D(configuration: ImageLayerHarness.rewritten(mean)).keepsDimensions
          == keeps)
    }
    expectError(.unsupported, "channels_last") {
      _ = try GlobalMaxPooling2D(
        configuration: ImageLayerHarness.configuration("{\"data_format\": \"channels_first\"}"))
    }
  }
}
