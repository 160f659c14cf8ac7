import CLaminaKernels
import Testing

@testable import Lamina

/// Each kernel against plain Swift, on sizes around the widths of vectors.
@Suite struct ElementwiseTests {
  private let special: [Float] = [
    0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude,
    -.leastNonzeroMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
  ]

  @Test(arguments: oddSizes)
  func addsARowToEachRow(columns: Int) {
    var generator = SeededGenerator(seed: 1)
    for rows in [0, 1, 2, 7] {
      let values = matrix(rows, columns, from: &generator)
      let row = matrix(1, columns, from: &generator)
      let before = values.toArray()
      values.add(toEachRow: row)
      let expected = before.indices.map { before[$0] + row.elements[$0 % columns] }
      #expect(values.toArray() == expected)
      #expect(isFramed(values) && isFramed(row))
    }
  }

  @Test(arguments: oddSizes)
  func sumsColumns(columns: Int) {
    var generator = SeededGenerator(seed: 2)
    for rows in [0, 1, 3, 64, 129] {
      let values = matrix(rows, columns, from: &generator)
      let sums = matrix(1, columns) { _ in .nan }
      sums.assignColumnSums(of: values)
      let expected = (0..<columns).map { column in
        Float((0..<rows).reduce(0.0) { $0 + Double(values[$1, column]) })
      }
      expectClose(sums.toArray(), expected, absolute: 1e-5)
      #expect(isFramed(sums))
    }
  }

  @Test(arguments: oddSizes)
  func multipliesElementByElement(count: Int) {
    var generator = SeededGenerator(seed: 3)
    let a = matrix(1, count, from: &generator)
    let b = matrix(1, count, from: &generator)
    let product = matrix(1, count) { _ in .nan }
    product.assignElementwiseProduct(a, b)
    #expect(product.toArray() == zip(a.toArray(), b.toArray()).map { $0 * $1 })
    #expect(isFramed(product))
  }

  @Test(arguments: oddSizes)
  func reluCutsOffNegativeNumbers(count: Int) {
    var generator = SeededGenerator(seed: 4)
    let values = matrix(1, count, from: &generator)
    let expected = values.toArray().map { max($0, 0) }
    laminakernel_relu(values.elements, count)
    #expect(values.toArray() == expected)
    #expect(isFramed(values))
  }

  @Test(arguments: 0..<17)
  func reluKeepsInfinityAndNotANumber(shift: Int) {
    // Wherever they fall in a vector.
    let inputs = [Float](repeating: -1, count: shift) + special
    let values = matrix(inputs)
    laminakernel_relu(values.elements, values.count)
    for (output, input) in zip(values.toArray(), inputs) {
      if input.isNaN { #expect(output.isNaN) } else { #expect(output == max(input, 0)) }
    }
  }

  @Test(arguments: oddSizes)
  func reluGradientPassesWhereTheOutputIsPositive(count: Int) {
    var generator = SeededGenerator(seed: 5)
    let outputs = matrix(1, count) { $0 % 3 == 0 ? 0 : special[$0 % special.count] }
    let gradient = matrix(1, count, from: &generator)
    let before = gradient.toArray()
    laminakernel_relu_gradient(outputs.elements, gradient.elements, count)
    let expected = before.indices.map { outputs.elements[$0] <= 0 ? 0 : before[$0] }
    #expect(gradient.toArray() == expected)
    #expect(isFramed(gradient) && isFramed(outputs))
  }

  @Test(arguments: oddSizes)
  func adamEqualsItsFormula(count: Int) {
    var generator = SeededGenerator(seed: 6)
    let parameters = matrix(1, count, from: &generator)
    let gradients = matrix(1, count, from: &generator)
    let momentums = matrix(1, count, from: &generator)
    let velocities = matrix(1, count) { Float($0) / 10 }
    let before = (parameters.toArray(), momentums.toArray(), velocities.toArray())
    laminakernel_adam(
      parameters.elements, gradients.elements, momentums.elements, velocities.elements, count,
      0.01, 0.1, 0.001, 1e-7)
    var expected: (w: [Float], m: [Float], v: [Float]) = ([], [], [])
    for index in 0..<count {
      let g = Double(gradients.elements[index])
      let m = Double(before.1[index]) + (g - Double(before.1[index])) * 0.1
      let v = Double(before.2[index]) + (g * g - Double(before.2[index])) * 0.001
      expected.m.append(Float(m))
      expected.v.append(Float(v))
      expected.w.append(Float(Double(before.0[index]) - 0.01 * m / (v.squareRoot() + 1e-7)))
    }
    expectClose(momentums.toArray(), expected.m)
    expectClose(velocities.toArray(), expected.v)
    // The first velocity is near zero, where the root loses digits.
    expectClose(parameters.toArray(), expected.w, absolute: 1e-5)
    #expect([parameters, gradients, momentums, velocities].allSatisfy(isFramed))
  }

  @Test func fillsAllElements() {
    let values = matrix(3, 5)
    values.fill(2)
    #expect(values.toArray() == [Float](repeating: 2, count: 15))
    #expect(isFramed(values))
  }

  @Test func largestElementIsTheFirstOfEquals() {
    let values = matrix([[1, 3, 3], [-5, -7, -5], [0, 0, 0], [1, 2, 9]])
    #expect((0..<4).map { values.indexOfLargest(inRow: $0) } == [1, 0, 0, 2])
  }
}
