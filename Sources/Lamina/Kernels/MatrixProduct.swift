import CLaminaKernels

/// Matrix products. The same sizes always take the same way, and so have the same
/// bits.
extension MatrixView {
  /// self = a b + bias, or relu of that.
  ///
  /// - Parameters:
  ///   - bias: one row, added to each row of the product; nil for none.
  ///   - clipping: whether negative results become 0.
  func assignProduct(
    _ a: MatrixView, _ b: MatrixView, bias: MatrixView? = nil, clipping: Bool = false
  ) {
    assert(a.columns == b.rows && rows == a.rows && columns == b.columns)
    assert(bias.map { $0.count == columns } ?? true)
    MatrixProduct(result: self, a: a, b: b, bias: bias, clips: clipping).compute()
  }

  /// self = transposed(a) b
  func assignProduct(transposed a: MatrixView, _ b: MatrixView) {
    assignProduct(transposed: a, columns: 0..<a.columns, b)
  }

  /// self = some rows of transposed(a) b: those that come of the given columns of
  /// a, for threads that share a product.
  func assignProduct(transposed a: MatrixView, columns range: Range<Int>, _ b: MatrixView) {
    assert(a.rows == b.rows && rows == range.count && columns == b.columns)
    assert(range.lowerBound >= 0 && range.upperBound <= a.columns)
    MatrixProduct(
      result: self, a: a, b: b, transposed: .a, firstColumnOfA: range.lowerBound
    ).compute()
  }

  /// self = a transposed(b)
  func assignProduct(_ a: MatrixView, transposed b: MatrixView) {
    assert(a.columns == b.columns && rows == a.rows && columns == b.rows)
    MatrixProduct(result: self, a: a, b: b, transposed: .b).compute()
  }

  /// self += transposed(a) b
  func addProduct(transposed a: MatrixView, _ b: MatrixView) {
    addProduct(transposed: a, columns: 0..<a.columns, b)
  }

  /// self += some rows of transposed(a) b, as in `assignProduct`.
  func addProduct(transposed a: MatrixView, columns range: Range<Int>, _ b: MatrixView) {
    assert(a.rows == b.rows && rows == range.count && columns == b.columns)
    assert(range.lowerBound >= 0 && range.upperBound <= a.columns)
    MatrixProduct(
      result: self, a: a, b: b, transposed: .a, firstColumnOfA: range.lowerBound, adds: true
    ).compute()
  }
}

/// A product, and what becomes of it.
struct MatrixProduct {
  enum Factor { case neither, a, b }

  var result: MatrixView
  var a: MatrixView
  var b: MatrixView
  var transposed = Factor.neither
  /// Where the rows of a transposed `a` begin.
  var firstColumnOfA = 0
  var bias: MatrixView?
  /// Whether the result keeps what it has, and the product is added.
  var adds = false
  /// Whether negative results become 0.
  var clips = false

  /// The length of the axis that is summed over.
  var sharedSize: Int { transposed == .a ? a.rows : a.columns }

  func compute() {
    if result.rows == 1 && transposed == .neither && !adds { return computeRow() }
    #if LAMINA_OPENBLAS
      if isFasterByOpenBLAS { return computeByOpenBLAS() }
    #endif
    computeByTiles()
  }

  /// One row, which is one pass over the other factor.
  private func computeRow() {
    laminakernel_vector_product(
      a.elements, b.elements, bias?.elements, result.elements, b.rows, b.columns, clips ? 1 : 0)
  }

  /// By Lamina's own kernel, CLaminaKernels/product.c. It adds up in the order of
  /// the shared axis: some rows have the same bits as in the whole.
  func computeByTiles() {
    var product = laminakernel_product()
    product.rows = result.rows
    product.columns = result.columns
    product.shared = sharedSize
    product.a = UnsafePointer(a.elements + firstColumnOfA)
    product.a_row = transposed == .a ? 1 : a.columns
    product.a_step = transposed == .a ? a.columns : 1
    product.b = UnsafePointer(b.elements)
    product.b_step = transposed == .b ? 1 : b.columns
    product.b_column = transposed == .b ? b.columns : 1
    product.c = result.elements
    product.bias = bias.map { UnsafePointer($0.elements) }
    product.adds = adds ? 1 : 0
    product.clips = clips ? 1 : 0
    laminakernel_compute_product(&product)
  }
}
