internal import Diagnostics
internal import PlacePlanning

/// A data file whose every cell has been read as its schema says.
struct Dataset {
  let schema: DatasetSchema
  let file: SourceFile
  var rows: [DatasetRow]

  var note: DatasetNote { schema.note }
  func has(_ column: String) -> Bool { schema.columns.contains { $0.name == column } }
}

/// The code asked a checked row for something that its schema does not hold: a fault of ours, not of the input.
public struct InternalFault: Error, CustomStringConvertible {
  public let description: String
}

struct DatasetRow {
  enum Cell {
    case blank
    case text(String)
    case number(Double)
    case academicYear(AcademicYear)
    case yearGroup(YearGroup)
  }

  let cells: [String: Cell]
  private let places: [String: CSVCell]
  private let file: SourceFile

  init(cells: [String: Cell], places: [String: CSVCell], file: SourceFile) {
    self.cells = cells
    self.places = places
    self.file = file
  }

  /// The same row with other cells in some columns.
  func with(_ others: [String: Cell]) -> DatasetRow {
    DatasetRow(cells: cells.merging(others) { _, other in other }, places: places, file: file)
  }

  /// The text of a cell as its file has it.
  func raw(_ column: String) -> String { places[column]?.text ?? "" }

  func place(_ column: String) -> SourceLocation {
    places[column].map(file.location(of:)) ?? file.wholeFile
  }

  /// True as well for a column that the file does not have.
  func isBlank(_ column: String) -> Bool {
    switch cells[column] {
    case nil, .blank: true
    default: false
    }
  }

  func text(_ column: String) throws(InternalFault) -> String {
    if case .text(let value) = cells[column] { return value }
    throw fault(column)
  }

  func number(_ column: String) throws(InternalFault) -> Double {
    if case .number(let value) = cells[column] { return value }
    throw fault(column)
  }

  func whole(_ column: String) throws(InternalFault) -> Int { Int(try number(column)) }

  func academicYear(_ column: String) throws(InternalFault) -> AcademicYear {
    if case .academicYear(let value) = cells[column] { return value }
    throw fault(column)
  }

  func yearGroup(_ column: String) throws(InternalFault) -> YearGroup {
    if case .yearGroup(let value) = cells[column] { return value }
    throw fault(column)
  }

  func area(_ column: String) throws(InternalFault) -> PlanningAreaCode {
    PlanningAreaCode(try text(column))
  }

  private func fault(_ column: String) -> InternalFault {
    InternalFault(description: "\(place(column)): column '\(column)' was not checked before use")
  }
}

extension Dataset {
  /// Reads a data file against its schema, adding every fault to the list. Rows with a fault are left out; the stage ends
  /// before anyone uses the rest. A model's codes become names of files: where `codesAreNames`, they must be fit for that.
  init(
    _ file: SourceFile, schema: DatasetSchema, codesAreNames: Bool = false, _ all: inout DiagnosticList
  ) {
    self.schema = schema
    self.file = file
    rows = []
    var list = DiagnosticList()
    var blank = BlankRows(columns: schema.columns.count)
    do {
      try file.checkSeparator()
      var reader = CSVReader(file)
      if let header = try reader.next(), checkHeader(header, &list) {
        var seen: [[String]: Int] = [:]
        while let record = try reader.next() {
          if isBlank(record) {
            blank.add(record, in: file, &list)
            continue
          }
          guard let row = row(record, codesAreNames, &list) else { continue }
          rows.append(row)
          checkKey(record, &seen, &list)
        }
        blank.report(in: file, &list)
        if rows.isEmpty, !list.hasErrors {
          list.add(
            .noRows, at: file.wholeFile, what: "the file has a header but no rows",
            why: "an empty table would count as nought everywhere",
            fix: schema.isFromFile
              ? "add the rows, or take the data set out of the model" : "add the rows")
        }
      } else if file.bytes.isEmpty {
        list.add(
          .noRows, at: file.wholeFile, what: "the file is empty",
          why: "an empty table would count as nought everywhere",
          fix: "add the header and the rows")
      }
    } catch {
      blank.report(in: file, &list)
      list.add(contentsOf: error)
    }
    if !list.hasErrors { checkTotals(&list) }
    all.add(contentsOf: list)
  }

