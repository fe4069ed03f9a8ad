internal import CapitalProgramme
public import Diagnostics
internal import Foundation
internal import ModelFiles
public import Papers

/// Whether a run comes out again, to the bit, from the inputs that its store keeps.
public struct RunVerification: Sendable {
  /// One file that the run wrote.
  public struct File: Hashable, Sendable {
    /// What came of holding a file against the one that the run wrote.
    public enum Verdict: String, Sendable {
      case same, differs
      /// What renders it is not installed here, or the search for a programme had a limit on its time: see ``File/notComparable``.
      case notComparable = "not_comparable"
      /// The run made again does not write it.
      case notWritten = "not_written"
    }

    /// Why two files are not held against each other.
    public enum NotComparable: Sendable {
      /// What draws, prints or binds it is not there now, and was then.
      case rendererMissing
      /// What a search found when its time was over, it may miss or surpass the next time.
      case timeLimit
    }

    public let file: String
    public let verdict: Verdict
    /// Nil for every other verdict.
    public internal(set) var notComparable: NotComparable?

    /// Whether the run made again has it otherwise, or not at all.
    var isOtherwise: Bool { verdict == .differs || verdict == .notWritten }
  }

  public let run: RememberedRun
  public let files: [File]
  /// E708, E707, E710 or, where there is no room to make it, E604, where the run does not come out again; W701 and W702 on the folder
  /// that it wrote.
  public let diagnostics: DiagnosticList

  /// Every file came out with the same bytes, and the store says of the run what it would record.
  public var agrees: Bool { !diagnostics.hasErrors }
  /// In the order in which they are written.
  public var firstThatDiffers: String? { files.first(where: \.isOtherwise)?.file }
}

extension RunStore {
  /// Makes a run again from its stored inputs, in a folder of its own that is then removed. Compares the fingerprints of what it writes with
  /// the recorded ones, what the store says of the run with what it would record now, and the folder that the run wrote with what it wrote.
  /// What does not agree is in the answer's diagnostics. **Throws** E701, E702.
  public func verify(_ run: RememberedRun, renderer: Renderers?) throws -> RunVerification {
    var list = try folderWarnings(run)
    do {
      let (files, otherwise) = try remade(run, renderer)
      if let first = files.first(where: \.isOtherwise) { list.add(differs(run, first, files)) }
      if !otherwise.isEmpty { list.add(recordDiffers(run, otherwise)) }
      return RunVerification(run: run, files: files, diagnostics: list)
    } catch let refusal as DiagnosticList {
      list.add(contentsOf: refusal)
      return RunVerification(run: run, files: [], diagnostics: list)
    }
  }

  /// The files of a run that is made again, and what the store says otherwise of it.
  private func remade(
    _ run: RememberedRun, _ renderer: Renderers?
  ) throws -> (files: [RunVerification.File], otherwise: [String]) {
    let record = try record(of: run)
    let recorded = try outputs(of: run)
    let again: PlanningRun
    do {
      again = try PlanningRun(
        try check(try load(try model(of: run))), seed: run.seed,
        since: try run.since.map { try comparison(of: run, since: $0) },
        options: ProgrammeOptions(timeLimit: record.timeLimit.map { .seconds($0) }))
    } catch let list as DiagnosticList {
      // What the store has lost is its own fault; the rest is this version's refusal.
      if list.errors.contains(where: { [.storedInputDamaged, .runUnknown].contains($0.code) }) { throw list }
      throw replayRefused(run.name, run.version, list)
    }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    // As it was written then, whatever is installed now: without charts then, without charts now.
    let kinds = OutputKinds(recorded.map(\.file))
    let written = try again.write(
      to: folder, renderer: kinds.renderers(of: renderer), formats: kinds.formats,
      suppressBelow: record.suppressBelow)
    let hashes = written.record.hashes
    let lost = kinds.lost(OutputKinds(written.record.outputs.map(\.file)))
    let files = recorded.map { output -> RunVerification.File in
      let hash = hashes[output.file]
      if hash == output.sha256 { return .init(file: output.file, verdict: .same) }
      if lost.contains(where: { $0.isIn(output.file) }) {
        return .init(file: output.file, verdict: .notComparable, notComparable: .rendererMissing)
      }
      if record.timeLimit != nil {
        return .init(file: output.file, verdict: .notComparable, notComparable: .timeLimit)
      }
      return .init(file: output.file, verdict: hash == nil ? .notWritten : .differs)
    }
    return (files, try otherwise(run, RunEntry(again, written), record))
  }

  /// What the paper of a run says has changed since an earlier one, as it said it then.
  private func comparison(of run: RememberedRun, since name: String) throws -> RunComparison {
    let earlier = try self.run(named: name)
    let input = try check(try load(try model(of: run)))
    return try changes(since: earlier, input, seed: run.seed).comparison
  }

