import CSystem

/// The threads that share a computation. Work is cut into pieces by shapes
/// alone, and a piece gives the same numbers whichever thread computes it, so
/// results do not depend on how many threads there are.
public struct Workers: Sendable {
  /// How many threads compute at most, the calling one among them.
  public let threadCount: Int

  /// Everything on the calling thread.
  public static let single = Workers(threadCount: 1)

  /// - Parameter threadCount: 1 to `maximumThreadCount`; what lies outside is
  ///   taken as the nearest of them.
  public init(threadCount: Int) {
    self.threadCount = min(max(threadCount, 1), Workers.maximumThreadCount)
  }

  public static let maximumThreadCount = Int(LAMINASYSTEM_THREAD_LIMIT)

  /// As many threads as there are processors that this process may use.
  public static var all: Workers { Workers(threadCount: Int(laminasystem_processor_count())) }

  /// Calls `body` once for each piece, 0 ..< `pieceCount`, in no particular
  /// order, and returns when all are done. It allocates nothing. Whoever calls
  /// while the threads are at another computation does all pieces itself.
  ///
  /// - Parameters:
  ///   - body: computes a piece. It runs on several threads at once, and writes
  ///     only what belongs to its piece or to its worker.
  ///   - piece: which of the pieces.
  ///   - worker: 0 ..< `threadCount`: no two threads have the same at the same
  ///     time, so that each can have scratch memory of its own.
  package func perform(_ pieceCount: Int, _ body: (_ piece: Int, _ worker: Int) -> Void) {
    guard threadCount > 1, pieceCount > 1 else {
      for piece in 0..<pieceCount { body(piece, 0) }
      return
    }
    performPieces(pieceCount, threadCount, body)
  }
}

/// Written in C (CSystem/workers.c), where a Swift closure arrives as what it is:
/// a function and its context. As a C function pointer it would have to be kept
/// in memory that each call allocates.
@_silgen_name("laminasystem_perform_pieces")
private func performPieces(
  _ count: Int, _ threads: Int, _ body: (_ piece: Int, _ worker: Int) -> Void)