  private func checkHeader(_ header: [CSVCell], _ list: inout DiagnosticList) -> Bool {
    let wanted = schema.columns.map(\.name)
    let found = header.map(\.text)
    let faults = list.diagnostics.count
    file.check(
      header, required: wanted, known: wanted,
      unknown: schema.isFromFile
        ? (
          why: "the schema does not define it, so nothing would read it",
          fix: "remove it, or define it in the schema"
        ) : (why: "nothing would read it", fix: "remove it"),
      missing: (
        why: schema.isFromFile ? "the schema promises it" : "what it holds is needed",
        fix: "add the column, or correct its heading"
      ), &list)
    if list.diagnostics.count == faults, found != wanted {
      list.add(
        .columnsReordered, at: file.location(line: 1, column: 1),
        what: "the columns are in another order: \(found.joined(separator: ", "))",
        why: "a layout that has moved has often changed its meaning",
        fix: "put them in \(schema.isFromFile ? "the schema's" : "this") order: "
          + wanted.joined(separator: ", "))
    }
    return list.diagnostics.count == faults
  }

  /// A line without a cell that holds anything. Where every column may be blank, such a row says so.
  private func isBlank(_ record: [CSVCell]) -> Bool {
    schema.columns.count > 1 && record.allSatisfy(\.text.isEmpty)
      && (record.count != schema.columns.count || schema.columns.contains { !$0.isOptional })
  }

  private func row(
    _ record: [CSVCell], _ codesAreNames: Bool, _ list: inout DiagnosticList
  ) -> DatasetRow? {
    guard record.count == schema.columns.count else {
      list.add(
        .wrongCellCount, at: file.location(of: record[0]),
        what: "this row has \(record.count) cells; the header has \(schema.columns.count)",
        why: "it is not certain which cell belongs to which column",
        fix: "add or remove cells; put a text that holds a comma in quotation marks")
      return nil
    }
    var cells: [String: DatasetRow.Cell] = [:]
    var places: [String: CSVCell] = [:]
    for (column, cell) in zip(schema.columns, record) {
      places[column.name] = cell
      do {
        cells[column.name] = try column.read(
          cell, in: file, of: rowName(record, beside: column), codesAreNames, hasSchema: schema.isFromFile)
      } catch {
        list.add(contentsOf: error)
      }
    }
    guard cells.count == record.count else { return nil }
    return DatasetRow(cells: cells, places: places, file: file)
  }

  /// What the row is about, by the cells of its key: ` for P1, 2017/18, R`; empty for a cell of the key itself.
  private func rowName(_ record: [CSVCell], beside column: DatasetSchema.Column) -> String {
    if schema.key.contains(column.name) { return "" }
    let key = key(record)
    return key.isEmpty ? "" : " for " + key.joined(separator: ", ")
  }

  /// The cells of the key, in the order of the columns.
  private func key(_ record: [CSVCell]) -> [String] {
    zip(schema.columns, record).filter { schema.key.contains($0.0.name) }.map(\.1.text)
  }

  private func checkKey(_ record: [CSVCell], _ seen: inout [[String]: Int], _ list: inout DiagnosticList) {
    guard !schema.key.isEmpty else { return }
    let key = key(record)
    if let first = seen[key] {
      list.add(
        .repeatedKey, at: file.location(of: record[0]),
        what: "the row for \(key.joined(separator: ", ")) stands twice; the first is on line \(first)",
        why: "it is not certain which of the two counts", fix: "remove one of them")
    } else {
      seen[key] = record[0].line
    }
  }

  private func checkTotals(_ list: inout DiagnosticList) {
    for row in rows {
      for sum in schema.rowSums {
        let parts = sum.parts.map { row.amount($0) }
        let total = row.amount(sum.total)
        let added = parts.reduce(0, +)
        if abs(added - total) > 1e-6 {
          let cells = zip(sum.parts, parts).map { "\($0) \(plain($1))" }
          list.add(
            .rowDoesNotAdd, at: row.place(sum.total),
            what: "'\(sum.total)' is \(plain(total)), but its parts add to \(plain(added)): "
              + cells.joined(separator: ", "),
            why: "one of these cells is wrong, and every total below would be wrong with it",
            fix: "correct the cell; the difference is \(plain(total - added))")
        }
      }
    }
    for stated in schema.columnTotals {
      let added = rows.reduce(0) { $0 + $1.amount(stated.column) }
      if abs(added - stated.total) > 1e-6 {
        let cells = rows.map { plain($0.amount(stated.column)) }.joined(separator: " + ")
        list.add(
          .columnDoesNotAdd, at: stated.place,
          what:
            "column '\(stated.column)': \(cells) = \(plain(added)), but its source states \(plain(stated.total))",
          why: "a row is missing, repeated or misread",
          fix: "correct the row; the difference is \(plain(stated.total - added))")
      }
    }
  }
}

extension DatasetRow {
  /// A number, nought where the cell is blank: for totals only, which a blank does not change.
  fileprivate func amount(_ column: String) -> Double {
    if case .number(let value) = cells[column] { value } else { 0 }
  }
}
