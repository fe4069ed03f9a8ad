import ArgumentParser
import Diagnostics
import Foundation
import Papers
import Runs
import Synchronization

/// What a verb found, for people and for machines.
struct Answer {
  let text: String
  let json: any Encodable
  let warnings: DiagnosticList
  /// An answer that is a list for machines has no place for warnings in it.
  var isList = false
}

/// Where the warnings of a verb that writes no paper are listed.
let allInJSON = "--format json lists them all"

/// Prints a verb's answer, or its diagnostics with the right exit status: 64 usage, 65 faulty input or no place to write to, 66 file
/// missing, 70 our fault. `allWarnings` says where more than a few warnings are listed; nil lists them all here. Data go to standard
/// output, talk to standard error.
func answering(
  _ format: OutputFormat, nothingWas verb: String = "projected",
  allWarnings: String? = "see the paper, or 'places validate'", _ body: () throws -> Answer
) throws {
  do {
    let answer = try body()
    if !answer.warnings.diagnostics.isEmpty {
      say(warningText(answer.warnings, allWarnings))
    }
    print(
      format == .json
        ? try jsonText(
          answer.isList ? answer.json : AnswerWithWarnings(answer: answer.json, warnings: answer.warnings))
        : answer.text)
  } catch let list as DiagnosticList {
    if format == .json {
      print(try jsonText(DiagnosticsAnswer(diagnostics: list.sorted.diagnostics)))
    } else {
      say(list.text)
      say("\n" + list.summary(nothingWas: verb))
    }
    throw ExitCode(list.onlyMissingFiles ? 66 : 65)
  } catch let usage as ValidationError {
    throw usage
  } catch {
    say("This is our fault, not yours: \(error)")
    throw ExitCode(70)
  }
}

/// Why there is no answer.
private struct DiagnosticsAnswer: Encodable {
  let format = "places-diagnostics/1"
  let diagnostics: [Diagnostic]
}

/// A verb's answer, with what else it had to say.
struct AnswerWithWarnings: Encodable {
  let answer: any Encodable
  let warnings: DiagnosticList

  private enum Key: String, CodingKey { case warnings }

  func encode(to encoder: any Encoder) throws {
    try answer.encode(to: encoder)
    var object = encoder.container(keyedBy: Key.self)
    try object.encode(warnings.sorted.diagnostics, forKey: .warnings)
  }
}

/// A few warnings whole. Of many the first of each code, with a count of the others and the place where all are listed; all of them where
/// there is no such place.
private func warningText(_ warnings: DiagnosticList, _ allWarnings: String?) -> String {
  let list = warnings.sorted.diagnostics
  var seen: Set<DiagnosticCode> = []
  let shown = allWarnings == nil || list.count <= 5 ? list : list.filter { seen.insert($0.code).inserted }
  let rest = list.count > shown.count ? ["… and \(list.count - shown.count) more: \(allWarnings ?? "")"] : []
  return ([DiagnosticList(shown).text] + rest).joined(separator: "\n\n") + "\n\n" + warnings.summary() + "\n"
}

func jsonText(_ value: any Encodable) throws -> String {
  String(decoding: try prettyJSON(value), as: UTF8.self)
}

func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// Tells a terminal what is being done once a run has taken two seconds; silent otherwise.
final class Progress: Sendable {
  private struct State {
    var stage = ""
    var isShown = false
    var isFinished = false
  }

  private let state = Mutex(State())

  init(_ stage: String = "") {
    self.stage(stage)
    guard isatty(STDERR_FILENO) == 1 else { return }
    let start = Date()
    Thread.detachNewThread { [self] in
      while true {
        Thread.sleep(forTimeInterval: 0.25)
        let elapsed = Int(Date().timeIntervalSince(start))
        let isOver = state.withLock { state in
          if state.isFinished { return true }
          if elapsed >= 2 {
            state.isShown = true
            FileHandle.standardError.write(Data("\r\u{1B}[K\(state.stage) … \(elapsed) s".utf8))
          }
          return false
        }
        if isOver { return }
      }
    }
  }

  func stage(_ name: String) { state.withLock { $0.stage = name } }

  func finish() {
    state.withLock { state in
      state.isFinished = true
      if state.isShown { FileHandle.standardError.write(Data("\r\u{1B}[K".utf8)) }
    }
  }
}
