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
    assert(a.rows == b.rows && rows == a.columns && columns == b.columns)
    MatrixProduct(result: self, a: a, b: b, transposed: .a).compute()
  }

  /// self = a transposed(b)
  func assignProduct(_ a: MatrixView, transposed b: MatrixView) {
    assert(a.columns == b.columns && rows == a.rows && columns == b.rows)
    MatrixProduct(result: self, a: a, b: b, transposed: .b).compute()
  }
}

/// A product, and what becomes of it.
struct MatrixProduct {
  enum Factor { case neither, a, b }

  var result: MatrixView
  var a: MatrixView
  var b: MatrixView
  var transposed = Factor.neither
  var bias: MatrixView?
  /// Whether negative results become 0.
  var clips = false

  /// The length of the axis that is summed over.
  var sharedSize: Int { transposed == .a ? a.rows : a.columns }

  func compute() {
    if result.rows == 1 && transposed == .neither { return computeRow() }
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
    product.a = UnsafePointer(a.elements)
    product.a_row = transposed == .a ? 1 : a.columns
    product.a_step = transposed == .a ? a.columns : 1
    product.b = UnsafePointer(b.elements)
    product.b_step = transposed == .b ? 1 : b.columns
    product.b_column = transposed == .b ? b.columns : 1
    product.c = result.elements
    product.bias = bias.map { UnsafePointer($0.elements) }
    product.clips = clips ? 1 : 0
    laminakernel_compute_product(&product)
  }
}
