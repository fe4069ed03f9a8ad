internal import Diagnostics
internal import PlacePlanning

/// The assumptions of one model: every `assumptions/*.yaml` together.
struct AssumptionFiles {
  struct Entry {
    let assumption: Assumption
    let place: SourceLocation
    let unitPlace: SourceLocation
  }

  var entries: [String: Entry] = [:]

  private static let keys = [
    "title", "unit", "value", "source", "mark", "quality", "impact", "note",
  ]

  init(_ documents: [YAMLValue], sources: [String]?, _ list: inout DiagnosticList) {
    for document in documents {
      guard let top = document.mapping("an assumption file", allowed: nil, &list) else { continue }
      for entry in top.entries {
        guard let read = Self.read(entry, sources: sources, &list) else { continue }
        if let first = entries[entry.name] {
          list.add(
            .duplicateDefinition, at: entry.place,
            what: "assumption '\(entry.name)' is defined twice; first at \(first.place)",
            why: "it is not certain which of the two counts", fix: "remove one of them")
        } else {
          entries[entry.name] = read
        }
      }
    }
  }

  private static func read(
    _ entry: YAMLMapping.Entry, sources: [String]?, _ list: inout DiagnosticList
  ) -> Entry? {
    guard let spec = entry.value.mapping("assumption '\(entry.name)'", allowed: keys, &list)
    else { return nil }
    let title = spec.text("title", &list)
    let unit = spec.text("unit", &list)
    let source = spec.text("source", &list)
    let mark = spec.word("mark", EvidenceMark.self, &list)
    let quality = spec.word("quality", Rating.self, &list)
    let impact = spec.word("impact", Rating.self, &list)
    let value = spec.parsed("value", wanted: "a number", &list, strictNumber)
    spec.checkSource(source, among: sources, &list)
    guard let title, let unit, let source, let mark, let quality, let impact, let value
    else { return nil }
    let assumption = Assumption(
      key: entry.name, title: title, unit: unit, value: value, source: source, mark: mark,
      quality: quality, impact: impact, place: entry.place.description)
    return Entry(
      assumption: assumption, place: entry.place,
      unitPlace: spec.optional("unit")?.value.location ?? entry.place)
  }
}

/// `sources.yaml`: the published works that the model's figures come from.
func readSources(
  _ document: YAMLValue, years: PlausibleYears? = nil, _ list: inout DiagnosticList
) -> [Source] {
  let keys = ["title", "publisher", "licence", "retrieved", "page"]
  guard let top = document.mapping("sources.yaml", allowed: nil, &list) else { return [] }
  // A source with a fault is refused and keeps its key, so that what names it is not refused as well.
  return top.entries.map { entry in
    let spec = entry.value.mapping("source '\(entry.name)'", allowed: keys, &list)
    return Source(
      key: entry.name, title: spec?.text("title", &list) ?? "",
      publisher: spec?.text("publisher", &list) ?? "",
      licence: spec?.text("licence", &list) ?? "",
      retrieved: spec?.date("retrieved", years, &list)?.label ?? "",
      page: spec?.optionalText("page", &list))
  }
}
