import PlacePlanning
import TestSupport
import Testing

@testable import Papers

@Suite struct NumberWordsTests {
  @Test(
    arguments: [
      (0, "0"), (7, "7"), (999, "999"), (1_000, "1,000"), (51_195_000, "51,195,000"),
      (-1_234_567, "−1,234,567"),
    ])
  func `digits in groups of three`(_ value: Int, _ wanted: String) {
    #expect(grouped(value) == wanted)
  }

  @Test(
    arguments: [
      (51_195_000, "£51.195 million"), (33_320_000, "£33.32 million"), (2_445_000, "£2.445 million"),
      (430_000, "£430,000"), (15_000_000, "£15 million"), (999_999, "£999,999"), (1_000_000, "£1 million"),
      (1_000_001, "£1,000,001"), (-6_700_000, "−£6.7 million"), (0, "£0"), (1_234_000_000, "£1,234 million"),
    ])
  func `pounds as a sentence says them`(_ pounds: Int, _ wanted: String) {
    #expect(poundsInWords(pounds) == wanted)
  }

  /// The slip of the printed paper: pounds in thousands called millions. Whatever is said must be worth what was meant.
  @Test func `a sum is never a thousand times too large`() throws {
    var generator = SeededGenerator(seed: 1)
    for _ in 0..<2_000 {
      let pounds = Int.random(in: 0...99_999_999, using: &generator)
      let words = poundsInWords(pounds).dropFirst()
      let isMillions = words.hasSuffix(" million")
      let number = try #require(Double(words.replacing(" million", with: "").replacing(",", with: "")))
      #expect(abs((isMillions ? number * 1e6 : number) - Double(pounds)) < 0.5)
    }
    #expect(!poundsInWords(51_195_000).contains("51,195 million"))
  }

  @Test(
    arguments: [
      (6.25, 1, "6.3"), (-6.25, 1, "−6.3"), (0.04, 1, "0.0"), (-0.04, 1, "0.0"), (1203.5, 0, "1,204"),
      (2.5, 0, "3"), (1234.5678, 2, "1,234.57"), (99.96, 1, "100.0"),
    ])
  func `a fixed number of decimals`(_ value: Double, _ places: Int, _ wanted: String) {
    #expect(fixed(value, places: places) == wanted)
  }

  @Test(
    arguments: [
      (1203.4567891, "1203.456789"), (62.4, "62.4"), (0.006666667, "0.006667"), (60, "60"), (-0.0000001, "0"),
      (-2.5, "-2.5"), (1_000_000, "1000000"), (0.05, "0.05"),
    ])
  func `numbers as a data file stores them`(_ value: Double, _ wanted: String) {
    #expect(decimal(value, places: 6) == wanted)
  }

  @Test func `one, several and none`() {
    #expect(counted(0, "scheme") == "no schemes")
    #expect(counted(1, "scheme") == "1 scheme")
    #expect(counted(1_200, "place") == "1,200 places")
    #expect(listed([]) == "none")
    #expect(listed(["a"]) == "a")
    #expect(listed(["a", "b", "c"]) == "a, b and c")
    #expect(forms(FormsOfEntry(8)) == "8 FE")
    #expect(forms(FormsOfEntry(places: 195)) == "6.5 FE")
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"no\"", "\"say \"\"no\"\"\""),
      ("two\nlines", "\"two\nlines\""),
      ("=1+1", "'=1+1"), ("+44", "'+44"), ("-x", "'-x"), ("@home", "'@home"), ("=a,b", "\"'=a,b\""),
    ])
  func `text cells are quoted and never formulas`(_ text: String, _ wanted: String) {
    #expect(csvField(text, isNumber: false) == wanted)
  }

  @Test(arguments: ["=1+1", "+44", "-x", "@home", "'tis", "plain", ""])
  func `the mark of a formula comes off again`(_ text: String) {
    #expect(withoutFormulaMark(csvField(text, isNumber: false)) == text)
  }

  @Test func `a negative number is not a formula`() {
    #expect(csvField("-2.5", isNumber: true) == "-2.5")
  }

  @Test func `HTML is escaped`() {
    #expect(escaped("Bath & \"Wells\" <b>'s</b>") == "Bath &amp; &quot;Wells&quot; &lt;b&gt;&#39;s&lt;/b&gt;")
  }

  /// As many decimals as a whole number of 64 bits can carry.
  @Test(
    arguments: [
      (20_000_000_000, 9, "20000000000"), (123_456_789_012.5, 9, "123456789012.5"), (1.5, 9, "1.5"),
      (-20_000_000_000.25, 9, "-20000000000.25"), (9_999_999.123456, 6, "9999999.123456"),
    ])
  func `a large number with many decimals`(_ value: Double, _ places: Int, _ wanted: String) {
    #expect(decimal(value, places: places) == wanted)
  }
}
