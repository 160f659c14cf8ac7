/// A batch of images cut into pieces that threads compute, and where in the
/// workspace each has its memory: behind the kernel as the passes read it come,
/// for each piece, its part of the gradients and its scratch memory.
///
/// The cut follows from shapes alone, so that the parts of the gradients, and
/// the order in which they are added up, are the same with any number of threads.
struct ConvolutionPieces {
  let count: Int
  private let rowCount: Int
  private let convolution: ConvolutionShape
  private let scratchCount: Int

  private static let mostPieces = 16
  /// How many numbers of gradients there are at most, where that leaves two pieces; behind a
  /// pooling also of scratch memory.
  private static let mostSums = 1 << 22

  /// - Parameter pool: what is computed along with the convolution.
  init(_ convolution: ConvolutionShape, rows: Int, pooling pool: SlidingWindow? = nil) {
    self.convolution = convolution
    rowCount = rows
    if let pool {
      scratchCount = max(
        convolution.scratchCount(pooling: pool), convolution.gradientScratchCount(pooling: pool))
    } else {
      scratchCount = max(convolution.scratchCount, convolution.gradientScratchCount)
    }
    // Behind a pooling the scratch memory may hold all outputs of an image.
    let numbers = convolution.sumCount + (pool == nil ? 0 : scratchCount)
    let affordable = max(2, ConvolutionPieces.mostSums / max(1, numbers))
    count = min(max(1, rows), affordable, ConvolutionPieces.mostPieces)
  }

  func rows(of piece: Int) -> Range<Int> {
    piece * rowCount / count..<(piece + 1) * rowCount / count
  }

  /// How many numbers of workspace there are for this many pieces.
  var workspaceCount: Int { kernelCount + count * pieceCount }

  private var kernelCount: Int {
    wholeLines(max(convolution.packedCount, convolution.flippedCount))
  }
  private var sumCount: Int { convolution.sumCount + convolution.sumColumns }
  private var pieceCount: Int { wholeLines(sumCount + scratchCount) }

  /// No two pieces write to the same line of the cache, of 16 numbers.
  private func wholeLines(_ count: Int) -> Int { (count + 15) / 16 * 16 }

  func kernel(in workspace: MatrixView, count: Int) -> MatrixView {
    workspace.first(rows: 1, columns: count)
  }

  /// The pieces' memory, a row for each: what `assignKernelGradient` takes.
  func parts(in workspace: MatrixView) -> MatrixView {
    workspace.columns(kernelCount..<kernelCount + count * pieceCount).split(intoRows: count)
  }

  /// A piece's part of the kernel's gradient.
  func kernelSums(of piece: Int, in workspace: MatrixView) -> MatrixView {
    parts(in: workspace).row(piece).columns(0..<convolution.sumCount)
  }

  /// A piece's part of the bias's gradient.
  func biasSums(of piece: Int, in workspace: MatrixView) -> MatrixView {
    parts(in: workspace).row(piece)
      .columns(convolution.sumCount..<convolution.sumCount + convolution.filters)
  }

  func scratch(of piece: Int, in workspace: MatrixView) -> MatrixView {
    parts(in: workspace).row(piece).columns(sumCount..<pieceCount)
  }
}
