import Testing

@testable import OpenData

/// A pair of files that passes, to be spoilt one rule at a time.
private struct Pair {
  var name = "pupil-forecast"
  var data = [
    [
      "time_period", "time_identifier", "geographic_level", "country_code", "country_name", "region_code",
      "region_name",
      "old_la_code", "new_la_code", "la_name", "education_phase", "pupil_count",
    ],
    [
      "201819", "Academic year", "Local authority", "E92000001", "England", "E12000009", "South West", "916",
      "E10000013",
      "Gloucestershire", "Primary", "120",
    ],
    [
      "201819", "Academic year", "Local authority", "E92000001", "England", "E12000009", "South West", "916",
      "E10000013",
      "Gloucestershire", "Total", "c",
    ],
  ]
  var meta = [
    [
      "col_name", "col_type", "label", "indicator_grouping", "indicator_unit", "indicator_dp", "filter_hint",
      "filter_grouping_column", "filter_default",
    ],
    ["education_phase", "Filter", "Phase of education", "", "", "", "Choose one", "", ""],
    ["pupil_count", "Indicator", "Number of pupils", "Pupils", "", "0", "", "", ""],
  ]

  /// Puts a text into a column of every row of the data.
  mutating func put(_ text: String, _ column: String, row: Int? = nil) {
    guard let index = data[0].firstIndex(of: column) else { return }
    for place in 1..<data.count where row == nil || row == place { data[place][index] = text }
  }

  mutating func putMeta(_ text: String, _ column: String, row: Int) {
    guard let index = meta[0].firstIndex(of: column) else { return }
    meta[row][index] = text
  }

  mutating func drop(_ column: String) {
    guard let index = data[0].firstIndex(of: column) else { return }
    for place in data.indices { data[place].remove(at: index) }
  }

  var faults: [ScreeningFault] { screen(name: name, data: data, meta: meta) }
}

@Suite struct ScreeningTests {
  @Test func `a sound pair passes`() {
    #expect(Pair().faults.isEmpty)
  }

