import Foundation
import TestSupport
import Testing

/// `places import`, `new` and `export`, as an analyst runs them.
@Suite struct ImportPublishedCommandTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func path(_ name: String) -> String { folder.path(name) }

  private func fixture(_ name: String) -> String { Repository.file("Tests/Fixtures/import/\(name)").path }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path(folder)).sorted()
  }

  // MARK: - Import

  @Test func `the answer names the layout and counts every row`() throws {
    let result = try places(
      "import", "gias", fixture("gias.csv"), "--authority", "999", "--into", path("out"), "--retrieved",
      "2024-11-23")
    #expect(result.status == 0)
    #expect(
      result.output.hasPrefix(
        """
        Open schools (Get information about schools)

        gias.csv: layout gias-establishments (Windows-1252), 4 rows
        rows                           \("")
        kept                          2
        set aside, another authority  1
        set aside, not open: Closed   1
        all rows                      4

        data.csv: 2 rows of urn, laestab,
        """))
    #expect(result.talk.contains("warning[W410]"))
    #expect(try names("out") == ["README.md", "data.csv", "data.schema.yaml", "refused.csv"])
  }

  @Test func `the same for machines`() throws {
    let result = try places(
      "import", "housing", fixture("housing-bad.xlsx"), "--into", path("out"), "--retrieved", "2024-11-23",
      "--format", "json")
    #expect(result.status == 0)
    let answer = try json(result.output)
    #expect(answer["format"] as? String == "places-import/1")
    #expect(answer["kind"] as? String == "housing" && answer["role"] as? String == "housing_completions")
    let file = try #require((answer["files"] as? [[String: Any]])?.first)
    #expect(file["layout"] as? String == "housing-trajectory")
    #expect(file["unit"] as? String == "figures")
    #expect(file["all"] as? Int == 9 && file["kept"] as? Int == 3)
    #expect(file["refused"] as? [String: Int] == ["E110": 5, "E416": 1])
  }

  @Test func `exit status 64 for one area of a trajectory, which names none`() throws {
    let result = try places(
      "import", "housing", fixture("housing-bad.xlsx"), "--authority", "916", "--into", path("out"))
    #expect(result.status == 64)
    #expect(result.talk.contains("--authority is for files of several areas"))
    #expect(!FileManager.default.fileExists(atPath: path("out")))
  }

  @Test func `an import of rolls and one of births are what forecast reads`() throws {
    var rolls = "area_code,area_name,academic_year,year_group,number_on_roll\n"
    for year in 2010...2017 {
      for group in 0...11 {
        rolls += "000,X,\(year)/\((year + 1) % 100),\(group == 0 ? "R" : "\(group)"),\(100 + group)\n"
      }
    }
    let births =
      "area_code,area_name,year_to_30_june,births\n" + (2004...2017).map { "000,X,\($0),110\n" }.joined()
    for (name, text) in [("rolls.csv", rolls), ("births.csv", births)] {
      try folder.write(text, to: name)
    }
    #expect(try places("import", "census", path("rolls.csv"), "--into", path("r")).status == 0)
    #expect(try places("import", "births", path("births.csv"), "--into", path("b")).status == 0)
    let forecast = try places(
      "forecast", path("r/data.csv"), "--births", path("b/data.csv"), "--origin", "2017/18", "--horizon", "3",
      "--draws",
      "10", "--out", path("f.csv"))
    #expect(forecast.status == 0, "\(forecast.talk)")
  }

  @Test func `a failed import leaves an earlier one as it was, and strangers alone`() throws {
    let into = ["--into", path("out"), "--retrieved", "2024-11-23"]
    func census(_ file: String, _ more: String...) throws -> CommandResult {
      try command(
        placesPath, ["import", "census", file] + into + more)
    }
    #expect(try census(fixture("census-plain.csv")).status == 0)
    let before = try folder.data("out/data.csv")
    let wrong = try census(fixture("births-mid.csv"))
    #expect(wrong.status == 65 && wrong.talk.contains("E411") && wrong.talk.contains("nothing was written"))
    #expect(try census(path("none.csv")).status == 66)
    #expect(try census(fixture("census-plain.csv"), "--year", "2013").status == 64)
    #expect(try folder.data("out/data.csv") == before)
    try folder.write("mine", to: "out/mine.txt")
    let stranger = try census(fixture("census-plain.csv"))
    #expect(stranger.status == 65 && stranger.talk.contains("holds 'mine.txt'"))
  }

  /// A cell that a spreadsheet would calculate is neutralised in the data and in the refusals.
  @Test func `formulas in text are neutralised, numbers stay`() throws {
    let text = "Ref,Site,2018/19,2019/20\nA1,=HYPERLINK(1),5,6\nA2,@cmd,3,7\nA3,@cmd,-1,7\n"
    try folder.write(text, to: "t.csv")
    #expect(try places("import", "housing", path("t.csv"), "--into", path("out")).status == 0)
    let data = try folder.text("out/data.csv")
    #expect(
      data.contains("a1,'=HYPERLINK(1),2018/19,5,given,\n") && data.contains("a2,'@cmd,2019/20,7,given,\n"))
    let refused = try folder.text("out/refused.csv")
    #expect(refused.contains("E113"))
    for file in [data, refused] {
      for line in file.split(separator: "\n") {
        for cell in line.split(separator: ",") { #expect(!"=@\t".contains(cell.prefix(1)), "\(line)") }
      }
    }
  }

  // MARK: - New

  private func newRoot() throws -> String {
    let root = folder("root")
    let copy = try ModelCopy()
    try FileManager.default.copyItem(at: copy.root, to: root)
    return root.path
  }

  @Test func `a new model runs at once and says that it is synthetic`() throws {
    let root = try newRoot()
    let made = try places(
      "new", "my-county", "--authority", "Shire: \"North\" & South", "--code", "916", "--root", root)
    #expect(made.status == 0, "\(made.talk)")
    let model = root + "/Models/my-county"
    let yaml = try String(contentsOfFile: model + "/model.yaml", encoding: .utf8)
    #expect(yaml.contains("synthetic: yes") && yaml.contains("places import births FILE"))
    #expect(yaml.contains("births: my-county-births") && !yaml.contains("exampleton"))
    let ran = try places("run", model, "--reports", path("reports"))
    #expect(ran.status == 0, "\(ran.talk)")
    #expect(ran.output.contains("Shire: \"North\" & South (synthetic)"))
    let readme = try String(contentsOfFile: model + "/README.md", encoding: .utf8)
    #expect(readme.contains("**Synthetic starting figures.**"))
    for name in try FileManager.default.contentsOfDirectory(atPath: root + "/Datasets")
    where name.hasPrefix("my-county") {
      let page = try String(contentsOfFile: root + "/Datasets/\(name)/README.md", encoding: .utf8)
      #expect(page.contains("**Synthetic.**"))
    }
  }

  @Test func `nothing that exists is overwritten`() throws {
    let root = try newRoot()
    #expect(try places("new", "twice", "--root", root).status == 0)
    let yaml = root + "/Models/twice/model.yaml"
    try Data("mine".utf8).write(to: URL(fileURLWithPath: yaml))
    let again = try places("new", "twice", "--root", root)
    #expect(again.status == 65 && again.talk.contains("E420"))
    #expect(try String(contentsOfFile: yaml, encoding: .utf8) == "mine")
    // A data set of that name is enough.
    try FileManager.default.createDirectory(
      atPath: root + "/Datasets/other-births", withIntermediateDirectories: true)
    #expect(try places("new", "other", "--root", root).status == 65)
    #expect(!FileManager.default.fileExists(atPath: root + "/Models/other"))
    #expect(try places("new", "No Name", "--root", root).status == 64)
    #expect(try places("new", "a", "--code", "91", "--root", root).status == 64)
    #expect(try places("new", "b", "--from", "nowhere", "--root", root).status == 66)
  }

  // MARK: - Export

  @Test func `plain tables are tidy, with their year as a number`() throws {
    let result = try places(
      "export", "Models/exampleton", "--kind", "plain", "--out", path("out"), "--format", "json")
    #expect(result.status == 0, "\(result.talk)")
    #expect(try json(result.output)["format"] as? String == "places-export/1")
    #expect(
      try names("out") == [
        "README.md", "balance.csv", "chosen_programme.csv", "chosen_programme_years.csv", "datapackage.json",
        "forecast.csv", "programme.csv",
      ])
    let forecast = try folder.text("out/forecast.csv").split(
      separator: "\n")
    #expect(
      forecast[0]
        == "scenario,academic_year,year_start,planning_area_code,phase,year_group,pupils,pupils_without_housing"
    )
    // README of the town, section 6: P1 in 2019/20 has 74.6 in Reception, 74.4 without new homes.
    #expect(forecast.contains("central,2019/20,2019,P1,primary,R,74.6,74.4"))
    let package = try json(folder.text("out/datapackage.json"))
    #expect((package["resources"] as? [[String: Any]])?.count == 5)
    #expect(package["synthetic"] as? Bool == true)
  }

  /// The first has a programme and no draws, the second draws and no programme.
  @Test(arguments: ["exampleton", "sampleford"])
  func `every number of a plain export has its unit`(_ model: String) throws {
    #expect(try places("export", "Models/\(model)", "--kind", "plain", "--out", path("out")).status == 0)
    let resources = try json(folder.text("out/datapackage.json"))["resources"] as? [[String: Any]] ?? []
    let fields = resources.flatMap { resource in
      (resource["schema"] as? [String: Any])?["fields"] as? [[String: String]] ?? []
    }
    let numbers = fields.filter { $0["type"] == "number" }
    #expect(!numbers.isEmpty)
    let units = ["Pupils", "Places", "Pounds", "Share of draws, 0 to 1", "forms of entry", "unmet places"]
    for field in numbers {
      let meaning = field["description"] ?? ""
      #expect(units.contains { meaning.contains($0) }, "\(field["name"] ?? "a column"): \(meaning)")
    }
  }

  @Test func `SCAP tables have the published columns, whole pupils and the years asked for`() throws {
    let result = try places("export", "Models/exampleton", "--kind", "scap", "--out", path("out"))
    #expect(result.status == 0, "\(result.talk)")
    #expect(result.talk.contains("warning[W413]"))
    let rows = try folder.text("out/scap_forecast.csv").split(
      separator: "\n"
    )
    .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    #expect(
      rows[0].prefix(5) == [
        "time_period", "time_identifier", "geographic_level", "country_code", "country_name",
      ])
    // Two primary areas, seven year groups, five years; two secondary areas, five year groups, the six years that there are.
    #expect(rows.count == 1 + 2 * 7 * 5 + 2 * 5 * 6)
    let p1 = rows.filter { $0[0] == "201920" && $0[7] == "P1" }
    // 74.6, 62.6 and five times 60.2: 438.2 pupils, of which seven times 0.2 are of new homes.
    #expect(p1.compactMap { Int($0[11]) }.reduce(0, +) == 438)
    #expect(p1.compactMap { Int($0[12]) }.reduce(0, +) == 1)
    #expect(p1.allSatisfy { Int($0[11]) == (Int($0[12]) ?? 0) + (Int($0[13]) ?? 0) })
    #expect(p1.map { $0[10] } == ["Reception"] + (1...6).map { "Year 0\($0)" })
    let need = try folder.text("out/scap_need.csv")
    #expect(need.split(separator: "\n").count == rows.count)
  }

  @Test func `an export replaces an export and nothing else`() throws {
    func export(_ kind: String) throws -> Int32 {
      try places("export", "Models/exampleton", "--kind", kind, "--out", path("out")).status
    }
    #expect(try export("plain") == 0)
    let before = try folder.data("out/forecast.csv")
    #expect(try export("plain") == 0)
    #expect(try folder.data("out/forecast.csv") == before)
    #expect(try export("scap") == 0)
    #expect(try names("out").contains("scap_need.csv"))
    #expect(try export("ees") == 64)
    try folder.write("", to: "out/mine.txt")
    #expect(try export("scap") == 65)
    #expect(try places("export", "Models/none", "--kind", "plain", "--out", path("x")).status == 66)
  }
}
