import Diagnostics
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

/// The columns of spending that need not be there: read, left out, and refused where they contradict each other.
@Suite struct SpendingTests {
  private static let data = "Datasets/exampleton-spending/data.csv"
  private static let schema = "Datasets/exampleton-spending/data.schema.yaml"

  @Test func `every column is read into its own place`() throws {
    let copy = try ModelCopy()
    let lines = try #require(try copy.check().model.spending).lines
    let boiler = try #require(lines.first { $0.name == "Castle School boiler" })
    #expect(boiler.approvedBudget?.pounds == 100_000 && boiler.forecastOutturn?.pounds == 120_000)
    #expect(boiler.approvedTotal?.pounds == 100_000 && boiler.forecastTotal?.pounds == 130_000)
    #expect(boiler.scopeChange?.pounds == 10_000 && boiler.fundedBy == .schoolContribution)
    #expect(boiler.spendBy == nil)
    #expect(lines.map(\.spendBy) == [FinancialYear(2017), nil, nil])
    #expect(lines.map(\.fundedBy) == [.section106, .schoolContribution, .grant])
  }

  @Test func `a file without them reads as it did`() throws {
    let copy = try ModelCopy()
    try copy.write(
      Self.data, "line,revised_budget,spent_to_date,reason\nSchools capital,1000000,400000,Tender late\n".utf8
    )
    let columns = DatasetRole.spending.layout.filter { $0.presence == .mayBeAbsent }.map(\.name)
    let old = try copy.read(Self.schema).split(separator: "\n", omittingEmptySubsequences: false)
      .filter { line in !columns.contains { line.hasPrefix("  \($0):") } }
    try copy.write(Self.schema, old.joined(separator: "\n").utf8)
    let checked = try copy.check()
    #expect(checked.warnings.diagnostics.isEmpty)
    let line = try #require(checked.model.spending?.lines.first)
    #expect(line.revisedBudget.pounds == 1_000_000 && line.spentToDate.pounds == 400_000)
    #expect(line.forecastOutturn == nil && line.fundedBy == nil && line.spendBy == nil)
  }

  /// A text, what takes its place, the codes, and the line and column of the first.
  @Test(
    arguments: [
      ("150000,450000", "150000,149999", ["E230"], 2, "forecast_outturn"),
      ("120000,100000,130000", "120000,100000,119999", ["E230"], 3, "total_forecast"),
      ("100000,130000,10000", "100000,,", ["E112"], 3, "total_forecast"),
      ("100000,130000,10000", ",,10000", ["E112", "E112"], 3, "total_approved"),
      ("100000,50000,120000", "100000,50000,-1", ["E113"], 3, "forecast_outturn"),
      (",grant,", ",loan,", ["E115"], 4, "funded_by"),
      (",grant,,Begun", ",grant,2018,Begun", ["E115"], 4, "spend_by"),
      ("Begun in the spring", "", ["W305"], 4, "reason"),
      ("Asbestos found", "", ["W305"], 3, "reason"),
    ])
  func `contradictions are refused where they stand`(
    _ text: String, _ new: String, _ codes: [String], _ line: Int, _ column: String
  ) throws {
    let copy = try ModelCopy()
    try copy.replace(Self.data, text, with: new)
    let found = try copy.findings().diagnostics
    #expect(found.map(\.code.rawValue) == codes)
    let rows = try copy.read(Self.data).split(separator: "\n").map {
      $0.split(separator: ",", omittingEmptySubsequences: false)
    }
    let index = try #require(rows[0].firstIndex { $0 == column })
    #expect(found.first?.location.line == line)
    #expect(found.first?.location.column == rows[line - 1][..<index].reduce(1) { $0 + $1.count + 1 })
  }

