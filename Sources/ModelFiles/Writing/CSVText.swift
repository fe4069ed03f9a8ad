internal import Diagnostics
internal import PlacePlanning

/// Rows as RFC 4180 text.
enum CSVText {
  static func line(_ cells: [String]) -> String {
    cells.map(csvQuoted).joined(separator: ",") + "\n"
  }

  /// `refused.csv`: one line for each thing that is wrong with a refused row.
  static func refusals(_ files: [(file: String, rows: [RefusedRow])]) -> String {
    var text = line(["file", "line", "column", "code", "what", "why", "fix", "cells"])
    for (file, rows) in files {
      for row in rows {
        for fault in row.diagnostics {
          let place = [fault.location.line, fault.location.column].map { $0.map(String.init) ?? "" }
          text += line(
            [withFormulaMark(file)] + place + [fault.code.rawValue]
              + [fault.what, fault.why, fault.fix, row.cells].map(withFormulaMark))
        }
      }
    }
    return text
  }
}
