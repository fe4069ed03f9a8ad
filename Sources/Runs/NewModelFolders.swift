public import Foundation
public import ModelFiles

extension NewModel {
  /// Writes the folders of the model below a root; nothing that exists is touched. **Throws** `WriteFailure` when the disk will not
  /// take it, or when a folder has appeared meanwhile; what was written is taken away again.
  public func write(below root: URL) throws {
    let manager = FileManager.default
    var written: [URL] = []
    do {
      for folder in folders {
        let url = root.appendingPathComponent(folder.path)
        guard !manager.fileExists(atPath: url.path) else {
          throw WriteFailure(description: "Nothing was written: \(url.relativePath) is there already.")
        }
        try manager.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try replaceFolder(url, with: folder.files)
        written.append(url)
      }
    } catch {
      for url in written { try? manager.removeItem(at: url) }
      throw error
    }
  }
}