  @Test func `a schema without a minimum lets no negative budget through`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      Self.schema, "forecast_outturn: { type: pounds, unit: GBP, minimum: 0,",
      with: "forecast_outturn: { type: pounds, unit: GBP,")
    try copy.replace(Self.data, "100000,50000,120000", with: "100000,50000,-1")
    let list = #expect(throws: DiagnosticList.self) { try copy.check() }
    #expect(Set(list?.diagnostics.map(\.code) ?? []) == [.outOfRange, .forecastBelowSpent])
  }

  private static let slippage = "Datasets/exampleton-slippage/data.csv"

  /// Data set, text, what takes its place, and the warnings.
  @Test(
    arguments: [
      ("spending", "120000,100000,130000", "120000,110000,130000", ["W338 3:49"]),
      ("spending", "450000,1200000,1200000", "450000,12000000,12000000", ["W338 2:53"]),
      // 450,000 are spent by the end of the year, and the programme has 1,200,000.
      ("spending", "450000,1200000,1200000", "450000,1650000,1650000", []),
      ("spending", "450000,1200000,1200000", "450000,1649999,1649999", ["W338 2:53"]),
      ("spending", "450000,1200000,1200000", "450000,2900000,2900000", []),
      // In the year the boiler has 100,000, and North up to 600,000: no more than 130,000 and 1,200,000 in all.
      ("spending", "250000,300000,200000", "250000,3000000,200000", ["W343 4:27"]),
      ("spending", "250000,300000,200000", "400001,300000,200000", ["W343 4:20"]),
      ("spending", "250000,300000,200000", "400000,300000,200000", []),
      // The roof is no scheme of the programme.
      ("spending", "350000,400000,400000", "350000,410000,410000", []),
      ("slippage", "Castle School boiler", "Nonexistent school hall", ["W339 2:1"]),
      ("slippage", "Castle School boiler", "South Primary roof", []),
      ("slippage", "Castle School boiler", "South Primary extra class", []),
    ] as [(String, String, String, [String])])
  func `spending, programme and late schemes name the same money`(
    _ data: String, _ text: String, _ new: String, _ wanted: [String]
  ) throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-\(data)/data.csv", text, with: new)
    #expect(codes(try copy.check().warnings) == wanted)
  }

  /// The boiler is approved at 100,000, North at 1,200,000.
  @Test(
    arguments: [
      ("castle  school boiler", "Castle School boiler"), ("Castle boiler", "Castle School boiler"),
      ("Castle School boilers", "Castle School boiler"), ("Castle School-boiler", "Castle School boiler"),
      ("Catsle School boiler", "Castle School boiler"), ("Castle School boiler 2", nil),
      ("Heating", nil),
    ] as [(String, String?)])
  func `a name that is nearly another is named beside it`(_ name: String, _ near: String?) throws {
    let copy = try ModelCopy()
    try copy.replace(Self.data, "Castle School boiler", with: name)
    let renamed = try copy.check().warnings.diagnostics.map(\.code)
    #expect(!renamed.contains(.approvedTotalDiffers))
    try copy.replace(Self.data, "120000,100000,130000", with: "120000,110000,130000")
    let warning = try copy.check().warnings.diagnostics.first { $0.code == .approvedTotalDiffers }
    #expect(
      warning?.what
        == near.map {
          "'\(name)' is approved at 110,000 in all in spending, and '\($0)' at 100,000 in the programme"
        })
    #expect(warning.map { $0.fix.hasPrefix("if they are one scheme") } ?? (near == nil))
  }

  /// What is in the programme and has its own line is not asked about again.
  @Test func `two lines do not stand for one scheme`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.data, "South Primary roof", with: "Castle School boilers")
    #expect(try copy.check().warnings.diagnostics.isEmpty)
  }

  @Test(
    arguments: [
      ("Castle boiler", "did you mean 'Castle School boiler'?"),
      ("CASTLE SCHOOL BOILER", "did you mean 'Castle School boiler'?"),
      (
        "Playing field",
        "give it the name that its money has; if it is part of a line, such as repairs, leave it"
      ),
    ])
  func `a late scheme is told its name`(_ name: String, _ fix: String) throws {
    let copy = try ModelCopy()
    try copy.replace(Self.slippage, "Castle School boiler", with: name)
    let found = try copy.check().warnings.diagnostics
    #expect(found.map(\.code) == [.lateSchemeUnknown] && found.map(\.fix) == [fix])
  }

  /// No line is a scheme letter for letter, and one is nearly so.
  @Test func `spending is by scheme where names are nearly those of schemes`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.slippage, "Castle School boiler", with: "Nonexistent school hall")
    try copy.replace(Self.data, "North Primary expansion", with: "Expansions")
    try copy.replace(Self.data, "Castle School boiler", with: "castle boiler")
    #expect(codes(try copy.check().warnings) == ["W339 2:1"])
  }

  @Test(
    arguments: [
      ("Health & Safety", "Health and safety"), ("St Mary's", "St Marys School"),
      ("Cleeve", "Cleeve School"), ("Mill\u{A0}Lane  primary", "Mill Lane Primary"),
      ("North Primary", nil), ("Phase 1", nil), ("Junior hall", nil),
    ] as [(String, String?)])
  func `names are alike`(_ name: String, _ like: String?) {
    let known = [
      "Health and safety", "St Marys School", "Cleeve School", "Mill Lane Primary", "South Primary",
      "Phase 2", "Senior hall",
    ]
    #expect(likeName(name, among: known) == like)
  }

  @Test func `a late scheme is not looked for where spending is not given by scheme`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.slippage, "Castle School boiler", with: "Nonexistent school hall")
    try copy.replace(Self.data, "North Primary expansion", with: "Expansions")
    #expect(codes(try copy.check().warnings) == ["W339 2:1"])
    try copy.replace(Self.data, "Castle School boiler", with: "Boilers")
    #expect(try copy.check().warnings.diagnostics.isEmpty)
  }

  @Test func `more spent than the year's budget wants a reason`() throws {
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/model.yaml", "months_elapsed: 6", with: "months_elapsed: 12")
    try copy.replace(
      Self.data, "300000,200000,350000,400000,400000,,grant,,Begun in the spring",
      with: "300000,300001,300001,400000,400000,,grant,,")
    let warnings = try copy.check().warnings.diagnostics
    #expect(warnings.map(\.code) == [.varianceWithoutReason])
    #expect(
      warnings.first?.what.contains("has spent 300,001, more than its budget of 300,000 for the year") == true
    )
  }
}
