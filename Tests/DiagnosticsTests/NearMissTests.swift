import Testing

@testable import Diagnostics

@Suite struct NearMissTests {
  /// Worked by hand: insertions, deletions, substitutions and swaps of neighbours.
  @Test(
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("share", "share", 0),
      // One of each.
      ("birth", "births", 1), ("births", "birth", 1), ("cat", "cut", 1), ("unti", "unit", 1),
      // k to s, e to i, and g at the end.
      ("kitten", "sitting", 3),
      // A swap may not be changed again: ca, a, ab, abc.
      ("ca", "abc", 3),
      // Two swaps apart from each other.
      ("abcd", "badc", 2), ("abc", "xyz", 3),
    ])
  func `counts the changes between two words`(_ a: String, _ b: String, _ distance: Int) {
    #expect(alignmentDistance(Array(a), Array(b)) == distance)
    #expect(alignmentDistance(Array(b), Array(a)) == distance)
  }

  @Test(
    arguments: [
      ("notes", ["note", "title"], "note"),
      ("housing.nw_cheltenam", ["housing.nw_cheltenham", "housing.mill_lane"], "housing.nw_cheltenham"),
      // Case does not count, and the candidate's own spelling comes back.
      ("BIRTHS", ["Births", "Places"], "Births"),
      // A spreadsheet drops noughts at the beginning of a code: 1 is 001, and not 2.
      ("1", ["001", "002", "2"], "001"), ("0016", ["15", "16", "0015"], "16"),
      // A third of the longer word is near: 1 of 3, 2 of 6.
      ("cat", ["cut"], "cut"), ("abcdef", ["abcdxy"], "abcdxy"),
      // The nearer one, though the other comes first in the alphabet: of is 2 away, on is 1.
      ("number_on_rol", ["number_of_roll", "number_on_roll"], "number_on_roll"),
    ])
  func `finds the word that was meant`(_ word: String, _ candidates: [String], _ wanted: String) {
    #expect(nearMiss(of: word, among: candidates) == wanted)
    #expect(nearMiss(of: word, among: candidates.reversed()) == wanted)
  }

  @Test func `asks for the word that was meant, or proposes something else`() {
    #expect(didYouMean("brith", among: ["birth", "places"], else: "take it out") == "did you mean 'birth'?")
    #expect(didYouMean("zebra", among: ["birth", "places"], else: "take it out") == "take it out")
  }

  @Test func `of equally near words the first in the alphabet`() {
    // b to c, or b to h.
    #expect(nearMiss(of: "bat", among: ["hat", "cat"]) == "cat")
    #expect(nearMiss(of: "bat", among: ["cat", "hat"]) == "cat")
  }

  @Test(
    arguments: [
      ("P9", ["P1", "P2"]),  // 1 of 2 letters
      ("abcdef", ["abcxyz"]),  // 3 of 6
      ("zebra", ["births", "places"]), ("anything", []), ("", ["a"]), ("0", ["00", "1"]), ("1", ["100"]),
    ])
  func `answers nothing when no word is near`(_ word: String, _ candidates: [String]) {
    #expect(nearMiss(of: word, among: candidates) == nil)
  }
}
