internal import Diagnostics
internal import Foundation
internal import ModelFiles

/// The files of one kind of answer, by which an earlier one is told from a folder of the user's own.
struct OwnFolder {
  /// As a sentence names it: `import`.
  let what: String
  /// Every file that such an answer may hold, by its name below the folder.
  let known: Set<String>
  /// Those of them that must be there, each with a text that it holds.
  var marks: [String: String] = [:]
  /// Fingerprints, as they were written, of files that people may have gone on working with, by name.
  var fingerprints: [String: String] = [:]
  /// Whether a record gives these fingerprints. Otherwise they are those of the files that are to be written now.
  var isRecorded = true

  /// A folder may be replaced where it is new, empty, or an earlier answer of this kind and nothing else, and nobody has worked on
  /// it since. **Throws** E602.
  func check(_ folder: URL) throws(DiagnosticList) {
    guard let names = try entries(of: folder), !names.isEmpty else { return }
    let fix = "name a folder that is new, empty or an earlier \(what), or move away what is yours"
    if let stranger = try stranger(among: names, in: folder) {
      throw inTheWay(folder, "the folder holds '\(stranger)', which no \(what) wrote", fix: fix)
    }
    let missing = marks.sorted { $0.key < $1.key }.first {
      !holds(folder.appendingPathComponent($0.key), $0.value)
    }
    if let missing {
      throw inTheWay(folder, "the folder has no '\(missing.key)' of an earlier \(what)", fix: fix)
    }
    let edited = fingerprints.sorted { $0.key < $1.key }.first { name, fingerprint in
      (try? Data(contentsOf: folder.appendingPathComponent(name))).map { sha256($0) != fingerprint } ?? false
    }
    if let edited {
      throw inTheWay(
        folder,
        isRecorded
          ? "'\(edited.key)' was changed since it was written"
          : "'\(edited.key)' may have been changed: no 'run.json' says how it was written",
        fix: "move it to another folder, or delete it if the changes are not wanted")
    }
  }

  /// The first thing in a folder, however deep, that is not a file of such an answer. Folders in which no such file belongs are not looked into.
  private func stranger(among names: [String], in folder: URL) throws(DiagnosticList) -> String? {
    for name in names {
      let place = folder.appendingPathComponent(name)
      switch fileType(place) {
      case .typeRegular where known.contains(name): continue
      case .typeDirectory where known.contains(where: { $0.hasPrefix(name + "/") }):
        let below = (try entries(of: place) ?? []).map { "\(name)/\($0)" }
        if let stranger = try stranger(among: below, in: folder) { return stranger }
      default: return name
      }
    }
    return nil
  }
}

/// Puts files into a folder that is new, empty or an earlier one of the same kind, all or none of them. **Throws** E602 where
/// anything else stands there, E604 when the disk will not take it, `UnsafeFileName`; then nothing has changed.
func replaceOwnFolder(_ folder: URL, _ kind: OwnFolder, with files: [RunFile]) throws {
  let folder = folder.standardizedFileURL
  try kind.check(folder)
  try replaceFolder(folder, with: files)
}

/// A data set that an import wrote: these four files and no other.
func replaceImport(_ folder: URL, with files: [RunFile]) throws {
  let names = files.map(\.name)
  var marks = Dictionary(names.map { ($0, "") }) { first, _ in first }
  marks["README.md"] = "Written by `places import"
  let kind = OwnFolder(what: "import", known: Set(names), marks: marks)
  try replaceOwnFolder(folder, kind, with: files)
}

/// Writes files into a new folder beside `folder`, then puts it in its place, whatever stands there. **Throws** E604, `UnsafeFileName`.
func replaceFolder(_ folder: URL, with files: [RunFile]) throws {
  for file in files { try checkFileName(file.name) }
  let manager = FileManager.default
  let parent = folder.deletingLastPathComponent()
  let id = UUID().uuidString
  let new = parent.appendingPathComponent(".\(folder.lastPathComponent)-\(id).new")
  let old = parent.appendingPathComponent(".\(folder.lastPathComponent)-\(id).old")
  do {
    for file in files {
      let url = new.appendingPathComponent(file.name)
      try manager.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try file.data.write(to: url)
    }
    if manager.fileExists(atPath: folder.path) { try manager.moveItem(at: folder, to: old) }
    do {
      try manager.moveItem(at: new, to: folder)
    } catch {
      if manager.fileExists(atPath: old.path) { try manager.moveItem(at: old, to: folder) }
      throw error
    }
    try? manager.removeItem(at: old)
  } catch {
    try? manager.removeItem(at: new)
    throw notWritten(folder, systemWords(error))
  }
}

/// What desktops leave in every folder that is looked at.
private let filesOfTheSystem: Set = [".DS_Store", "Thumbs.db", "desktop.ini"]

/// What stands in a folder, in order of name, but for what desktops leave there; nil where nothing stands there. **Throws** E602 for
/// what is no folder, E604 for one that cannot be read.
func entries(of folder: URL) throws(DiagnosticList) -> [String]? {
  guard let type = fileType(folder) else { return nil }
  guard type == .typeDirectory else {
    throw inTheWay(folder, "what stands there is \(words(type)), not a folder", fix: "name another folder")
  }
  do {
    return try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { !filesOfTheSystem.contains($0) }.sorted()
  } catch {
    throw notWritten(folder, systemWords(error))
  }
}

/// What stands at a place itself, a link not followed; nil for nothing.
func fileType(_ place: URL) -> FileAttributeType? {
  (try? FileManager.default.attributesOfItem(atPath: place.path))?[.type] as? FileAttributeType
}

/// A kind of file in words: `a folder`.
func words(_ type: FileAttributeType) -> String {
  switch type {
  case .typeRegular: "a file"
  case .typeDirectory: "a folder"
  case .typeSymbolicLink: "a symbolic link"
  default: "no plain file"
  }
}

/// True where a file is there and holds a text.
func holds(_ file: URL, _ text: String) -> Bool {
  guard let data = try? Data(contentsOf: file) else { return false }
  return text.isEmpty || data.range(of: Data(text.utf8)) != nil
}
