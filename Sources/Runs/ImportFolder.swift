internal import Foundation

/// Puts files into a folder that is new, empty or an earlier one of the same kind, all or none of them.
///
/// **Throws** `WriteFailure` where anything else stands there, or when the disk will not take it; then nothing has changed.
func replaceOwnFolder(
  _ folder: URL, with files: [(name: String, data: Data)], isOwn: (Set<String>) -> Bool, known: Set<String>,
  what: String
) throws {
  let folder = folder.standardizedFileURL
  if FileManager.default.fileExists(atPath: folder.path) {
    let found = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
    guard let found, found.isEmpty || isOwn(Set(found)) else {
      let strangers = (found ?? []).filter { !known.contains($0) }.sorted()
      throw WriteFailure(
        description: "Nothing was written: \(folder.relativePath) "
          + (strangers.first.map { "holds '\($0)', which no \(what) wrote. " }
            ?? "is not an earlier \(what). ")
          + "Name a folder that is new, empty or an earlier \(what).")
    }
  }
  try replaceFolder(folder, with: files)
}

/// A data set that an import wrote: these four files and no other.
func replaceImport(_ folder: URL, with files: [(name: String, data: Data)]) throws {
  let names = Set(files.map(\.name))
  try replaceOwnFolder(folder, with: files, isOwn: { $0 == names }, known: names, what: "import")
}
