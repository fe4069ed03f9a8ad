import Foundation
import TestSupport
import Testing

/// The arrows of the README's picture: what each module may import of ours.
let arrows: [String: Set<String>] = [
  "Diagnostics": [],
  "PlacePlanning": [],
  "NumericCore": ["CNormals", "COpenBLAS"],
  "MixedInteger": ["CHiGHS"],
  "ModelFiles": ["CLibCrypto", "Diagnostics", "PlacePlanning"],
  "Forecasting": ["NumericCore", "PlacePlanning"],
  "Projection": ["Diagnostics", "NumericCore", "PlacePlanning"],
  "Sufficiency": ["PlacePlanning", "Projection"],
  "CapitalProgramme": ["MixedInteger", "NumericCore", "PlacePlanning", "Projection", "Sufficiency"],
  "Spreadsheets": ["CXLSXWriter"],
  "OpenData": ["MixedInteger", "PlacePlanning", "Projection", "Sufficiency"],
  "Scenarios": ["CapitalProgramme", "NumericCore", "PlacePlanning", "Projection", "Sufficiency"],
  "Papers": [
    "CapitalProgramme", "Diagnostics", "Forecasting", "PlacePlanning", "Projection", "Scenarios",
    "Spreadsheets",
    "Sufficiency",
  ],
  "Runs": [
    "CapitalProgramme", "Diagnostics", "Forecasting", "ModelFiles", "NumericCore", "OpenData", "Papers",
    "PlacePlanning", "Projection", "Scenarios", "Sufficiency",
  ],
  "PlacesWeb": ["Diagnostics", "ModelFiles", "Papers", "Runs"],
  "places": [
    "CapitalProgramme", "Diagnostics", "Forecasting", "ModelFiles", "Papers", "PlacePlanning", "PlacesWeb",
    "Projection", "Runs", "Scenarios", "Sufficiency",
  ],
  "PlacesBenchmarks": [
    "CapitalProgramme", "Diagnostics", "Forecasting", "ModelFiles", "NumericCore", "Papers", "PlacePlanning",
    "Projection", "Runs", "Sufficiency",
  ],
]

struct SwiftFile {
  let module: String
  let path: String
  let lines: [Substring]

  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ")
      guard let index = words.firstIndex(of: "import"), index <= 1, index + 1 < words.count else {
        return nil
      }
      return String(words[index + 1])
    }
  }

  static func all() throws -> [SwiftFile] {
    let sources = Repository.file("Sources")
    let paths = FileManager.default.enumerator(atPath: sources.path)?.compactMap { $0 as? String } ?? []
    return try paths.filter { $0.hasSuffix(".swift") }.sorted().map { path in
      let text = try String(contentsOf: sources.appendingPathComponent(path), encoding: .utf8)
      return SwiftFile(
        module: String(path.prefix { $0 != "/" }), path: path,
        lines: text.split(separator: "\n", omittingEmptySubsequences: false))
    }
  }
}

@Suite struct ImportTests {
  @Test func `modules import only along the arrows`() throws {
    let ours = Set(arrows.keys).union(["CHiGHS", "CLibCrypto", "CNormals", "COpenBLAS", "CXLSXWriter"])
    let files = try SwiftFile.all()
    #expect(Set(files.map(\.module)) == Set(arrows.keys))
    for file in files {
      let allowed = try #require(arrows[file.module])
      for name in file.imports where ours.contains(name) {
        #expect(allowed.contains(name), "\(file.path) imports \(name)")
      }
    }
  }

  @Test(arguments: [
    ("Yams", "ModelFiles"), ("COpenBLAS", "NumericCore"), ("CNormals", "NumericCore"),
    ("CHiGHS", "MixedInteger"), ("CLibCrypto", "ModelFiles"), ("CXLSXWriter", "Spreadsheets"),
    ("Hummingbird", "PlacesWeb"), ("GRDB", "Runs"),
  ])
  func `a library stays in one module`(_ library: String, _ module: String) throws {
    let users = Set(try SwiftFile.all().filter { $0.imports.contains(library) }.map(\.module))
    #expect(users == [module])
  }

  @Test func `no C pointer or BLAS type in a public signature`() throws {
    for file in try SwiftFile.all() {
      for line in file.lines where line.contains("public ") {
        for word in [
          "UnsafePointer", "UnsafeMutablePointer", "OpaquePointer", "CBLAS", "Cblas", "lxw_", "Highs_",
        ] {
          #expect(!line.contains(word), "\(file.path): \(line)")
        }
      }
    }
  }

  @Test func `nothing in the sources can stop the program`() throws {
    let trap = try Regex(
      #"fatalError\(|preconditionFailure\(|try!|\bas! |[A-Za-z0-9_\)\]]!(?=[ .,;:\)\]\[]|$)"#)
    for file in try SwiftFile.all() {
      for line in file.lines {
        let code = line.split(separator: "//", maxSplits: 1, omittingEmptySubsequences: false)[0]
        guard !code.contains("\""), code.firstMatch(of: trap) != nil else { continue }
        Issue.record("\(file.path): \(line)")
      }
    }
  }

  @Test func `every public declaration says what it is`() throws {
    let declaration = try Regex(#"^public (func|struct|enum|protocol|final class|class|actor|let) "#)
    for file in try SwiftFile.all() {
      for (index, line) in file.lines.enumerated() where line.firstMatch(of: declaration) != nil {
        let before = index > 0 ? file.lines[index - 1] : ""
        #expect(before.hasPrefix("///") || before.hasPrefix("@"), "\(file.path): \(line)")
      }
    }
  }
}
