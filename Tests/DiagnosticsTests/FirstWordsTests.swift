import Diagnostics
import Testing

@Suite struct FirstWordsTests {
  private let ten = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"]

  @Test func `words beyond the first five are told by a sign`() {
    #expect(firstFive(Array(ten.prefix(5))) == "a, b, c, d, e")
    #expect(firstFive(ten, separator: "; ") == "a; b; c; d; e …")
  }

  @Test func `words beyond the first eight are counted`() {
    #expect(firstEight([]).isEmpty)
    #expect(firstEight(Array(ten.prefix(8))) == "a, b, c, d, e, f, g, h")
    #expect(firstEight(ten) == "a, b, c, d, e, f, g, h and 2 more")
  }
}
