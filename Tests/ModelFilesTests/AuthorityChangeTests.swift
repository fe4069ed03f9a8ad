import Diagnostics
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// Authorities that were made out of others.
@Suite struct AuthorityChangeTests {
  private func missing(_ kind: ImportKind, _ text: String, _ authority: String) throws -> String {
    let list = try faults { _ = try importText(kind, text) { $0.authority = authority } }
    #expect(list.diagnostics.map(\.code) == [.authorityNotFound])
    return try #require(list.diagnostics.first?.fix)
  }

  private let births = """
    area_code,area_name,year_to_30_june,births
    837,Bournemouth,2015,4100
    908,Cornwall,2015,5500

    """

  /// 908, Cornwall, is but a digit away from 928, and no more to do with it than any other.
  @Test func `an authority that became others is not taken for one whose code looks like its own`() throws {
    #expect(
      try missing(.births, births, "928")
        == "Northamptonshire became North (940) and West Northamptonshire (941) on 1 April 2021; the file has none of "
        + "928, 940, 941: give one that has, or one by district")
    let words = "the file has 837: import those, and part or join them yourself"
    #expect(try missing(.births, births, "839").hasSuffix(words))
    #expect(try missing(.births, births, "918") == "did you mean '908'?")
  }

  @Test func `rolls of the new authority are named where the old one is asked for`() throws {
    let rolls = """
      area_code,area_name,academic_year,year_group,number_on_roll
      940,North Northamptonshire,2021/22,R,4070
      941,West Northamptonshire,2021/22,R,4869

      """
    #expect(
      try missing(.census, rolls, "928")
        .hasSuffix("on 1 April 2021; the file has 940, 941: import those, and part or join them yourself"))
  }

  /// In a file that adds districts up, Bournemouth may have had the births of Bournemouth, Christchurch and Poole in every year.
  @Test func `births under a code that was changed are warned of, others not`() throws {
    func warned(_ authority: String) throws -> [DiagnosticCode] {
      try importText(.births, births) {
        $0.isForModel = true
        $0.authority = authority
      }.warnings.diagnostics.map(\.code)
    }
    #expect(try warned("837") == [.authorityCodesChanged])
    #expect(try warned("908") == [])
  }
}
