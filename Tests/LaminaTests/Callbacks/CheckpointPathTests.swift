import Testing

@testable import Lamina

@Suite struct CheckpointPathTests {
  private func path(_ template: String, epoch: Int = 4, batch: Int? = 6) throws -> String {
    try CheckpointPath(template).path(
      epoch: epoch, batch: batch, values: [NamedValue(name: "val_loss", value: 0.375)])
  }

  @Test func placesAreFilled() throws {
    #expect(try path("model") == "model")
    #expect(try path("") == "")
    #expect(try path("{epoch}-{batch}") == "5-7")
    #expect(try path("a{epoch:02d}b{epoch:3d}c") == "a05b  5c")
    #expect(try path("{val_loss:.2f}/{val_loss}") == "0.38/0.375")
    #expect(try path("{{{epoch}}}") == "{5}")
    #expect(try path("ü{epoch:.1f}é") == "ü5.0é")
    #expect(try CheckpointPath("a{{b").constant == "a{b")
    #expect(try CheckpointPath("a{epoch}").constant == nil)
  }

  @Test func batchesHaveNoNameAfterAnEpoch() throws {
    expectError(.invalidArgument, "{batch}: there is no \"batch\"") {
      _ = try path("{batch}", batch: nil)
    }
  }

  @Test func unknownFormatsAreErrors() {
    for format in ["{epoch:", "{epoch:q}", "{a:.f}", "{a:.16f}", "{a:1000d}", "{a:2d3}", "{a:.2d}"]
    {
      expectError(.invalidArgument) { _ = try CheckpointPath(format) }
    }
  }
}
