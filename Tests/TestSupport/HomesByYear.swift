extension ModelCopy {
  /// Gives the town the role `housing_completions` with these rows: site, year, homes, mark and note.
  public func giveHomesByYear(_ rows: [String]) throws {
    let name = "exampleton-housing-completions"
    try replace(
      "Models/exampleton/model.yaml", "  pupil_yields:",
      with: "  housing_completions: \(name)\n  pupil_yields:")
    try write(
      "Datasets/\(name)/data.schema.yaml",
      """
      dataset: \(name)
      title: "Homes by year, Exampleton (synthetic)"
      source: places-project
      licence: The licence of this project
      retrieved: 2026-11-23
      mark: assumed
      quality: red
      synthetic: yes
      columns:
        site_key: { type: code }
        year: { type: academic_year }
        dwellings: { type: count, unit: dwellings, minimum: 0 }
        mark: { type: word, words: [given, derived, assumed] }
        note: { type: text, optional: yes }
      key: [site_key, year]

      """.utf8)
    try write(
      "Datasets/\(name)/data.csv",
      ("site_key,year,dwellings,mark,note\n" + rows.map { $0 + "\n" }.joined()).utf8)
  }

  /// Takes an assumption out of the town's `all.yaml`.
  public func removeAssumption(_ key: String) throws {
    let file = "Models/exampleton/assumptions/all.yaml"
    var (kept, isInside) = ("", false)
    for line in try read(file).split(separator: "\n", omittingEmptySubsequences: false) {
      if !line.hasPrefix(" ") { isInside = line == "\(key):" }
      if !isInside { kept += line + "\n" }
    }
    try write(file, kept.utf8)
  }
}
