import Diagnostics
import PlacePlanning
import Testing

@testable import ModelFiles

/// What an import makes of files, by their names.
func importTexts(
  _ kind: ImportKind, _ texts: KeyValuePairs<String, String>,
  _ change: (inout ImportRequest) -> Void = { _ in }
) throws -> ImportedDataset {
  var request = ImportRequest(
    kind, files: [], retrieved: try #require(CalendarDate(label: "2026-11-23")))
  change(&request)
  let files = try texts.map { try ImportFile(path: $0.key, name: $0.key, bytes: Array($0.value.utf8)) }
  return try importDataset(request, files)
}

func importText(
  _ kind: ImportKind, _ text: String, _ change: (inout ImportRequest) -> Void = { _ in }
) throws -> ImportedDataset {
  try importTexts(kind, ["data.csv": text], change)
}

extension ImportedDataset {
  func text(_ name: String) throws -> String {
    String(decoding: try #require(files.first { $0.name == name }).data, as: UTF8.self)
  }

  /// The lines of `data.csv` below its headings.
  func lines() throws -> [String] {
    try text("data.csv").split(separator: "\n").dropFirst().map { String($0) }
  }

  /// The data set as one of a model is read.
  func readBack() throws -> Dataset {
    try ModelFilesTests.readBack(schema: text("data.schema.yaml"), data: text("data.csv"))
  }
}

/// A data set that was written, as one of a model is read; nothing is wrong with it.
func readBack(schema: String, data: String) throws -> Dataset {
  var list = DiagnosticList()
  let schema = try #require(DatasetSchema(try yaml(schema), sources: nil, &list))
  let dataset = Dataset(try source(data), schema: schema, &list)
  #expect(list.diagnostics.isEmpty, "\(list)")
  return dataset
}

/// The same, of files by name.
func readBack(_ files: [String: String]) throws -> Dataset {
  try readBack(schema: #require(files["data.schema.yaml"]), data: #require(files["data.csv"]))
}

/// The records of RFC 4180 text, its headings first.
func csvRecords(_ text: String) throws -> [[String]] {
  var reader = CSVReader(try source(text))
  var records: [[String]] = []
  while let cells = try reader.next() { records.append(cells.map(\.text)) }
  return records
}
