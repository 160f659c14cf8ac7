import Lamina
import LaminaPNG

/// What a network is measured with.
struct TestPictures {
  /// A picture file in which no digit is found: its class is known, and the network is not asked.
  struct Unanswered {
    let path: String
    let classIndex: Int
    let reason: String
  }

  /// The pictures that the network is asked about.
  var dataset: Dataset
  /// The files that they come from; empty where they come from a data set's own files.
  var paths: [String] = []
  var unanswered: [Unanswered] = []
  /// What is wrong with files that are no pictures; these count nowhere.
  var failures: [LaminaError] = []

  /// All pictures whose class is known.
  var count: Int { dataset.count + unanswered.count }

  /// The accuracy over all pictures, where the one over the data set is known.
  func accuracy(ofAnswered accuracy: Double) -> Double {
    count > 0 ? accuracy * Double(dataset.count) / Double(count) : 0
  }

  /// "10000 pictures of mnist"
  var description: String {
    let found = "\(count) pictures of \(printable(dataset.name))"
    return unanswered.isEmpty ? found : found + ", in \(unanswered.count) no digit was found"
  }
}
