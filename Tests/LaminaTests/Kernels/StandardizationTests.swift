import Testing

@testable import Lamina

/// Each kernel against plain Swift in double, on sizes around the widths of
/// vectors and of the blocks that columns are taken in.
@Suite struct StandardizationTests {
  private let sizes = [1, 2, 3, 5, 15, 16, 17, 31, 32, 33, 63, 65, 100]

  @Test(arguments: [1, 2, 3, 7, 33])
  func momentsOfColumns(rows: Int) {
    var generator = SeededGenerator(seed: 1)
    for columns in sizes {
      let values = generator.normals(rows * columns)
      let input = matrix(rows, columns) { values[$0] + 100 * Float($0 % columns) }
      let means = matrix(1, columns) { _ in .nan }
      let variances = matrix(1, columns) { _ in .nan }
      input.columnMoments(
        means: means, variances: variances, workers: Workers(threadCount: 2))
      for column in 0..<columns {
        let column = (column, (0..<rows).map { Double(input[$0, column]) })
        let mean = column.1.reduce(0, +) / Double(rows)
        let variance = column.1.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(rows)
        expectClose(Double(means[0, column.0]), mean, "\(columns) columns")
        expectClose(Double(variances[0, column.0]), variance, "\(columns) columns")
      }
      #expect(isFramed(means) && isFramed(variances))
    }
  }

  @Test(arguments: [1, 2, 3, 7, 33])
  func columnsAreNormalized(rows: Int) {
    var generator = SeededGenerator(seed: 2)
    for columns in sizes {
      let input = matrix(rows, columns, from: &generator)
      let means = matrix(1, columns, from: &generator)
      let scales = matrix(1, columns, from: &generator)
      let shifts = matrix(1, columns, from: &generator)
      let output = matrix(rows, columns) { _ in .nan }
      output.assignNormalized(input, means: means, scales: scales, shifts: shifts)
      let expected = (0..<rows * columns).map { index in
        let column = index % columns
        return (input.toArray()[index] - means[0, column]) * scales[0, column] + shifts[0, column]
      }
      expectClose(output.toArray(), expected, "\(columns) columns")
      #expect(isFramed(output))
    }
  }

  @Test(arguments: [1, 2, 3, 7, 33])
  func sumsAndGradientsOfColumns(rows: Int) {
    var generator = SeededGenerator(seed: 3)
    for columns in sizes {
      let input = matrix(rows, columns, from: &generator)
      let gradient = matrix(rows, columns, from: &generator)
      let rowsOfColumns = (0..<6).map { _ in matrix(1, columns, from: &generator) }
      let (means, sums, products) = (rowsOfColumns[0], rowsOfColumns[1], rowsOfColumns[2])
      gradient.columnSums(
        inputs: input, means: means, sums: sums, products: products,
        workers: Workers(threadCount: 2))
      for column in 0..<columns {
        let mean = Double(means[0, column])
        let sum = (0..<rows).reduce(0) { $0 + Double(gradient[$1, column]) }
        let product = (0..<rows).reduce(0) {
          $0 + Double(gradient[$1, column]) * (Double(input[$1, column]) - mean)
        }
        expectClose(Double(sums[0, column]), sum, "\(columns) columns")
        expectClose(Double(products[0, column]), product, "\(columns) columns")
      }
      let (scales, centres, slopes) = (rowsOfColumns[3], rowsOfColumns[4], rowsOfColumns[5])
      let result = matrix(rows, columns) { _ in .nan }
      result.assignNormalizationGradient(
        gradient, inputs: input, means: means, scales: scales, gradientMeans: centres,
        slopes: slopes, workers: Workers(threadCount: 2))
      for row in 0..<rows {
        for column in 0..<columns {
          let distance = Double(input[row, column] - means[0, column])
          let expected =
            Double(scales[0, column])
            * (Double(gradient[row, column] - centres[0, column])
              - distance * Double(slopes[0, column]))
          expectClose(Double(result[row, column]), expected, absolute: 1e-5, "\(columns) columns")
        }
      }
      #expect(isFramed(result) && isFramed(sums) && isFramed(products))
    }
  }
}