  /// For each rule the smallest thing that is wrong.
  private func spoilt(_ rule: ScreeningRule) -> [Pair] {
    func pair(_ change: (inout Pair) -> Void) -> Pair {
      var pair = Pair()
      change(&pair)
      return pair
    }
    switch rule {
    case .fileName:
      return ["Pupil forecast", "forecast-2018", "forecast.csv", ""].map { name in pair { $0.name = name } }
    case .dataColumnsRequired: return [pair { $0.drop("time_identifier") }]
    case .metaColumnsRequired:
      return [
        pair { for row in $0.meta.indices { $0.meta[row].remove(at: 2) } },
        pair { $0.meta[0][8] = "default" },
      ]
    case .columnsUnique: return [pair { $0.data[0][7] = "region_code" }]
    case .columnsSnakeCase:
      return [
        pair {
          $0.data[0][11] = "Pupil count"
          $0.putMeta("Pupil count", "col_name", row: 2)
        }
      ]
    case .rowsWhole: return [pair { $0.data[1].removeLast() }, pair { $0.meta[1].append("x") }]
    case .rowsThere:
      return [pair { $0.data = [$0.data[0]] }, pair { $0.data.append([String](repeating: "", count: 12)) }]
    case .metaInData: return [pair { $0.meta.append(["gone", "Indicator", "Gone", "", "", "", "", "", ""]) }]
    case .dataInMeta:
      return [
        pair {
          $0.data[0].append("more")
          for row in 1...2 { $0.data[row].append("1") }
        }
      ]
    case .metaNamesUnique:
      return [pair { $0.meta.append(["pupil_count", "Indicator", "Again", "", "", "", "", "", ""]) }]
    case .metaType: return [pair { $0.putMeta("Figure", "col_type", row: 1) }]
    case .metaLabel:
      return [
        pair { $0.putMeta("", "label", row: 1) }, pair { $0.putMeta("Number of pupils", "label", row: 1) },
      ]
    case .metaUnit:
      return [
        pair { $0.putMeta("pupils", "indicator_unit", row: 2) },
        pair { $0.putMeta("%", "indicator_unit", row: 1) },
      ]
    case .metaDecimals:
      return [
        pair { $0.putMeta("one", "indicator_dp", row: 2) }, pair { $0.putMeta("1", "indicator_dp", row: 1) },
      ]
    case .metaHint: return [pair { $0.putMeta("Choose", "filter_hint", row: 2) }]
    case .metaGrouping:
      return [
        pair { $0.putMeta("Pupils", "indicator_grouping", row: 1) },
        pair { $0.putMeta("nothing", "filter_grouping_column", row: 1) },
      ]
    case .indicatorThere:
      return [
        pair {
          $0.putMeta("Filter", "col_type", row: 2)
          $0.putMeta("", "indicator_dp", row: 2)
        }
      ]
    case .timePeriod:
      return ["201820", "2018", "2018/19"].map { period in pair { $0.put(period, "time_period") } }
    case .timeIdentifier:
      return [
        pair { $0.put("School year", "time_identifier") },
        pair { $0.put("Financial year", "time_identifier", row: 1) },
      ]
    case .geographicLevel: return [pair { $0.put("County", "geographic_level") }]
    case .geographicCodes:
      return [
        pair { $0.put("ENG", "country_code") }, pair { $0.put("E10000013", "region_code") },
        pair { $0.put("16", "old_la_code") }, pair { $0.put("", "new_la_code") },
        pair { $0.drop("region_code") },
      ]
    case .geographicPairs:
      return [pair { $0.put("Glos", "la_name", row: 1) }, pair { $0.put("", "la_name") }]
    case .geographicMix: return [pair { $0.put("Planning area", "geographic_level", row: 1) }]
    case .filterDefault:
      return [
        pair { $0.put("Secondary", "education_phase", row: 2) },
        pair { $0.putMeta("Special", "filter_default", row: 1) },
      ]
    case .filterSingular:
      return [
        pair {
          $0.data.removeLast()
          $0.put("Total", "education_phase")
        }
      ]
    case .filterBlank: return [pair { $0.put("", "education_phase", row: 1) }]
    case .filterWhitespace: return [pair { $0.put(" Primary", "education_phase", row: 1) }]
    case .filterObsoleteTotal: return [pair { $0.put("All", "education_phase", row: 1) }]
    case .duplicateRows: return [pair { $0.data.append($0.data[1]) }]
    case .nullText: return [pair { $0.put("NA", "pupil_count", row: 1) }]
    case .indicatorEntry:
      return ["12,000", "", "~", "..", "1.2.3"].map { text in pair { $0.put(text, "pupil_count", row: 1) } }
    case .harmonised: return [pair { $0.put("Infants", "education_phase", row: 1) }]
    case .lengths:
      return [
        pair { $0.putMeta(String(repeating: "l", count: 101), "label", row: 2) },
        pair {
          let name = "n" + String(repeating: "o", count: 50)
          $0.data[0][11] = name
          $0.putMeta(name, "col_name", row: 2)
        },
      ]
    }
  }

  @Test(arguments: ScreeningRule.allCases)
  func `what breaks a rule is found by that rule`(_ rule: ScreeningRule) {
    for pair in spoilt(rule) {
      #expect(pair.faults.contains { $0.rule == rule }, "\(rule.rawValue): \(pair.faults)")
    }
  }

  @Test func `a number may have a sign and decimals, and a symbol stand for one`() {
    for text in ["0", "-3", "12.5", "z", "x", "c", "low", "k", "u"] {
      var pair = Pair()
      pair.put(text, "pupil_count", row: 1)
      #expect(pair.faults.isEmpty, "\(text)")
    }
  }

  @Test func `areas of one phase need no phase to choose by`() {
    let file = OpenDataFile(
      name: "x", headings: ["a"], rows: [["b,\"c\""]],
      columns: [.filter("a", "A, or B", hint: "h", startsWith: "b"), .count("n", "N", grouping: "G")])
    #expect(file.csv == "a\n\"b,\"\"c\"\"\"\n")
    #expect(
      file.metaCSV
        == "col_name,col_type,label,indicator_grouping,indicator_unit,indicator_dp,filter_hint,filter_grouping_column,filter_default\n"
        + "a,Filter,\"A, or B\",,,,h,,b\nn,Indicator,N,G,,0,,,\n")
  }
}
