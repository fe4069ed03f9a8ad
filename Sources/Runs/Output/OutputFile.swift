internal import Diagnostics
internal import Foundation
internal import ModelFiles

/// Files of one kind, by which an earlier one is told from a file of the user's own.
struct OwnFile {
  /// What every one of them begins with.
  let heading: String
  /// A text that is in every one of them.
  var text = ""

  /// True for a file of this kind, and for an empty one.
  fileprivate func matches(_ data: Data) -> Bool {
    data.isEmpty
      || data.starts(with: heading.utf8) && (text.isEmpty || data.range(of: Data(text.utf8)) != nil)
  }
}

/// Writes a file beside its place and renames it into it. Only a plain file of the same kind is replaced, and none of `inputs`.
///
/// `first` writes what goes with the file: once the file is safe beside its place, and before it is renamed into it. **Throws** E602 to E604,
/// and what `first` throws; then the file is as it was. Where the renaming fails, what `first` has written stays.
func writeOwnFile(
  _ data: Data, to file: URL, _ kind: OwnFile, inputs: [URL] = [], first: () throws -> Void = {}
) throws {
  try checkOwnFile(file, kind, inputs: inputs)
  let new = file.deletingLastPathComponent().appendingPathComponent(
    ".\(file.lastPathComponent)-\(UUID().uuidString)")
  do {
    do {
      try data.write(to: new)
    } catch {
      throw notWritten(file, systemWords(error))
    }
    try first()
    guard rename(new.path, file.path) == 0 else { throw notWritten(file, systemWords()) }
  } catch {
    try? FileManager.default.removeItem(at: new)
    throw error
  }
}

/// Whether a file may be written or replaced. **Throws** E602, E603.
func checkOwnFile(_ file: URL, _ kind: OwnFile, inputs: [URL] = []) throws(DiagnosticList) {
  let fix = "name another file, or move away what is yours"
  let resolved = file.resolvingSymlinksInPath().path
  if inputs.contains(where: { $0.resolvingSymlinksInPath().path == resolved }) {
    throw inTheWay(file, "the file is one of those that are read", fix: fix)
  }
  guard let type = fileType(file) else {
    if !FileManager.default.fileExists(atPath: file.deletingLastPathComponent().path) {
      throw folderMissing(file)
    }
    return
  }
  guard type == .typeRegular else {
    throw inTheWay(file, "what stands there is \(words(type))", fix: fix)
  }
  do {
    guard kind.matches(try Data(contentsOf: file)) else {
      throw inTheWay(file, "the file that stands there is none that this program wrote here", fix: fix)
    }
  } catch let list as DiagnosticList {
    throw list
  } catch {
    throw notWritten(file, systemWords(error))
  }
}
