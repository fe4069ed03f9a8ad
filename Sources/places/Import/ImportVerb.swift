import ArgumentParser
import Diagnostics
import ModelFiles
import PlacePlanning
import Runs

struct ImportVerb: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import", abstract: "Turn a published file into a data set; every row is accounted for.",
    discussion: """
      The layout of a file is told by its headings and named in the answer; headings of no known layout are refused. A row, or a \
      figure where a row holds many, is kept, set aside with a reason, or refused with its place, the reason and the remedy; refused \
      rows do not stop an import.
      """,
    subcommands: [
      ImportCensus.self, ImportBirths.self, ImportCapacity.self, ImportScorecards.self, ImportRegister.self,
      ImportHousing.self, ImportSection106.self,
    ])
}

/// What every import takes.
struct ImportOptions: ParsableArguments {
  @Argument(help: "The published file, or several of one kind.")
  var files: [String]

  @Option(help: "Keep one area only: its code as the file has it, such as 916 or E10000013.")
  var authority: String?

  @Option(help: "The key of the source in sources.yaml; the kind's usual one when it is left out.")
  var source: String?

  @OptionGroup var target: ImportTarget

  func validate() throws {
    let isKey = { (text: String) in
      !text.isEmpty && text.allSatisfy { $0 == "-" || $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
    if let source, !isKey(source) {
      throw ValidationError("--source is '\(source)': write letters, digits and hyphens.")
    }
  }

  /// Imports, writes and answers.
  func run(_ kind: ImportKind, _ change: (inout ImportRequest) throws -> Void = { _ in }) throws {
    let into = target.into
    try target.run { day in
      var request = ImportRequest(kind, files: files.map(url), retrieved: day)
      request.authority = authority
      request.source = source
      try change(&request)
      let dataset = try importDataset(request)
      try dataset.write(to: url(into))
      sayRefusals(dataset.refusals, into: into)
      return Answer(
        text: importText(dataset) + "\n\nWritten: \(into)", json: ImportAnswer(dataset, folder: into),
        warnings: dataset.warnings)
    }
  }
}

struct ImportCensus: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "census",
    abstract: "Number on roll by national curriculum year group, from the school census.",
    discussion: """
      Reads explore education statistics (a row for each area, school type, sex and year group), the underlying data of the years \
      before 2015/16 (a column for each sex and year group), and plain tables.
      """)
  @OptionGroup var options: ImportOptions

  @Option(help: "The academic year, for a file that does not say it, such as 2013/14.")
  var year: String?

  @Option(help: "Which schools to count: state-funded, or mainstream (primary and secondary alone).")
  var schools = SchoolScope.stateFunded

  @Flag(help: "Name areas by their nine-character codes rather than the department's three digits.")
  var newCodes = false

  @Flag(help: "Write the columns of a model's county_rolls; needs one area.")
  var forModel = false

  func validate() throws {
    if let year, AcademicYear(label: year) == nil {
      throw ValidationError("--year is '\(year)': write an academic year such as 2013/14.")
    }
  }

  func run() throws {
    try options.run(.census) { request in
      request.academicYear = year.flatMap { AcademicYear(label: $0) }
      request.schools = schools
      request.usesNewCodes = newCodes
      request.isForModel = forModel
    }
  }
}

struct ImportBirths: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "births", abstract: "Live births by authority, of calendar years or of years to 30 June.")
  @OptionGroup var options: ImportOptions

  @Option(
    help: "Which years to keep, or what the years of a file are that does not say: calendar or mid-year.")
  var birthYear: BirthYear?

  @Flag(help: "Write the columns of a model's births: the area's name as its district.")
  var forModel = false

  func run() throws {
    try options.run(.births) { request in
      request.birthYear = birthYear
      request.isForModel = forModel
    }
  }
}

struct ImportCapacity: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scap", abstract: "Schools, rolls and net capacity, from the School Capacity survey.")
  @OptionGroup var options: ImportOptions

  @Flag(help: "Add schools up by planning area.")
  var areas = false

  func run() throws { try options.run(.scap) { $0.byPlanningArea = areas } }
}

struct ImportScorecards: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "scorecards",
    abstract: "Cost per place, forecast accuracy, places and need, from the school places scorecards.")
  @OptionGroup var options: ImportOptions

  @Option(
    help: "The quarter in whose prices costs are, where the publication does not say it, such as 2018-Q1.")
  var priceBase: String?

  @Flag(help: "Name areas by their nine-character codes rather than the department's three digits.")
  var newCodes = false

  func validate() throws {
    if let priceBase, priceBase.wholeMatch(of: /20\d\d-Q[1-4]/) == nil {
      throw ValidationError("--price-base is '\(priceBase)': write a quarter such as 2018-Q1.")
    }
  }

  func run() throws {
    try options.run(.scorecards) { request in
      request.priceBase = priceBase
      request.usesNewCodes = newCodes
    }
  }
}

struct ImportRegister: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gias", abstract: "Open schools, from the register of all establishments.")
  @OptionGroup var options: ImportOptions

  func run() throws { try options.run(.gias) }
}

struct ImportHousing: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "housing", abstract: "Homes by site and year, from a housing trajectory (a workbook or CSV)."
  )
  @OptionGroup var options: ImportOptions

  @Option(help: "The worksheet, where several have a heading of a trajectory.")
  var sheet: String?

  @Flag(help: "Write a row a site, as a model's housing_sites has it.")
  var sites = false

  func validate() throws {
    try refuseGiven(
      ["--authority": options.authority != nil],
      "is for files of several areas, and a trajectory does not say of which area its sites are.")
  }

  func run() throws {
    try options.run(.housing) { request in
      request.sheet = sheet
      request.bySite = sites
    }
  }
}