  private func differs(
    _ run: RememberedRun, _ first: RunVerification.File, _ files: [RunVerification.File]
  ) -> Diagnostic {
    let others = files.filter { $0.file != first.file }
    let rest = [
      (others.count { $0.verdict == .differs }, "differs", "differ"),
      (others.count { $0.verdict == .notWritten }, "is not written", "are not written"),
    ].filter { $0.0 > 0 }.map { "; \(counted($0.0, "other file")) \($0.0 == 1 ? $0.1 : $0.2)" }
    let isOurs = run.version == programVersion
    return Diagnostic(
      .bitsDiffer, at: SourceLocation(file: run.name),
      what:
        "made again from the same inputs, '\(first.file)' \(first.verdict == .differs ? "differs" : "is not written")"
        + rest.joined(),
      why: isOurs
        ? "the same version made it: another build or another kind of processor, or the record was changed"
        : "version \(run.version) made it, and this is \(programVersion)",
      fix: isOurs
        ? "verify it with the build that made it, on a machine of the same kind"
        : "verify it with that version; 'places diff' says how much the method has moved")
  }

  private func recordDiffers(_ run: RememberedRun, _ parts: [String]) -> Diagnostic {
    Diagnostic(
      .bitsDiffer, at: SourceLocation(file: run.name),
      what: "made again from the same inputs, what the store says of its \(listed(parts)) differs",
      why:
        "'places runs' and 'places diff' tell what the store says: another build wrote it, or it was changed since",
      fix: "keep to what the run wrote; or delete its row in the store, and make the run again")
  }

  /// W701 and W702: whether the folder of a run still holds what the run wrote. **Throws** E701, E702.
  public func folderWarnings(_ run: RememberedRun) throws(DiagnosticList) -> DiagnosticList {
    let outputs = try outputs(of: run)
    var list = DiagnosticList()
    let place = SourceLocation(file: shownPath(run.folder))
    guard FileManager.default.fileExists(atPath: run.folder.path) else {
      list.add(
        .runFolderGone, at: place, what: "the folder of \(run.name) is not there any more",
        why: "its papers can no longer be read; the store still holds what it was made from",
        fix: "make the run again: 'places runs show \(run.name)' names its model, scenario and seed")
      return list
    }
    for output in outputs {
      let data = try? Data(contentsOf: run.folder.appendingPathComponent(output.file))
      guard data.map(sha256) != output.sha256 else { continue }
      let isKept = data != nil && mayBeWorkedOn(output.file)
      list.add(
        .runFileChanged, at: SourceLocation(file: shownPath(run.folder.appendingPathComponent(output.file))),
        what: "this file of \(run.name) is \(data == nil ? "gone" : "not what the run wrote")",
        why: "a reader of it reads something else than the run's figures",
        fix: (isKept ? "move it elsewhere, then " : "") + "make the run again, which writes it anew")
    }
    return list
  }

  /// What has changed between a stored run and a run that is being made, and W703 where a record cannot be reproduced.
  /// **Throws** what ``compareRuns(_:_:solving:_:)`` throws.
  public func changes(
    since earlier: RememberedRun, _ input: CheckedInput, seed: UInt64
  ) throws -> (comparison: RunComparison, warnings: DiagnosticList) {
    var warnings = DiagnosticList()
    let name = RunRecord.name(input, seed: seed, since: earlier.name)
    let comparison = try compareRuns(
      try RunSubject(earlier, in: self), RunSubject(input, name: name, seed: seed), &warnings)
    return (comparison, warnings)
  }
}

/// What a run's files show of what they were made with.
private struct OutputKinds {
  /// What the machine that writes a run may lack, by the ending of the files that show that it was there.
  enum Rendered: String, CaseIterable {
    case charts = ".svg"
    case pdf = ".pdf"
    case word = ".docx"

    /// Whether it is in a file: a chart is in every paper too.
    func isIn(_ file: String) -> Bool {
      file.hasSuffix(rawValue)
        || self == .charts && PaperFormat.withCharts.contains { file.hasSuffix(".\($0.rawValue)") }
    }
  }

  let formats: Set<PaperFormat>
  private let rendered: Set<Rendered>

  init(_ files: [String]) {
    formats = Set(files.compactMap { PaperFormat.of($0) })
    rendered = Set(Rendered.allCases.filter { kind in files.contains { $0.hasSuffix(kind.rawValue) } })
  }

  /// Of what is installed, what these files were made with.
  func renderers(of installed: Renderers?) -> Renderers {
    Renderers(
      charts: rendered.contains(.charts) ? installed?.charts : nil,
      pdf: rendered.contains(.pdf) ? installed?.pdf : nil,
      word: rendered.contains(.word) ? installed?.word : nil)
  }

  /// What these files were made with and others were not.
  func lost(_ others: OutputKinds) -> Set<Rendered> { rendered.subtracting(others.rendered) }
}
