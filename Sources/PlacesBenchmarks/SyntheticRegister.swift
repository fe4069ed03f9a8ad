import Foundation

/// An extract of all establishments, invented, as large as the published one: 50,000 rows of 131 columns, in Windows-1252.
struct SyntheticRegister {
  static let authority = "916"
  /// Rows whose authority is that one and whose status is open.
  private(set) var open = 0
  private(set) var bytes = 0
  let rows: Int

  private static let named = [
    "URN", "LA (code)", "LA (name)", "EstablishmentNumber", "EstablishmentName", "TypeOfEstablishment (code)",
    "TypeOfEstablishment (name)", "EstablishmentTypeGroup (code)", "EstablishmentTypeGroup (name)",
    "EstablishmentStatus (code)", "EstablishmentStatus (name)", "ReasonEstablishmentOpened (code)",
    "ReasonEstablishmentOpened (name)", "OpenDate", "ReasonEstablishmentClosed (code)",
    "ReasonEstablishmentClosed (name)", "CloseDate", "PhaseOfEducation (code)", "PhaseOfEducation (name)",
    "StatutoryLowAge", "StatutoryHighAge", "SchoolCapacity", "CensusDate", "NumberOfPupils", "Easting",
    "Northing",
  ]
  private static let columns = named + (named.count..<131).map { "Field\($0) (name)" }

  /// Writes the file; the same bytes every time.
  init(rows: Int, to url: URL) throws {
    self.rows = rows
    try Data().write(to: url)
    let handle = try FileHandle(forWritingTo: url)
    var block = Data()
    func add(_ cells: [String]) {
      let line = cells.map { $0.contains(",") ? "\"\($0)\"" : $0 }.joined(separator: ",") + "\r\n"
      // Latin letters and the pound sign are the same byte in Windows-1252.
      block += Data(line.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
    }
    add(Self.columns)
    var state: UInt64 = 20_261_123
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    for row in 0..<rows {
      let isOpen = random(2) == 0
      let code = "\(201 + random(740))"
      if isOpen, code == Self.authority { open += 1 }
      var cells = [
        "\(100_000 + row)", code, "Authority \(code)", "\(1000 + random(8000))",
        "Invented School, Site \(row) Caf\u{E9}", "01",
        "Community school", "4", "Local authority maintained schools", isOpen ? "1" : "2",
        isOpen ? "Open" : "Closed", "00",
        "Not applicable", "01-09-\(1950 + random(70))", "00", "Not applicable", isOpen ? "" : "31-08-2019",
        "2", "Primary", "4",
        "11", "\(100 + random(900))", "18-01-2018", "\(80 + random(900))", "\(100_000 + random(500_000))",
        "\(10_000 + random(600_000))",
      ]
      for column in cells.count..<Self.columns.count {
        cells.append(column % 3 == 0 ? "" : "Value \(random(1000)) of \(column % 9)")
      }
      add(cells)
      if block.count > 1 << 20 {
        bytes += block.count
        try handle.write(contentsOf: block)
        block.removeAll(keepingCapacity: true)
      }
    }
    bytes += block.count
    try handle.write(contentsOf: block)
    try handle.close()
  }
}
