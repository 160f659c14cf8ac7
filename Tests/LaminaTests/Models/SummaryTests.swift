import Testing

@testable import Lamina

@Suite struct SummaryTests {
  @Test func tableOfTheQuickstartIsKerass() throws {
    let model = try Sequential {
      Flatten(inputShape: [28, 28])
      Dense(128, activation: .relu)
      Dropout(0.2)
      Dense(10)
    }
    #expect(model.summary() == (try KerasGoldens.text("summaries/quickstart.txt")))
  }

  @Test func tableOfMegabytesIsKerass() throws {
    let model = try Sequential(name: "deep") {
      Dense(1000, inputShape: [30], name: "first")
      Dense(1000)
      Dense(1)
    }
    #expect(model.summary() == (try KerasGoldens.text("summaries/deep.txt")))
  }

  @Test func longNamesKeepTheTablesWidth() throws {
    let model = try Sequential {
      Dense(3, inputShape: [2], name: String(repeating: "näme", count: 20))
    }
    let rows = model.summary().split(separator: "\n").dropFirst().dropLast(3)
    #expect(Set(rows.map { $0.count }) == [76])
  }

  @Test func modelsThatAreNotBuiltHaveASummary() throws {
    let summary = try Sequential(name: "later") { Dense(3) }.summary()
    #expect(summary.hasPrefix("Model: \"later\"\n"))
    #expect(summary.contains("Total params: 0 (0.00 B)"))
  }
}
