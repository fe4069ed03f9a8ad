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
  return switch subjects.first {
  case "cost": try readCosts(readers, request)
  case "accuracy": try readAccuracy(readers, request)
  case "quantity": try readQuantities(readers, request)
  default: try readNeed(readers, request)
  }
}

private func subject(_ layout: String) -> String {
  layout.hasPrefix("scorecard-") ? String(layout.dropFirst(10).prefix { $0 != "-" }) : "need"
}

extension ImportReader {
  /// Code and name of a scorecard's area; nil where the row is set aside or refused.
  func scorecardArea(_ request: ImportRequest) -> (code: String, name: String)? {
    let level = text("level")
    switch level {
    case "National":
      found.insert("E92000001")
      if let wanted = request.authority, wanted != "E92000001" {
        account.setAside("another area", unitsPerRow)
        return nil
      }
      return ("E92000001", "England")
    case "Local authority":
      let code = column(request.usesNewCodes ? "new_code" : "old_code")
      return area(code: code, wanted: request.authority)
    case "Regional", "Planning area", "School":
      account.setAside("level: \(level)", unitsPerRow)
    default:
      refuseUnknownWord(
        column("level"), known: ["Local authority", "National", "Regional"],
        why: "rows of different levels overlap", units: unitsPerRow)
    }
    return nil
  }

  /// The phase that a row of a scorecard names; nil where the row is set aside or refused.
  func scorecardPhase() -> Phase? {
    let column = column("phase")
    switch folded(text(column)) {
    case "primary": return .primary
    case "secondary": return .secondary
    case "total": account.setAside("both phases together", unitsPerRow)
    default:
      refuseUnknownWord(
        column, known: ["Primary", "Secondary"], why: "it is no phase of the scorecards", units: unitsPerRow)
    }
    return nil
  }

  /// The year of a scorecard's publication; nil where it is none, and the row refused.
  func reportingYear() -> Int? {
    let text = text("period")
    if let year = Int(text), (2010...2100).contains(year) { return year }
    refuse(
      .wrongForm, column("period"), "'time_period' is '\(text)'", why: "it is no reporting year",
      units: unitsPerRow)
    return nil
  }
}
