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
  DiagnosticList(
    .outputInTheWay, at: SourceLocation(file: shownPath(place)), what: "nothing was written: \(what)",
    why: "only what this program wrote earlier is replaced; the rest is somebody's work", fix: fix)
}

/// E603: the folder of a file is not there.
func folderMissing(_ file: URL) -> DiagnosticList {
  DiagnosticList(
    .outputFolderMissing, at: SourceLocation(file: shownPath(file)),
    what: "nothing was written: there is no folder '\(shownPath(file.deletingLastPathComponent()))'",
    why: "a file cannot stand in a folder that is not there; it may be misspelt",
    fix: "make the folder first, or name another file")
}

/// E604: the output cannot be written, because a file stands where a folder must, or for what the system says.
func notWritten(
  _ place: URL, _ reason: String, _ what: String = "nothing was written",
  fix: String = "name a place where you may write, and see to it that the disk has room"
) -> DiagnosticList {
  let file = fileOnTheWay(to: place).map(shownPath)
  return DiagnosticList(
    .outputNotWritten, at: SourceLocation(file: shownPath(place)),
    what: file.map { "\(what): '\($0)' is a file, not a folder" } ?? "\(what); the system says: \(reason)",
    why: "an answer in part would pass for a whole one",
    fix: file == nil ? fix : "name a place in a folder, or move the file away")
}

/// What stands above a place and is no folder; nil where all that is there are folders.
func fileOnTheWay(to place: URL) -> URL? {
  var above = place.standardizedFileURL.deletingLastPathComponent()
  while above.path != "/" {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: above.path, isDirectory: &isFolder) {
      return isFolder.boolValue ? nil : above
    }
    above.deleteLastPathComponent()
  }
  return nil
}

/// What the system says of the call that has just failed.
func systemWords() -> String { String(cString: strerror(errno)) }
