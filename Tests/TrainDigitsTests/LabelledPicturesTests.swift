import Testing

@testable import train_digits

@Suite struct LabelledPicturesTests {
  private var ten: LabelledPictures {
    var pictures = LabelledPictures()
    for label in 0..<10 {
      pictures.append([UInt8](repeating: UInt8(label), count: 784)[...], label: Int32(label))
    }
    return pictures
  }

  @Test func picturesStayWithTheirLabels() throws {
    let dataset = try ten.dataset("ten")
    #expect(dataset.count == 10 && dataset.labels == Array(0..<10))
    #expect(ten[7].allSatisfy { $0 == 7 })
    #expect(LabelledPictures(dataset).labels == ten.labels)
  }

  @Test func thinnedTakesThemEvenly() {
    let thinned = ten.thinned(to: 5)
    #expect(thinned.labels == [0, 2, 4, 6, 8])
    #expect(thinned[1].allSatisfy { $0 == 2 })
    #expect(ten.thinned(to: 11).labels == ten.labels)
  }
}
