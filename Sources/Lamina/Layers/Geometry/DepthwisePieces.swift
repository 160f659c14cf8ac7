/// A batch of images cut into pieces that threads compute, and where in the
/// workspace each has its memory: its part of the gradients, and room for one
/// image. The cut follows from shapes alone, as that of `ConvolutionPieces`.
struct DepthwisePieces {
  let count: Int
  private let rowCount: Int
  private let kernelCount: Int
  private let biasCount: Int
  private let pieceCount: Int

  private static let mostPieces = 16
  /// How many numbers of workspace there are at most, where that leaves two pieces.
  private static let mostNumbers = 1 << 22

  /// - Parameters:
  ///   - imageCount: how many numbers of workspace an image takes.
  ///   - rows: of the batch.
  init(kernelCount: Int, biasCount: Int, imageCount: Int, rows: Int) {
    self.kernelCount = kernelCount
    self.biasCount = biasCount
    rowCount = rows
    // No two pieces write to the same line of the cache, of 16 numbers.
    pieceCount = (kernelCount + biasCount + imageCount + 15) / 16 * 16
    let affordable = max(2, DepthwisePieces.mostNumbers / max(1, pieceCount))
    count = min(max(1, rows), affordable, DepthwisePieces.mostPieces)
  }

  func rows(of piece: Int) -> Range<Int> {
    piece * rowCount / count..<(piece + 1) * rowCount / count
  }

  /// How many numbers of workspace there are for this many pieces.
  var workspaceCount: Int { count * pieceCount }

  /// A piece's part of the kernel's gradient, with so many columns.
  func kernelSums(of piece: Int, in workspace: MatrixView, columns: Int) -> MatrixView {
    workspace.matrix(at: piece * pieceCount, rows: kernelCount / columns, columns: columns)
  }

  /// A piece's part of the bias's gradient.
  func biasSums(of piece: Int, in workspace: MatrixView) -> MatrixView {
    workspace.matrix(at: piece * pieceCount + kernelCount, rows: 1, columns: biasCount)
  }

  /// A piece's room for an image.
  func scratch(of piece: Int, in workspace: MatrixView) -> MatrixView {
    let used = kernelCount + biasCount
    return workspace.matrix(at: piece * pieceCount + used, rows: 1, columns: pieceCount - used)
  }

  /// The pieces' memory, a row for each: first the kernel's gradient, then the bias's.
  func parts(in workspace: MatrixView) -> MatrixView {
    workspace.first(rows: count, columns: pieceCount)
  }
}
