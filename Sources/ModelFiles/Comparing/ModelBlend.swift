internal import Diagnostics
internal import PlacePlanning

/// What a change in a model's files is a change of.
public enum ModelPart: String, CaseIterable, Sendable, Codable {
  /// `model.yaml`, `sources.yaml` and the data sets, but for ``schemeDates``.
  case data
  /// The assumptions, the scenarios' changes to them, and which scenario is asked for.
  case assumptions
  /// When schemes and changes of places start, open and end.
  case schemeDates = "scheme_dates"
}

/// What a blend of two models takes from the other one.
struct ModelBlend {
  /// Its sources are known beside the model's own.
  let sources: SourceFile
  /// The data sets whose dates count.
  let dates: [ModelText.DatasetText]
  /// Assumption files whose keys count, with the values of the model's own where it has them; nil for the model's own keys.
  let keys: [SourceFile]?

  func known(_ keys: [String]) -> [String] {
    var ignored = DiagnosticList()
    let other = ModelParts.document(sources, &ignored).map { readSources($0, &ignored) } ?? []
    return keys + other.map(\.key).filter { !keys.contains($0) }
  }
}

extension ModelText {
  /// The files of `base`, with some parts as `other` has them.
  ///
  /// The parts hang together: data may need an assumption that only one of the two has. With `sharedKeys` the assumptions are
  /// those that the data came with, and only their values change; without, they are the other's as they stand. A blend may be
  /// refused by `validate` where the whole models are not.
  public static func blend(
    _ base: ModelText, _ other: ModelText, taking parts: Set<ModelPart>, sharedKeys: Bool
  ) -> ModelText {
    func side(_ part: ModelPart) -> ModelText { parts.contains(part) ? other : base }
    let (data, assumptions, dates) = (side(.data), side(.assumptions), side(.schemeDates))
    var text = ModelText(
      model: data.model, sources: data.sources, assumptions: assumptions.assumptions,
      scenarios: assumptions.scenarios, datasets: data.datasets, scenario: assumptions.scenario)
    text.blend = ModelBlend(
      sources: (parts.contains(.data) ? base : other).sources, dates: dates.datasets,
      keys: sharedKeys ? data.assumptions : nil)
    return text
  }
}

extension AssumptionFiles {
  /// The assumptions that a blend's data came with, with these values for those that both have.
  func blended(_ blend: ModelBlend?, sources: [String]?) -> AssumptionFiles {
    guard let keys = blend?.keys else { return self }
    var ignored = DiagnosticList()
    var blended = AssumptionFiles(
      keys.compactMap { ModelParts.document($0, &ignored) }, sources: sources, &ignored)
    blended.entries = blended.entries.merging(entries.filter { blended.entries[$0.key] != nil }) { $1 }
    return blended
  }
}

extension DatasetRole {
  /// The columns that say when something starts, opens or ends.
  var dateColumns: [String] {
    switch self {
    case .schemes: ["build_years", "first_start", "last_start", "approved_start"]
    case .capacityChanges: ["from", "until"]
    case .publishedNeed: ["planned_from"]
    default: []
    }
  }
}

extension Dataset {
  /// These rows with the dates that a blend's data set gives the same rows.
  func blended(_ blend: ModelBlend?, _ role: DatasetRole, sources: [String]?) -> Dataset {
    var ignored = DiagnosticList()
    guard let text = blend?.dates.first(where: { $0.role == role }), !role.dateColumns.isEmpty,
      let schema = ModelParts.document(text.schema, &ignored).flatMap({
        DatasetSchema($0, sources: sources, &ignored)
      })
    else { return self }
    let other = Dataset(text.data, schema: schema, &ignored)
    let columns = role.dateColumns.filter { name in
      self.schema.columns.contains { own in
        own.name == name && schema.columns.contains { $0.name == name && $0.type == own.type }
      }
    }
    let theirs = other.byIdentity(role)
    var blended = self
    for (identity, row) in byIdentity(role) {
      guard let match = theirs[identity]?.row else { continue }
      blended.rows[row.position] = row.row.with(match.cells.filter { columns.contains($0.key) })
    }
    return blended
  }

  /// Rows by the cells of their key that are no dates; those that share them with another row are left out.
  func byIdentity(_ role: DatasetRole) -> [[String]: (position: Int, row: DatasetRow)] {
    let names = schema.key.filter { !role.dateColumns.contains($0) }
    return Dictionary(grouping: rows.enumerated(), by: { entry in names.map { entry.element.raw($0) } })
      .compactMapValues { $0.count == 1 ? ($0[0].offset, $0[0].element) : nil }
  }
}
