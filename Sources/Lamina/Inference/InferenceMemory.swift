/// What a session owns: weights, and memory for each thread.
final class InferenceMemory {
  let weights: InferenceWeights
  let workers: [InferenceWorker]
  private let storage: FloatStorage
  private let reservation: ProductReservation

  /// - Throws: `.outOfMemory`
  convenience init(
    _ plan: InferencePlan, _ weights: InferenceWeights, workerCount: Int
  ) throws(LaminaError) {
    let counts = InferenceWorker.counts(for: plan)
    let storage = try FloatStorage(rows: workerCount, columns: counts, for: "scratch")
    let size = counts.reduce(0, +)
    self.init(
      weights: weights,
      workers: (0..<workerCount).map { worker in
        InferenceWorker(
          plan, weights, memory: storage.matrix(at: worker * size, rows: 1, columns: size))
      },
      storage: storage, reservation: try ProductReservation(threadCount: workerCount))
  }

  private init(
    weights: InferenceWeights, workers: [InferenceWorker], storage: FloatStorage,
    reservation: ProductReservation
  ) {
    self.weights = weights
    self.workers = workers
    self.storage = storage
    self.reservation = reservation
  }
}
