internal import Diagnostics

/// Planning areas of which a school was left out, so that what their other schools add to is not their sum.
struct AreasInDoubt {
  /// For each code the position of the first file in which a row of the area was left out.
  private var files: [String: Int] = [:]
  /// Lines of refused rows that do not say their area, by file.
  private var unplaced: [Int: [Int]] = [:]

  var codes: Set<String> { Set(files.keys) }

  /// A planning area's code; `2010001.0`, which a spreadsheet makes of 2010001, is read as that. Nil for what is no code.
  static func code(_ text: String) -> String? {
    let digits = text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    return digits.utf8.count == 7 && digits.isDigits ? digits : nil
  }

  /// True for a cell that says that there is no such area.
  static func isNone(_ text: String) -> Bool { text.isEmpty || text == "z" || text == "x" }

  mutating func leaveOut(_ areas: [String], file: Int) {
    for area in areas { files[area] = min(files[area] ?? file, file) }
  }

  /// Leaves out a refused row. Any of its `cells` may be an area; where `areExact`, each of them is one or blank.
  mutating func leaveOut(row cells: [String], areExact: Bool, file: Int, line: Int) {
    let filled = cells.filter { !Self.isNone($0) }
    let areas = filled.compactMap { Self.code($0) }
    leaveOut(areas, file: file)
    if areas.isEmpty || areExact && areas.count < filled.count {
      unplaced[file, default: []].append(line)
    }
  }

  /// Tells the accounts which sums are not known.
  func note(_ readers: [ImportReader]) {
    for reader in readers {
      let areas = files.filter { $0.value == reader.index }.map { $0.key }.sorted()
      if !areas.isEmpty {
        reader.account.note(
          "planning areas without sums, of which a school was refused or left out: " + firstEight(areas))
      }
      let lines = (unplaced[reader.index] ?? []).sorted().map { String($0) }
      if !lines.isEmpty {
        reader.account.note(
          "refused schools that do not say their planning area, so that any sum may lack them: lines "
            + firstEight(lines))
      }
    }
  }
}
