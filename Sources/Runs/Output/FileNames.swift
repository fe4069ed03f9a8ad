/// A file was about to be written under a name that leads out of its folder, or that no disk takes: a fault of ours, since whatever input led
/// to it should have been refused before.
struct UnsafeFileName: Error, CustomStringConvertible {
  let description: String
}

/// Lets a name such as `tables/outlook-P1.csv` pass. **Throws** `UnsafeFileName` for any other.
func checkFileName(_ name: String) throws(UnsafeFileName) {
  guard let fault = fileNameFault(name) else { return }
  throw UnsafeFileName(description: "nothing was written: a file would be named '\(name)', which \(fault)")
}

/// Why no file below a folder may have a name, such as `leads elsewhere`; nil where one may.
func fileNameFault(_ name: String) -> String? {
  let parts = name.split(separator: "/", omittingEmptySubsequences: false)
  if parts.contains(where: { ["", ".", ".."].contains($0) }) { return "leads elsewhere" }
  if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
    return "has a character that does not print"
  }
  return parts.contains { $0.utf8.count > 255 } ? "is longer than a disk takes" : nil
}
