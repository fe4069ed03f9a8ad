internal import Diagnostics
public import Foundation

/// A path as people read it: below the working directory without the way there.
public func shownPath(_ file: URL) -> String {
  let here = FileManager.default.currentDirectoryPath + "/"
  return file.path.hasPrefix(here) ? String(file.path.dropFirst(here.count)) : file.path
}

// Why output is not put at a place, as diagnostics. Each says that nothing has changed there.

/// E602: what stands at a place is not the program's own, or is being read.
func inTheWay(_ place: URL, _ what: String, fix: String) -> DiagnosticList {
  DiagnosticList([
    Diagnostic(
      .outputInTheWay, at: SourceLocation(file: shownPath(place)), what: "nothing was written: \(what)",
      why: "only what this program wrote earlier is replaced; the rest is somebody's work", fix: fix)
  ])
}

/// E603: the folder of a file is not there.
func folderMissing(_ file: URL) -> DiagnosticList {
  DiagnosticList([
    Diagnostic(
      .outputFolderMissing, at: SourceLocation(file: shownPath(file)),
      what: "nothing was written: there is no folder '\(shownPath(file.deletingLastPathComponent()))'",
      why: "a file cannot stand in a folder that is not there; it may be misspelt",
      fix: "make the folder first, or name another file")
  ])
}

/// E604: the system would not take the output, in its own words.
func notWritten(
  _ place: URL, _ reason: String, _ what: String = "nothing was written",
  fix: String = "name a place where you may write, and see to it that the disk has room"
) -> DiagnosticList {
  DiagnosticList([
    Diagnostic(
      .outputNotWritten, at: SourceLocation(file: shownPath(place)),
      what: "\(what); the system says: \(reason)", why: "an answer in part would pass for a whole one",
      fix: fix)
  ])
}

/// What the system says of an error, without the names of files that the user never gave.
func systemWords(_ error: any Error) -> String {
  let error = error as NSError
  guard let cause = error.userInfo[NSUnderlyingErrorKey] as? NSError, cause.domain == NSPOSIXErrorDomain
  else { return error.localizedDescription }
  return systemWords(Int32(cause.code))
}

/// The words of an error number.
func systemWords(_ number: Int32 = errno) -> String { String(cString: strerror(number)) }
