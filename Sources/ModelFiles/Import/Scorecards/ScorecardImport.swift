internal import Diagnostics
internal import PlacePlanning

/// Reads one of the tables of the scorecards: costs, accuracy, places and need; files of one import are of one of them.
func readScorecards(
  _ readers: [ImportReader], _ request: ImportRequest
) throws(DiagnosticList) -> ImportedTable {
  let subjects = Set(readers.map { subject($0.match.layout.name) })
  if subjects.count > 1 {
    throw DiagnosticList(
      .kindsMixed, at: SourceLocation(file: readers.last?.file.path ?? ""),
      what: "the files are of different tables: \(subjects.sorted().joined(separator: ", "))",
      why: "one data set has one kind of row", fix: "import each table into a data set of its own")
  }
  var areas = ScorecardAreas(request: request)
  let table: ImportedTable
  switch subjects.first {
  case "cost": table = try readCosts(readers, request, &areas)
  case "accuracy": table = try readAccuracy(readers, &areas)
  case "quantity": table = try readQuantities(readers, &areas)
  default: table = try readNeed(readers, &areas)
  }
  try checkAuthority(request.authority, found: areas.found, in: readers)
  return table
}

private func subject(_ layout: String) -> String {
  layout.hasPrefix("scorecard-") ? String(layout.dropFirst(10).prefix { $0 != "-" }) : "need"
}

/// Which area a row of a scorecard is of.
struct ScorecardAreas {
  let request: ImportRequest
  var found: Set<String> = []

  /// Code and name; nil where the row is set aside or refused.
  mutating func area(_ reader: ImportReader) -> (code: String, name: String)? {
    let units = reader.unitsPerRow
    switch reader.text("level") {
    case "National":
      found.insert("E92000001")
      if let wanted = request.authority, wanted != "E92000001" {
        reader.account.setAside("another area", units)
        return nil
      }
      return ("E92000001", "England")
    case "Local authority": break
    case let level where ["Regional", "Planning area", "School"].contains(level):
      reader.account.setAside("level: \(level)", units)
      return nil
    default:
      reader.refuseUnknownWord(
        reader.column("level"), known: ["Local authority", "National", "Regional"],
        why: "rows of different levels overlap", units: units)
      return nil
    }
    let code = reader.column(request.usesNewCodes ? "new_code" : "old_code")
    return reader.area(code: code, wanted: request.authority, found: &found)
  }

  /// The phase that a cell names; nil where the row is set aside or refused.
  func phase(_ reader: ImportReader) -> Phase? {
    let units = reader.unitsPerRow
    let column = reader.column("phase")
    switch folded(reader.text(column)) {
    case "primary": return .primary
    case "secondary": return .secondary
    case "total": reader.account.setAside("both phases together", units)
    default:
      reader.refuseUnknownWord(
        column, known: ["Primary", "Secondary"], why: "it is no phase of the scorecards", units: units)
    }
    return nil
  }

  /// The year of the publication; nil where it is none, and the row refused.
  func reportingYear(_ reader: ImportReader) -> Int? {
    let text = reader.text("period")
    if let year = Int(text), (2010...2100).contains(year) { return year }
    reader.refuse(
      .wrongForm, reader.column("period"), "'time_period' is '\(text)'", why: "it is no reporting year",
      units: reader.unitsPerRow)
    return nil
  }
}
