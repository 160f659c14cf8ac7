import Glibc
import Synchronization

/// Ctrl-C as a wish that a training looks at after each batch. The second Ctrl-C ends the process
/// as it always does.
enum Interrupt {
  private static let isWished = Atomic<Bool>(false)

  static var wasRequested: Bool { isWished.load(ordering: .relaxed) }

  static func watch() {
    // Swift makes globals when they are first used, which must not happen inside the handler.
    isWished.store(false, ordering: .relaxed)
    let previous = signal(SIGINT) { _ in
      Interrupt.isWished.store(true, ordering: .relaxed)
      signal(SIGINT, SIG_DFL)
    }
    // A shell lets its background jobs ignore Ctrl-C, and so shall it be.
    if unsafeBitCast(previous, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
      signal(SIGINT, SIG_IGN)
    }
  }
}
