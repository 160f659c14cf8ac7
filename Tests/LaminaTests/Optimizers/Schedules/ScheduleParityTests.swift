import Testing

@testable import Lamina

@Suite(.kerasParity("schedules")) struct ScheduleParityTests {
  private static let names = ["CosineDecay", "ExponentialDecay", "PiecewiseConstantDecay"]

  @Test(arguments: names) func learningRatesAreKerass(name: String) throws {
    let goldens = try KerasFixture("schedules", name).cases
    #expect(goldens.count >= 3)
    for golden in goldens {
      let schedule = try LearningRateScheduleRegistry.make(try #require(golden.json["schedule"]))
      #expect(schedule.className == name)
      let steps = try #require(try golden.tensor("steps").integers)
      golden.expect("values", steps.map { schedule.learningRate(atStep: Int($0)) })
    }
  }

  @Test func everyFixtureIsTested() throws {
    #expect(try KerasFixture.classNames(of: "schedules") == Self.names)
  }
}
