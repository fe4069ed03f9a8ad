internal import Diagnostics
public import Foundation
public import ModelFiles

extension NewModel {
  /// Writes the folders of the model below a root; nothing that exists is touched. **Throws** E604 when the disk will not take it,
  /// E602 when a folder has appeared meanwhile; what was written is taken away again.
  public func write(below root: URL) throws {
    for folder in folders { try checkFileName(folder.path) }
    let manager = FileManager.default
    var written: [URL] = []
    do {
      for folder in folders {
        let url = root.appendingPathComponent(folder.path)
        if let type = fileType(url) {
          throw inTheWay(
            url, "\(words(type)) stands there", fix: "choose another name, or move it away yourself")
        }
        try replaceFolder(url, with: folder.files)
        written.append(url)
      }
    } catch {
      for url in written { try? manager.removeItem(at: url) }
      throw error
    }
  }
}
