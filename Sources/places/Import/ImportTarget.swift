import ArgumentParser
import Foundation
import PlacePlanning

/// Where an import writes, the day on which its files were fetched, and how it answers.
struct ImportTarget: ParsableArguments {
  @Option(help: "The folder to write; an earlier import there is replaced.")
  var into: String

  @Option(help: "The day on which the files were fetched, such as 2026-11-23; today when it is left out.")
  var retrieved: String?

  @OptionGroup var answer: AnswerOptions

  func validate() throws {
    try checkOutput(into, "--into")
    guard let retrieved else { return }
    guard let day = CalendarDate(label: retrieved) else {
      throw ValidationError("--retrieved is '\(retrieved)': write a date such as 2026-11-23.")
    }
    if let now = CalendarDate(label: Self.today()), day > now {
      throw ValidationError(
        "--retrieved is '\(retrieved)', a day that is still to come: write the one on which the files were fetched."
      )
    }
  }

  /// Answers with what `body` makes of the day on which the files were fetched.
  func run(_ body: (CalendarDate) throws -> Answer) throws {
    guard let day = CalendarDate(label: retrieved ?? Self.today()) else {
      throw ValidationError("The clock's day cannot be read: give it as --retrieved.")
    }
    try answering(answer.format, nothingWas: "written", allWarnings: "see \(into)/README.md") {
      try body(day)
    }
  }

  private static func today() -> String {
    let day = Calendar(identifier: .gregorian).dateComponents([.year, .month, .day], from: Date())
    return [day.year, day.month, day.day].map { part in
      let text = String(part ?? 0)
      return text.count < 2 ? "0" + text : text
    }.joined(separator: "-")
  }
}
