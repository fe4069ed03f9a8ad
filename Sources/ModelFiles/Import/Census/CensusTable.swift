internal import Diagnostics
internal import PlacePlanning

/// Gathers rolls from rows that are parts of one another: sexes, school types, and totals of them.
struct CensusTable {
  struct Key: Hashable {
    let area: String
    let year: AcademicYear
    let yearGroup: YearGroup
  }

  /// One figure as a row gives it, and where.
  private struct Part {
    let reader: ImportReader
    let line: Int
    /// Nil where it is withheld or blank.
    let pupils: Double?
  }

  /// The rows of one area, year, year group and school type.
  private struct Cell {
    var total: [Part] = []
    var female: [Part] = []
    var male: [Part] = []
    var all: [Part] { total + female + male }
  }

  private var cells: [Key: [String: Cell]] = [:]
  private(set) var names = CodedNames()
  /// The other code of an area, where a file gives both.
  private(set) var otherCodes: [String: Set<String>] = [:]

  mutating func name(_ area: String, _ name: String, other: String = "") {
    names.add(area, name)
    if !other.isEmpty { otherCodes[area, default: []].insert(other) }
  }

  mutating func add(
    _ key: Key, type: String, sex: CensusWords.Sex, pupils: Double?, reader: ImportReader
  ) {
    let part = Part(reader: reader, line: reader.line, pupils: pupils)
    switch sex {
    case .female: cells[key, default: [:]][type, default: Cell()].female.append(part)
    case .male: cells[key, default: [:]][type, default: Cell()].male.append(part)
    case .total: cells[key, default: [:]][type, default: Cell()].total.append(part)
    }
  }

  /// Every roll that is certain. All other rows are refused or set aside in the accounts of their readers.
  func settle() -> [Key: Double] {
    var rolls: [Key: Double] = [:]
    for key in cells.keys.sorted(by: Self.order) {
      guard let types = cells[key] else { continue }
      var sum = 0.0
      var counted: [Part] = []
      var fault: (code: DiagnosticCode, what: String, why: String, fix: String)?
      var withheld = false
      for type in types.keys.sorted() {
        guard let cell = types[type] else { continue }
        switch Self.pupils(cell, type) {
        case .figure(let pupils, let used, let rest):
          sum += pupils
          counted += used
          setAside(rest, "a part of a total that is counted")
        case .withheld:
          withheld = true
          counted += cell.all
        case .fault(let code, let what, let why, let fix):
          if fault == nil { fault = (code, what, why, fix) }
          counted += cell.all
        }
      }
      if let fault {
        refuse(counted, key, fault)
      } else if withheld {
        setAside(counted, "withheld or blank, in itself or in a part of its sum")
      } else {
        rolls[key] = sum
        for part in counted { part.reader.account.keep() }
      }
    }
    return rolls
  }

  private enum Outcome {
    case figure(Double, used: [Part], rest: [Part])
    case withheld
    case fault(DiagnosticCode, what: String, why: String, fix: String)
  }

  private static func pupils(_ cell: Cell, _ type: String) -> Outcome {
    let what = type.isEmpty ? "" : " in \(type)"
    for (name, parts) in [("the roll", cell.total), ("girls", cell.female), ("boys", cell.male)]
    where parts.count > 1 {
      return .fault(
        .repeatedKey,
        what: "the row for \(name)\(what) stands \(parts.count) times: lines "
          + parts.map(\.line).sorted().map { String($0) }.joined(separator: ", "),
        why: "it is not certain which of them counts", fix: "remove the others")
    }
    if let total = cell.total.first {
      guard let pupils = total.pupils else { return .withheld }
      if let girls = cell.female.first?.pupils, let boys = cell.male.first?.pupils, girls + boys != pupils {
        return .fault(
          .totalDisagrees,
          what: "the total\(what) is \(plain(pupils)), but girls and boys add to \(plain(girls + boys))",
          why: "one of the three is wrong", fix: ImportReader.atItsSource)
      }
      return .figure(pupils, used: [total], rest: cell.female + cell.male)
    }
    guard let girls = cell.female.first, let boys = cell.male.first else {
      return .fault(
        .partMissing,
        what: "\(cell.female.isEmpty ? "girls" : "boys")\(what) are missing, and there is no total",
        why: "half a roll would look like a whole one", fix: "add the other rows, or the rows of the total")
    }
    guard let f = girls.pupils, let m = boys.pupils else { return .withheld }
    return .figure(f + m, used: [girls, boys], rest: [])
  }

  private func setAside(_ parts: [Part], _ reason: String) {
    for part in parts { part.reader.account.setAside(reason) }
  }

  private func refuse(
    _ parts: [Part], _ key: Key, _ fault: (code: DiagnosticCode, what: String, why: String, fix: String)
  ) {
    let cells = "area: \(key.area) | academic year: \(key.year) | year group: \(key.yearGroup.label)"
    for part in parts {
      part.reader.refuse(
        line: part.line, fault.code, "\(key.area), \(key.year), \(key.yearGroup): \(fault.what)",
        why: fault.why,
        fix: fault.fix, cells: cells)
    }
  }

  static func order(_ a: Key, _ b: Key) -> Bool {
    (a.area, a.year, a.yearGroup) < (b.area, b.year, b.yearGroup)
  }
}
