import Testing

@testable import Lamina

@Suite struct Conv2DConfigurationTests {
  @Test func configurationIsReadAsItIsWritten() throws {
    let layer = Conv2D(
      7, kernelSize: [3, 2], strides: [2, 1], padding: .same, activation: .relu, useBias: false,
      kernelInitializer: .heNormal, biasInitializer: .ones, kernelRegularizer: .l2(0.25))
    let read = try Conv2D(configuration: ImageLayerHarness.rewritten(layer))
    #expect(read.configuration == layer.configuration)
    #expect(read.kernelSize == [3, 2] && read.strides == [2, 1] && read.padding == .same)
    #expect(read.kernelInitializer.className == "HeNormal" && !read.useBias)
    #expect((read.kernelRegularizer as? L2)?.factor == 0.25)
    let dilated = Conv2D(1, kernelSize: 3, dilation: [1, 4])
    #expect(try Conv2D(configuration: ImageLayerHarness.rewritten(dilated)).dilation == [1, 4])
  }

  @Test func configurationOfKerasIsRead() throws {
    let layer = try Conv2D(
      configuration: ImageLayerHarness.configuration(
        """
        {"name": "conv2d", "trainable": true, "filters": 3, "kernel_size": [2, 4],
        "strides": 1, "padding": "same", "data_format": "channels_last",
        "dilation_rate": [1, 2], "groups": 1, "activation": "tanh", "use_bias": true,
        "kernel_initializer": {"module": "keras.initializers", "class_name": "GlorotUniform",
        "config": {"seed": null}, "registered_name": null}, "kernel_regularizer": null}
        """))
    #expect(layer.name == "conv2d" && layer.filters == 3 && layer.kernelSize == [2, 4])
    #expect(layer.strides == 1 && layer.dilation == [1, 2] && layer.padding == .same)
    #expect(layer.activation == .tanh && layer.useBias)
  }

  @Test(arguments: [
    ("\"data_format\": \"channels_first\"", "channels_last"), ("\"groups\": 2", "known: 1"),
    ("\"padding\": \"causal\"", "known: valid, same"),
    ("\"activity_regularizer\": {\"class_name\": \"L2\"}", "known: null"),
    ("\"kernel_constraint\": {\"class_name\": \"MaxNorm\"}", "known: null"),
  ])
  func whatLaminaLacksIsRefused(setting: String, known: String) {
    expectError(.unsupported, known) {
      _ = try Conv2D(
        configuration: ImageLayerHarness.configuration(
          "{\"filters\": 3, \"kernel_size\": 3, \(setting)}"))
    }
  }

  @Test func sizesOfAWrongKindAreErrors() {
    for size in ["[1, 2, 3]", "\"3\"", "[1.5, 2]", "null"] {
      expectError(.format, "kernel_size") {
        _ = try Conv2D(
          configuration: ImageLayerHarness.configuration(
            "{\"filters\": 3, \"kernel_size\": \(size)}"))
      }
    }
  }
}
