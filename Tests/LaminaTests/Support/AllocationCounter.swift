import Foundation
import Testing

/// Counts what a thread asks of the heap. A preloaded library does it, which
/// Tests/Fixtures/allocations holds the source of; so a test that counts runs
/// once more in a process of its own.
enum AllocationCounter {
  private typealias Count = @convention(c) () -> Int

  /// The library's function; nil where it is not loaded.
  private static let count: Count? = {
    guard let symbol = dlsym(nil, "lamina_test_allocation_count") else { return nil }
    return unsafeBitCast(symbol, to: Count.self)
  }()

  /// The allocations that this thread has made so far.
  static var current: Int { count?() ?? 0 }

  /// Runs `body` where allocations are counted: here, or in another process,
  /// which runs the test that matches `filter` and must pass.
  static func run(_ filter: String, _ body: () throws -> Void) throws {
    guard count == nil else { return try body() }
    let folder = try TemporaryFolder()
    let library = folder.path("count_allocations.so")
    let source = fixturesFolder.appending(path: "allocations/count_allocations.c").path
    let compiler = try outcome(["cc", "-O2", "-shared", "-fPIC", "-o", library, source])
    try #require(compiler.status == 0, "\(compiler.output)")
    let tests = try outcome(
      ["/proc/\(getpid())/exe", "--testing-library", "swift-testing", "--filter", filter],
      environment: ["LD_PRELOAD": library])
    #expect(tests.status == 0, "\(tests.output)")
    #expect(tests.output.contains("Test run with 1 test "), "\(tests.output)")
  }

  private static func outcome(
    _ command: [String], environment: [String: String] = [:]
  ) throws -> (status: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
