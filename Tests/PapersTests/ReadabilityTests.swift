import Foundation
import Papers
import PlacePlanning
import Runs
import Testing

/// Plain words: measured, not felt.
@Suite struct ReadabilityTests {
  /// The Flesch-Kincaid grade of English prose: the years of school that it asks for. Reading age is about five more.
  ///
  /// **Source** Kincaid, Fishburne, Rogers and Chissom (1975).
  private func grade(_ texts: [String]) -> Double {
    let words = texts.flatMap(readWords)
    let syllables = words.reduce(0) { $0 + self.syllables($1) }
    let sentences = texts.reduce(0) { $0 + max(1, self.sentences($1)) }
    return 0.39 * Double(words.count) / Double(sentences) + 11.8 * Double(syllables) / Double(words.count)
      - 15.59
  }

  /// Figures and sums are read at a glance; they count as no words.
  private func readWords(_ text: String) -> [String] {
    text.split { !($0.isLetter || $0 == "'" || $0 == "’") }.map(String.init)
  }

  private func sentences(_ text: String) -> Int {
    text.matches(of: /[.!?:;](\s|$)/).count
  }

  /// Groups of vowels, less a silent e.
  private func syllables(_ word: String) -> Int {
    let letters = word.lowercased()
    let groups = letters.matches(of: /[aeiouy]+/).count
    let isSilent = letters.hasSuffix("e") && !letters.hasSuffix("le") && groups > 1
    return max(1, groups - (isSilent ? 1 : 0))
  }

  @Test func `the measure knows plain from heavy`() {
    #expect(grade(["The cat sat on the mat. It was warm."]) < 3)
    #expect(
      grade([
        "Notwithstanding considerable methodological heterogeneity, contemporaneous demographic extrapolation necessitates "
          + "comprehensive recalibration of institutional accommodation."
      ]) > 20)
  }

  /// Reading age 14 is about grade 9.
  @Test(arguments: [0, 1])
  func `the papers read at about age 14`(paper: Int) throws {
    for run in [try SharedRun.town.get(), try SharedRun.county.get()] {
      let grade = grade(
        prose(of: run.papers[paper]).filter { !run.input.model.identity.dataNotes.contains($0) })
      #expect(grade < 9.5, "\(run.papers[paper].name) of \(run.input.model.identity.key): grade \(grade)")
    }
  }

  /// Every term that the profession abbreviates is explained in the paper that uses it; forms of entry where they first stand.
  @Test func `abbreviations are explained`() throws {
    for paper in try SharedRun.county.get().papers {
      let texts = words(of: paper)
      let text = texts.joined(separator: "\n")
      let first = texts.first { $0.contains(" FE") || $0.contains("(FE") }
      #expect(first?.contains("A form of entry (FE) is") ?? false, "\(paper.name): \(first ?? "no FE")")
      for term in ["FE", "MRP", "CFR"] where text.contains(try Regex("\\b\(term)\\b")) {
        #expect(text.contains("(\(term))"), "\(term) is not explained in the \(paper.name)")
      }
      for term in ["PAN", "CVaR", "LP", "HiGHS", "stochastic", "trajectory", "NOR", "SCAP", "draws"] {
        #expect(!text.contains(try Regex("\\b\(term)\\b")), "\(term) stands in the \(paper.name)")
      }
    }
  }
}
