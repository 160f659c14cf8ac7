/// The losses and the metrics so far. The loss is the mean of the batches'
/// losses, weighed by their sizes, regularizers included.
///
/// Source: CompileLoss and CompileMetrics in keras/src/trainers/compile_utils.py
struct Scores {
  private struct Measure {
    let name: String
    let metric: any Metric
    let isWeighted: Bool
    var state: [Double]
  }

  private struct Part {
    let name: String
    var lossSum = 0.0
    var measures: [Measure] = []

    /// As Keras names metrics of the same name: beside "accuracy" a weighted one is
    /// "weighted_accuracy", and another one "accuracy_1".
    func unusedName(_ metric: String, prefix: String, isWeighted: Bool) -> String {
      var name = prefix + metric
      func isUsed(_ name: String) -> Bool { measures.contains { $0.name == name } }
      guard isUsed(name) else { return name }
      if isWeighted {
        name = prefix + "weighted_" + metric
        guard isUsed(name) else { return name }
      }
      var number = 1
      while isUsed("\(name)_\(number)") { number += 1 }
      return "\(name)_\(number)"
    }
  }

  private var parts: [Part] = []
  private let isNamed: Bool
  private var lossSum = 0.0
  private(set) var sampleCount = 0

  init(_ objective: BoundObjective, graph: Graph) {
    isNamed = objective.isNamed
    for output in objective.outputs {
      var part = Part(name: output.name)
      let prefix = isNamed ? output.name + "_" : ""
      let shape = graph.outputs[output.output].shape
      for (metrics, isWeighted) in [
        (output.training.metrics, false), (output.training.weightedMetrics, true),
      ] {
        for metric in metrics {
          let state = [Double](repeating: 0, count: metric.stateCount(outputShape: shape))
          let name = part.unusedName(metric.name, prefix: prefix, isWeighted: isWeighted)
          part.measures.append(
            Measure(name: name, metric: metric, isWeighted: isWeighted, state: state))
        }
      }
      parts.append(part)
    }
  }

  /// Takes in a batch, and writes the losses' gradients where they are asked for.
  ///
  /// - Parameters:
  ///   - predictions: the network's outputs.
  ///   - gradients: one for each output; empty where none is wanted.
  ///   - regularization: what the regularizers add to the loss.
  ///   - first: the batch's first row among the targets.
  /// - Returns: the batch's loss.
  mutating func add(
    predictions: [MatrixView], targets: TargetBatch, gradients: [MatrixView?] = [],
    regularization: Double, from first: Int = 0, rows: Int
  ) -> Double {
    var total = regularization
    for index in parts.indices {
      let output = targets.parts[index].output
      let gradient = gradients.isEmpty ? nil : gradients[output]
      let lossRows = targets.lossRows(
        of: index, from: first, rows: rows, predictions: predictions[output], gradient: gradient)
      let weights = targets.weights(from: first, rows: rows)
      let training = targets.parts[index].training
      if let loss = training.loss {
        let value = loss.evaluate(lossRows, weights: weights)
        if training.weight != 1 { gradient?.scale(by: Float(training.weight)) }
        parts[index].lossSum += value * Double(rows)
        total += value * training.weight
      }
      measure(index, lossRows, weights)
    }
    lossSum += total * Double(rows)
    sampleCount += rows
    return total
  }

  private mutating func measure(_ part: Int, _ rows: LossRows, _ weights: MatrixView?) {
    for index in parts[part].measures.indices {
      let metric = parts[part].measures[index].metric
      metric.update(
        &parts[part].measures[index].state,
        with: MetricRows(
          predictions: rows.predictions, targets: rows.targets,
          weights: parts[part].measures[index].isWeighted ? weights : nil))
    }
  }

  mutating func reset() {
    lossSum = 0
    sampleCount = 0
    for part in parts.indices {
      parts[part].lossSum = 0
      for measure in parts[part].measures.indices {
        for index in parts[part].measures[measure].state.indices {
          parts[part].measures[measure].state[index] = 0
        }
      }
    }
  }

  /// All sums, for a training that is broken off and goes on.
  var sums: [Double] {
    var sums = [lossSum, Double(sampleCount)]
    for part in parts {
      sums.append(part.lossSum)
      for measure in part.measures { sums += measure.state }
    }
    return sums
  }

  /// - Throws: `.format` where they are the sums of others.
  mutating func restore(_ sums: [Double]) throws(LaminaError) {
    let expected = self.sums.count
    guard sums.count == expected, let count = Int(exactly: sums[1]), count >= 0, count <= 1 << 53
    else {
      throw LaminaError(
        .format, "expected \(expected) sums of the loss and the metrics, got \(sums.count)")
    }
    lossSum = sums[0]
    sampleCount = count
    var rest = sums[2...]
    for part in parts.indices {
      parts[part].lossSum = rest.removeFirst()
      for measure in parts[part].measures.indices {
        for index in parts[part].measures[measure].state.indices {
          parts[part].measures[measure].state[index] = rest.removeFirst()
        }
      }
    }
  }

  /// "loss", each output's loss where there are several, then the metrics.
  var values: [NamedValue] {
    var values = [NamedValue(name: "loss", value: lossSum / Double(sampleCount))]
    if isNamed {
      for part in parts {
        values.append(
          NamedValue(name: part.name + "_loss", value: part.lossSum / Double(sampleCount)))
      }
    }
    for part in parts {
      for measure in part.measures {
        values.append(
          NamedValue(name: measure.name, value: measure.metric.result(of: measure.state)))
      }
    }
    return values
  }

  /// The names of the values.
  var names: [String] {
    ["loss"] + (isNamed ? parts.map { $0.name + "_loss" } : [])
      + parts.flatMap { $0.measures.map { $0.name } }
  }
}

extension Loss {
  /// The reduced loss of rows; where a gradient is asked for it becomes that of
  /// the reduced loss.
  func evaluate(_ rows: LossRows, weights: MatrixView?) -> Double {
    evaluate(rows)
    return reduction.reduce(rows, weights: weights)
  }
}
