import Foundation
import ModelFiles
import TestSupport
import Testing

@Suite struct CommandLineTests {
  @Test(arguments: ["validate", "project", "compare", "prioritise", "monitor"])
  func `a verb answers people and machines, on standard output`(_ verb: String) throws {
    let text = try places(verb, "Models/exampleton")
    #expect(text.status == 0)
    #expect(!text.output.isEmpty && text.talk.isEmpty)
    let machine = try places(verb, "Models/exampleton", "--format", "json")
    #expect(machine.status == 0)
    #expect(try !json(machine.output).isEmpty)
  }

  @Test func `exit status 64 for a wrong word`() throws {
    #expect(try places("project").status == 64)
    #expect(try places("project", "Models/exampleton", "--formt", "json").status == 64)
    #expect(try places("proiect", "Models/exampleton").status == 64)
    let code = try places("explain", "E12")
    #expect(code.status == 64)
    #expect(code.talk.contains("Did you mean E012?"))
  }

  @Test(arguments: [
    ["project", "Models/exampleton", "--seed", "1", "--seed=2"],
    ["validate", "Models/exampleton", "--scenario", "central", "--scenario", "late-homes"],
    ["forecast", "r.csv", "--origin", "2014/15", "--origin", "2015/16", "--horizon", "1", "--out", "f.csv"],
    ["import", "census", "c.csv", "--into", "x", "--authority", "1", "--authority", "2"],
    ["export", "Models/exampleton", "--kind", "scap", "--kind", "plain", "--out", "x"],
    ["runs", "--store", "a", "--store", "b"], ["runs", "show", "x", "--store", "a", "--store", "b"],
    ["run", "Models/exampleton", "--formats", "html", "--formats", "pdf"],
  ])
  func `exit status 64 for an option given twice`(_ words: [String]) throws {
    let answer = try command(placesPath, words)
    #expect(answer.status == 64 && answer.output.isEmpty)
    #expect(answer.talk.contains("is given more than once; it takes one value."), "\(answer.talk)")
    #expect(answer.talk.contains("See 'places \(words[0])"), "\(answer.talk)")
  }

  @Test func `the version is that of run records`() throws {
    let answer = try places("--version")
    let folder = "Reports/gloucestershire/"
    let run = try #require(try FileManager.default.contentsOfDirectory(atPath: folder).first)
    let record = try json(String(contentsOfFile: folder + run + "/run.json", encoding: .utf8))
    #expect(answer.status == 0 && answer.output == (record["version"] as? String ?? "") + "\n")
  }

  @Test func `what may be given several times still may`() throws {
    let answer = try places(
      "whatif", "Models/exampleton", "--set", "births.future_factor=0.9", "--set=housing.delivery_factor=0.5",
      "--scenario", "late-homes", "--scenario", "late-and-few")
    #expect(answer.status == 0, "\(answer.talk)")
  }

  @Test(arguments: [
    ["--stress"], ["--explain"], ["--explain", "--regret"], ["--draws", "10"], ["--write-lp", "x"],
    ["--neighbours"], ["--measure", "worst:0.1"], ["--time-limit", "1"], ["--seed", "2"], ["--gap", "0.1"],
  ])
  func `exit status 64 for what the approved programme would not heed`(_ options: [String]) throws {
    let answer = try command(placesPath, ["prioritise", "Models/exampleton", "--approved"] + options)
    #expect(answer.status == 64)
    #expect(answer.talk.contains("--approved chooses none"), "\(answer.talk)")
  }

  @Test func `exit status 64 for a scenario where two recorded runs are compared`() throws {
    let answer = try places("diff", "one", "two", "--scenario", "late-homes")
    #expect(answer.status == 64 && answer.talk.contains("--scenario is for a model's folder"))
  }

  /// The town with moves from Year 6 to Year 7 by a pattern, of which a tenth leaves.
  private func patternTown() throws -> ModelCopy {
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/model.yaml", "transfer: observed", with: "transfer: pattern")
    try copy.replace(
      "Models/exampleton/assumptions/all.yaml", "# Invented.\n",
      with: """
        transfer.leavers:
          title: Share of Year 6 that leaves the town's schools
          unit: share
          value: 0.1
          source: places-project
          mark: assumed
          quality: red
          impact: amber

        """)
    return copy
  }

