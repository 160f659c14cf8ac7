/// What the variables' sizes add to the loss, for those that are trained.
struct RegularizationTerms {
  private struct Term {
    let regularizer: any Regularizer
    let values: MatrixView
    let gradient: MatrixView?
  }

  private var terms: [Term] = []

  /// - Parameter gradient: where a variable's gradient lies; nil where none is
  ///   wanted.
  init(
    _ graph: Graph, values: (Graph.StoredVariable) -> MatrixView,
    gradient: (Graph.StoredVariable) -> MatrixView?
  ) {
    for place in graph.layers where place.layer.trainable {
      for variable in graph.variables[place.variables] where variable.isTrainable {
        guard let regularizer = variable.regularizer else { continue }
        terms.append(
          Term(
            regularizer: regularizer, values: values(variable), gradient: gradient(variable)))
      }
    }
  }

  var loss: Double { terms.reduce(0) { $0 + $1.regularizer.loss(of: $1.values) } }

  func addGradients() {
    for term in terms {
      if let gradient = term.gradient {
        term.regularizer.addGradient(of: term.values, to: gradient)
      }
    }
  }
}
