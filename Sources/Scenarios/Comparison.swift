/// Cases set beside the first of them: what moves, and by how much.
public struct CaseComparison: Sendable {
  /// One case and what was worked out for it.
  public struct Case: Sendable {
    public let name: String
    public let figures: CaseFigures

    /// `name` heads its column.
    public init(name: String, figures: CaseFigures) {
      self.name = name
      self.figures = figures
    }
  }

  /// One headline over the cases.
  public struct Row: Sendable {
    public let headline: Headline
    /// In the order of the cases.
    public let figures: [HeadlineFigure]

    /// True where a case's value or what goes with it differs from the first one's.
    public var moves: Bool { figures.contains { $0 != figures.first } }

    /// A case's value less the first one's; nil where either has none.
    public func change(_ index: Int) -> Double? {
      guard let base = figures.first?.value, let value = figures[index].value else { return nil }
      return value - base
    }
  }

  /// One area over the cases.
  public struct AreaRow: Sendable {
    public let figures: [CaseFigures.Area]

    /// The largest change of its worst need beside the first case. **Units** forms of entry.
    var largestChange: Double {
      figures.reduce(0) { max($0, abs($1.worst - (figures.first?.worst ?? 0))) }
    }
  }

  /// The base comes first.
  public let cases: [Case]
  public let rows: [Row]
  /// Those that every case has, in order of their codes.
  public let areas: [AreaRow]

  /// Areas are matched by their codes. Cases of one model have the same; one that a case does not have is left out.
  public init(_ cases: [Case], headlines: [Headline]) {
    self.cases = cases
    rows = headlines.map { headline in
      Row(headline: headline, figures: cases.map { $0.figures.figures[headline] ?? HeadlineFigure(nil) })
    }
    let codes = cases.first?.figures.areas.map(\.code) ?? []
    let known = cases.map { entry in
      Dictionary(entry.figures.areas.map { ($0.code, $0) }) { first, _ in first }
    }
    areas = codes.compactMap { code in
      let figures = known.compactMap { $0[code] }
      return figures.count == cases.count ? AreaRow(figures: figures) : nil
    }
  }

  /// Areas whose worst need moves by a twentieth of a form of entry or more, those that move most first.
  public var movedAreas: [AreaRow] {
    areas.filter { $0.largestChange >= 0.05 }.sorted {
      $0.largestChange == $1.largestChange
        ? ($0.figures.first?.code ?? "") < ($1.figures.first?.code ?? "")
        : $0.largestChange > $1.largestChange
    }
  }
}