  @Test func `a model whose pupils cannot be carried forward is not sound`() throws {
    let copy = try patternTown()
    try copy.write(
      "Datasets/exampleton-transfer/data.csv",
      "primary_planning_area_code,secondary_planning_area_code,share\nP1,S2,1\nP2,S1,1\n".utf8)
    let answer = try places("validate", copy.root.appendingPathComponent("Models/exampleton").path)
    #expect(answer.status == 65)
    #expect(answer.talk.contains("error[E212]"))
  }

  /// A nought lost from both counts of Year 7: of 100 pupils in Year 6 90 stay, and 10 are counted.
  @Test func `validate tells of the counts behind a projection that cannot be`() throws {
    let copy = try patternTown()
    let rolls = "Datasets/exampleton-area-rolls/data.csv"
    try copy.replace(rolls, "S1,2017/18,7,60", with: "S1,2017/18,7,6")
    try copy.replace(rolls, "S2,2017/18,7,40", with: "S2,2017/18,7,4")
    let answer = try places("validate", copy.root.appendingPathComponent("Models/exampleton").path)
    #expect(answer.status == 65)
    #expect(answer.talk.contains("Year 7 of 2017/18 has 10 pupils, and its Year 6 of 2016/17 had 100"))
    #expect(answer.talk.contains("warning[W301]: Year 7 of the authority in 2017/18 is 10"))
  }

  @Test func `validate says what it did not try`() throws {
    let untried = "Whether the committed schemes can all be paid for is found by prioritise."
    #expect(try places("validate", "Models/exampleton").output.contains(untried))
    #expect(try !places("validate", "Models/sampleford").output.contains(untried))
  }

  @Test func `validate lists every warning`() throws {
    let answer = try places("validate", "Models/gloucestershire")
    let all = try json(places("validate", "Models/gloucestershire", "--format", "json").output)["warnings"]
    let count = try #require(all as? [Any]).count
    #expect(count > 3)
    #expect(answer.talk.components(separatedBy: "warning[").count == 1 + count)
    #expect(!answer.talk.contains("more: "))
  }

  @Test(arguments: ["project", "prioritise", "whatif"])
  func `exit status 64 for more draws than there is memory for`(_ verb: String) throws {
    let answer = try places(verb, "Models/gloucestershire", "--draws", "100000000000")
    #expect(answer.status == 64)
    #expect(answer.talk.contains("--draws must be 0, or lie between 2 and 100000."))
    #expect(answer.output.isEmpty)
  }

  @Test(arguments: ["inf", "1e17", "0", "-1", "nan"])
  func `exit status 64 for a limit on time that no clock holds`(_ seconds: String) throws {
    for verb in ["prioritise", "run"] {
      let answer = try places(verb, "Models/exampleton", "--time-limit=\(seconds)")
      #expect(answer.status == 64)
      #expect(answer.talk.contains("--time-limit"), "\(answer.talk)")
    }
  }

