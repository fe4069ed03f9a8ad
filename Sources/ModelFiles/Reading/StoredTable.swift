public import Diagnostics
public import Foundation

/// The records of a CSV file that a run wrote, its headings first. **Throws** E001 to E004 and E101.
public func storedTable(_ url: URL, named name: String) throws(DiagnosticList) -> [[String]] {
  var reader = CSVReader(try SourceFile(path: name, name: name, url: url))
  var records: [[String]] = []
  while let record = try reader.next() { records.append(record.map(\.text)) }
  return records
}
