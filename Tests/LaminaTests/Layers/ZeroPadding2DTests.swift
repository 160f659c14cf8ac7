import Testing

@testable import Lamina

@Suite struct ZeroPadding2DTests {
  @Test func imagesGetABorderOfZeros() throws {
    let layer = ZeroPadding2D(padding: Border2D(bottom: 1, left: 2))
    let harness = try ImageLayerHarness(layer, [2, 1, 2], images: ImageLayerHarness.counting(8))
    #expect(harness.pass.outputShape == [3, 3, 2])
    #expect(
      harness.forward() == [
        0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 3, 4, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 5, 6, 0, 0, 0, 0, 7, 8, 0, 0, 0, 0, 0, 0,
      ])
    harness.backward(ImageLayerHarness.counting(36))
    #expect(harness.inputGradient == [5, 6, 11, 12, 23, 24, 29, 30])
    #expect(harness.isFramed)
  }

  @Test func sizeStandsForBothSides() throws {
    #expect(try ZeroPadding2D().outputShape(for: [[4, 5, 6]]) == [6, 7, 6])
    #expect(try ZeroPadding2D(padding: [1, 3]).outputShape(for: [[4, 5, 6]]) == [6, 11, 6])
    #expect(try ZeroPadding2D(padding: 0).outputShape(for: [[4, 5, 6]]) == [4, 5, 6])
  }

  @Test func gradientsAreTheSlopes() throws {
    let layer = ZeroPadding2D(padding: Border2D(top: 1, bottom: 2, left: 0, right: 3))
    try ImageLayerHarness(layer, [3, 4, 5]).expectGradients("padding")
  }

  @Test func impossibleBordersAreErrors() {
    func expectRefused(_ layer: ZeroPadding2D, _ message: String, on shape: Shape = [4, 4, 2]) {
      expectError(.invalidArgument, message) { _ = try layer.outputShape(for: [shape]) }
    }
    expectRefused(ZeroPadding2D(padding: -1), "padding must be at least 0, got [-1, -1]")
    expectRefused(ZeroPadding2D(padding: [1, 2, 3]), "got 3 numbers")
    expectRefused(ZeroPadding2D(padding: Border2D(top: -1)), "padding must be at least 0")
    expectRefused(ZeroPadding2D(padding: Border2D(top: .max, bottom: 1)), "too large")
    expectRefused(ZeroPadding2D(), "[height, width, channels], got [4, 4]", on: [4, 4])
  }

  @Test func configurationIsReadAsItIsWritten() throws {
    let border = Border2D(top: 1, bottom: 2, left: 3, right: 4)
    let read = try ZeroPadding2D(
      configuration: ImageLayerHarness.rewritten(ZeroPadding2D(padding: border)))
    #expect(read.padding == border)
  }

  @Test(arguments: [
    ("{}", Border2D(top: 1, bottom: 1, left: 1, right: 1)),
    ("{\"padding\": 2}", Border2D(top: 2, bottom: 2, left: 2, right: 2)),
    ("{\"padding\": [1, 2]}", Border2D(top: 1, bottom: 1, left: 2, right: 2)),
    ("{\"padding\": [[1, 2], 3]}", Border2D(top: 1, bottom: 2, left: 3, right: 3)),
  ])
  func formsOfKerasAreRead(text: String, border: Border2D) throws {
    #expect(
      try ZeroPadding2D(configuration: ImageLayerHarness.configuration(text)).padding == border)
  }

  @Test(arguments: ["[1]", "\"1\"", "[1, 2, 3]", "[[1], [2]]", "1.5", "{}"])
  func otherFormsAreErrors(padding: String) {
    expectError(.format, "padding") {
      _ = try ZeroPadding2D(
        configuration: ImageLayerHarness.configuration("{\"padding\": \(padding)}"))
    }
  }
}