  /// A scenario that leaves out a scheme has fewer rival plans: each stands in its own row all the same.
  @Test func `regret is told by plan, whatever a scenario leaves out`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      "Models/exampleton/assumptions/programme.yaml", "delivery.small.year_late:",
      with: """
        scheme.south_bulge.available:
          title: Can be built (1) or not (0)
          unit: choice
          value: 1
          source: places-project
          mark: assumed
          quality: red
          impact: green
        delivery.small.year_late:
        """)
    try copy.write(
      "Models/exampleton/scenarios/no-bulge.yaml",
      Array(
        """
        scenario: no-bulge
        title: Without the extra class
        overrides:
          - set: scheme.south_bulge.available
            was: 1
            to: 0
            why: To leave a rival plan out
            source: places-project

        """.utf8))
    let answer = try places(
      "prioritise", copy.root.appendingPathComponent("Models/exampleton").path, "--explain", "--regret",
      "--draws", "0")
    #expect(answer.status == 0, "\(answer.talk)")
    let rows = answer.output.split(separator: "\n").map(String.init)
    let table = try #require(rows.firstIndex { $0.hasPrefix("Regret of plans for ") })
    let regrets = rows[(table + 1)...].filter { row in
      ["An extra class", "Half a form more", "Wait"].contains { row.hasPrefix($0) }
    }
    #expect(regrets.count == 3, "\(rows[table...])")
    let header = try #require(rows[(table + 1)...].first { $0.hasPrefix("Plan") })
    #expect(header.contains("no-bulge"))
    // The plan that the scenario leaves out has dashes there, and at the worst of all.
    #expect(try #require(regrets.first { $0.hasPrefix("An extra class") }).contains("–"))
    #expect(try !#require(regrets.first { $0.hasPrefix("Wait") }).contains("–"))
  }

  @Test func `exit status 64 for a port that is none`() throws {
    let answer = try places("serve", "--port", "99999")
    #expect(answer.status == 64)
    #expect(answer.talk.contains("--port must lie between 0 and 65535."))
  }

  @Test func `exit status 64 for a port that another program has`() throws {
    let socket = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(socket) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isTaken = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, length) == 0 && listen(socket, 1) == 0 && getsockname(socket, $0, &length) == 0
      }
    }
    try #require(isTaken)
    let port = UInt16(bigEndian: address.sin_port)
    let answer = try places("serve", "--port", "\(port)")
    #expect(answer.status == 64 && answer.output.isEmpty)
    #expect(answer.talk.contains("--port: port \(port) is in use by another program"), "\(answer.talk)")
  }

  /// A line may be called what the sum is called.
  @Test func `a line named Total has its own split, and the sum has its own`() throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-spending/data.csv", "North Primary expansion", with: "Total")
    let text = try places("monitor", copy.request().folder.path).output
    let table = try #require(text.components(separatedBy: "The year's end").last)
    let rows = table.split(separator: "\n").filter { $0.hasPrefix("Total ") }.map {
      $0.split(separator: " ").map(String.init)
    }
    #expect(
      rows.map { Array($0.prefix(7)) } == [
        ["Total", "500,000", "600,000", "450,000", "−150,000", "−150,000", "0"],
        ["Total", "850,000", "1,000,000", "920,000", "−80,000", "−150,000", "50,000"],
      ])
  }

  @Test func `which variances are not split is said where some are`() throws {
    let copy = try ModelCopy()
    let model = copy.request().folder.path
    try copy.replace(
      "Datasets/exampleton-spending/data.csv", "350000,400000,400000,,grant,,",
      with: ",400000,400000,,grant,,")
    let some = try places("monitor", model).output
    #expect(
      some.contains(
        "Not published: forecast outturn of 1 line; so the variance of South Primary roof is not split into "
          + "time, cost and scope, nor is the total's."), "\(some)")
    let town = try places("monitor", "Models/exampleton").output
    #expect(town.contains("by who pays:\n  Section 106: 150,000\n\n"), "\(town)")
    let late = "  Castle School boiler: Asbestos found\nBy the forecasts of the year's end 1 line slips."
    #expect(town.contains(late), "\(town)")
    #expect(some.contains("  Section 106: 150,000\n  not known: South Primary roof\n"), "\(some)")
    let none = try places("monitor", "Models/gloucestershire").output
    #expect(none.contains("; so the variance is not split into time, cost and scope."))
    #expect(try !places("monitor", "Models/exampleton").output.contains("is not split"))
  }

  @Test func `where nothing is short no gap of nought is listed`() throws {
    let copy = try ModelCopy("loneham")
    let reports = copy.root.appendingPathComponent("Reports").path
    let short = try places("run", copy.request().folder.path, "--reports", reports, "--formats", "csv").output
    #expect(short.contains("Largest gaps at entry, in forms of entry:\n  Island: 1.4 FE in 2020/21\n\n"))
    try copy.replace("Datasets/loneham-births/data.csv", "2016,54", with: "2016,3")
    let none = try places("run", copy.request().folder.path, "--reports", reports, "--formats", "csv").output
    #expect(none.contains("No area is short of 0.1 FE or more at entry in any year."), "\(none)")
    #expect(!none.contains(" FE in "))
  }

  @Test func `exit status 65 for faulty input, 66 for a missing file`() throws {
    let copy = try ModelCopy()
    let model = copy.root.appendingPathComponent("Models/exampleton").path
    try copy.replace("Datasets/exampleton-births/data.csv", "Southgate,2014,50", with: "Southgate,2014,")
    let faulty = try places("run", model, "--reports", copy.root.appendingPathComponent("Reports").path)
    #expect(faulty.status == 65)
    #expect(faulty.output.isEmpty)
    #expect(faulty.talk.contains("error[E112]: 'births' is blank"))
    #expect(faulty.talk.contains("1 error, 0 warnings; nothing was written. More: places explain E112"))
    #expect(!FileManager.default.fileExists(atPath: copy.root.appendingPathComponent("Reports").path))
    let diagnostics =
      try json(places("project", model, "--format", "json").output)["diagnostics"] as? [[String: Any]]
    #expect(diagnostics?.count == 1)
    #expect(diagnostics?.first?["code"] as? String == "E112")
    #expect(diagnostics?.first?["line"] as? Int == 12)
    try copy.remove("Datasets/exampleton-births/data.csv")
    #expect(try places("project", model).status == 66)
  }

  @Test func `all faults at once`() throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-births/data.csv", "Southgate,2014,50", with: "Southgate,2014,")
    try copy.replace("Datasets/exampleton-area-rolls/data.csv", "P1,2017/18,R,60", with: "P1,2017/18,R,-60")
    try copy.replace("Datasets/exampleton-places/data.csv", "P1,R,60", with: "P1,R,6.5")
    try copy.replace("Models/exampleton/assumptions/all.yaml", "quality: red", with: "quality: pink")
    try copy.replace("Models/exampleton/scenarios/late-homes.yaml", "why:", with: "wy:")
    let talk = try places("project", copy.root.appendingPathComponent("Models/exampleton").path).talk
    for code in ["E112", "E113", "E111", "E014", "E012"] {
      #expect(talk.contains("error[\(code)]"), "\(code) is not reported")
    }
  }

  /// Worked in Models/exampleton/README.md, section 14.
  @Test func `neighbours place pupils where they are asked to, and are refused where there are none`() throws
  {
    let town = "Models/exampleton"
    let plain = try json(places("prioritise", town, "--format", "json").output)
    #expect(plain["neighbours"] == nil)
    let linked = try json(places("prioritise", town, "--neighbours", "--format", "json").output)
    expectClose(linked["weighted_unmet"] as? Double, 77.75, within: 1e-6)
    expectClose(linked["present_cost"] as? Double, 513_434.18, within: 2)
    let neighbours = linked["neighbours"] as? [String: Any]
    let transport = neighbours?["present_transport"] as? [String: Any]
    expectClose(transport?["draws"] as? Double, 69_540.38, within: 0.01)
    expectClose(transport?["gap"] as? Double, 0, within: 1e-6)
    #expect((neighbours?["placed"] as? [Any])?.count == 8)
    let copy = try ModelCopy()
    try copy.replace("Models/exampleton/model.yaml", "  neighbours: exampleton-neighbours\n", with: "")
    let model = copy.root.appendingPathComponent("Models/exampleton").path
    let refused = try places("prioritise", model, "--neighbours")
    #expect(refused.status == 64)
    #expect(refused.talk.contains("model 'exampleton' names no neighbours"))
    #expect(try places("prioritise", model, "--neighbours", "--measure", "worst:0.1").status == 64)
  }

  /// The castle's pot may pay for the boiler alone, which it does already, and lapses every year.
  @Test func `a million more that no scheme can use is said to lapse`() throws {
    let town = "Models/exampleton"
    let text = try places("prioritise", town, "--explain", "--draws", "0").output
    let lines = text.split(separator: "\n").filter { $0.contains("lapses or goes back") }
    #expect(lines.count == 1)
    #expect(lines.first?.hasPrefix("Castle School contribution") == true)
    #expect(lines.first?.hasSuffix("; all of it lapses or goes back, which counts as a cost") == true)
    let answer = try json(
      places("prioritise", town, "--explain", "--draws", "0", "--format", "json").output)
    let explanations = answer["explanations"] as? [String: Any]
    let more = explanations?["one_million_more"] as? [[String: Any]]
    let lapsed = more?.filter { $0["lapsed_or_returned"] != nil }
    #expect(lapsed?.map { $0["what"] as? String } == ["castle"])
    #expect(lapsed?.map { $0["lapsed_or_returned"] as? Int } == [1_000_000])
  }

  /// One of two blocks uses up 100,000 pounds that lapse, and neither meets any need. Without the cheaper one the other does: it brings
  /// 7,500 pounds of growth fund and 5,000 of hire more, and 5 more empty places at 100 pounds.
  @Test(arguments: [[], ["--neighbours"]] as [[String]])
  func `without a scheme another that is as good for pupils saves its money`(_ options: [String]) throws {
    let copy = try ModelCopy()
    let row =
      "temporary,S2,7,%,1,100000,cash,0,one_year,2018/19,2018/19,no,spare,,5,small,,,assumed,Invented,"
    let rows = [("spare_one", "One", "5"), ("spare_two", "Two", "10")].map { key, name, places in
      "\(key),\(name)," + row.replacing("%", with: places) + "\n"
    }
    let schemes = "south_bulge,South Primary extra class"
    try copy.replace("Datasets/exampleton-schemes/data.csv", schemes, with: rows.joined() + schemes)
    let pot = "north_grant,Grant for places in North"
    try copy.replace(
      "Datasets/exampleton-funding-pots/data.csv", pot,
      with: "lapsing,Lapsing grant,grant,temporary,,,,,no,,cash,assumed,Invented\n" + pot)
    let receipt = "north_grant,2018/19,300000"
    try copy.replace(
      "Datasets/exampleton-pot-receipts/data.csv", receipt, with: "lapsing,2018/19,100000\n" + receipt)
    let model = copy.root.appendingPathComponent("Models/exampleton").path
    let common = ["prioritise", model, "--explain", "--draws", "0", "--format", "json"]
    let answer = try json(command(placesPath, common + options).output)
    let explanations = answer["explanations"] as? [String: Any]
    let without = explanations?["without"] as? [[String: Any]]
    let found = try #require(without?.first { $0["what"] as? String == "spare_one" })
    #expect(found["added"] as? [String] == ["spare_two"])
    let unmet = try #require(found["more_unmet"] as? Double)
    #expect(abs(unmet) < 1e-6, "\(unmet)")
    let cost = try #require(found["more_present_cost"] as? Double)
    #expect(abs(cost - 12_929.5) < 60, "\(cost)")
  }

  /// With its limit of 300,000 the town borrows for South's expansion, and fewer places are unmet: borrowing does make a difference.
  @Test func `limits of nought do not say that borrowing makes no difference`() throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-borrowing/data.csv", "2019/20,300000,", with: "2019/20,0,")
    let model = copy.root.appendingPathComponent("Models/exampleton").path
    let answer = try places("prioritise", model, "--explain", "--draws", "0")
    #expect(answer.status == 0, "\(answer.talk)")
    #expect(!answer.output.contains("borrowing makes no difference"))
    #expect(answer.output.contains("Nothing may be borrowed in any year"))
  }

  /// One pound more or less buys nothing. What more than the limits tried would do is not known.
  @Test func `that borrowing makes no difference is said of the limits that were tried`() throws {
    let copy = try ModelCopy()
    try copy.replace("Datasets/exampleton-borrowing/data.csv", "2019/20,300000,", with: "2019/20,1,")
    let model = copy.root.appendingPathComponent("Models/exampleton").path
    let output = try places("prioritise", model, "--explain", "--draws", "0").output
    #expect(
      output.contains(
        "Between 0% and 150% of the yearly limits, borrowing makes no difference to weighted unmet places that means anything."
      ))
  }

  @Test func `explain prints a page`() throws {
    let page = try places("explain", "e112")
    #expect(page.status == 0)
    #expect(page.output.hasPrefix("# E112"))
  }

  @Test func `a run on real figures says where its paper is`() throws {
    let folder = try TemporaryFolder()
    let run = try places("run", "Models/gloucestershire", "--reports", folder.url.path)
    #expect(run.status == 0)
    #expect(run.output.contains("Approved programme: 13 schemes, £51.195 million"))
    let papers = run.output.split(separator: "\n").filter { $0.hasPrefix("Written: ") }.map {
      $0.dropFirst("Written: ".count).prefix { $0 != " " }
    }
    #expect(papers.count == 2)
    for paper in papers { #expect(FileManager.default.fileExists(atPath: String(paper)), "\(paper)") }
  }
}
