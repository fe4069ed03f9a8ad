internal import PlacePlanning

extension Footnote {
  /// `Source: data set 4. These figures are derived, worked out by this program.`
  public var sentence: String { "Source: \(sourcesInWords). \(standing)" }

  /// `data sets 1, 4 to 6 and 9`; the names of sources that are not in the list.
  var sourcesInWords: String {
    numbers.isEmpty
      ? sources.joined(separator: "; ")
      : "data set\(numbers.count == 1 ? "" : "s") \(numbersInWords(numbers))"
  }

  /// Stands where the table has no mark as a whole.
  static let ownMarks = "Each row has its own mark."

  /// How sure the figures are, and what is to be said besides.
  var standing: String {
    let start =
      switch mark {
      case .given?: "These figures are given, as published."
      case .derived?: "These figures are derived, worked out by this program."
      case .assumed?: "These figures are assumed, our own judgement."
      case nil: Self.ownMarks
      }
    return start + (note.map { " \($0)" } ?? "")
  }
}
