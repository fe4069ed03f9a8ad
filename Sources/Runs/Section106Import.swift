public import Diagnostics
public import Foundation
public import ModelFiles
public import PlacePlanning

/// An import of a register of developer agreements: education contributions as a data set.
public struct Section106Import: Sendable {
  public let register: Section106Register
  /// The rows of a model's `section_106`; nil where they were not asked for.
  public let agreements: ModelAgreements?
  /// Of the register, and of how what was asked for is written.
  public var warnings: DiagnosticList { register.warnings(isForModel: agreements != nil) }
  private let dataset: Section106Dataset

  /// **Throws** what ``readSection106(_:organisation:retrieved:)`` throws: E001 to E107 for the files, E407 when nothing is kept.
  /// `retrieved` is the day on which the files were fetched. `isForModel` gives the columns of a model's `section_106`, and **throws** what
  /// ``ModelAgreements`` throws.
  public init(
    _ files: Section106Files, organisation: String?, retrieved: CalendarDate, isForModel: Bool
  ) throws(DiagnosticList) {
    let register = try readSection106(files, organisation: organisation, retrieved: retrieved)
    let agreements = try isForModel ? ModelAgreements(register) : nil
    self.register = register
    self.agreements = agreements
    dataset = Section106Dataset(register, agreements: agreements, retrieved: retrieved)
  }

  /// Writes `data.csv`, `data.schema.yaml`, `README.md` and `refused.csv` into a folder, all or none of them.
  ///
  /// The folder is replaced where it is empty or an earlier import. **Throws** E602 where anything else stands there, E604 when the
  /// disk will not take it; then nothing has changed.
  public func write(to folder: URL) throws {
    try replaceImport(folder, with: dataset.files)
  }
}

extension ImportedDataset {
  /// Writes the data set into a folder, as ``Section106Import/write(to:)`` does.
  public func write(to folder: URL) throws { try replaceImport(folder, with: files) }
}
