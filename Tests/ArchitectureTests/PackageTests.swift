import Foundation
import TestSupport
import Testing

/// The package file is where the arrows are declared; the test's table and the sources must both agree with it.
@Suite struct PackageTests {
  /// Our modules that each of our targets depends on, as Package.swift says.
  private func declared() throws -> [String: Set<String>] {
    let text = try Repository.text("Package.swift")
    var declared: [String: Set<String>] = [:]
    // library("Name", ["A", "B"]) and .executableTarget(name: "name", dependencies: ["A", "B"]).
    let target =
      /(?:library\(|executableTarget\(\s*name:)\s*"(\w+)"(?:,\s*(?:dependencies:\s*)?\[([^\]]*)\])?/
    for match in text.matches(of: target) {
      let names = (match.2 ?? "").matches(of: /"(\w+)"/).map { String($0.1) }
      declared[String(match.1)] = Set(names)
    }
    return declared
  }

  @Test func `the package declares the arrows that the picture shows`() throws {
    let declared = try declared()
    #expect(Set(declared.keys) == Set(arrows.keys))
    for (module, targets) in arrows { #expect(declared[module] == targets, "\(module)") }
  }

  /// SwiftPM accepts an import of what a dependency depends on, and a dependency that nothing imports.
  @Test func `every arrow is used`() throws {
    let files = try SwiftFile.all()
    for (module, targets) in try declared() {
      let imported = Set(files.filter { $0.module == module }.flatMap(\.imports))
      #expect(targets.subtracting(imported).sorted() == [], "\(module) declares what it does not import")
    }
  }

  @Test func `arrows never run in a circle`() throws {
    var left = try declared()
    while let free = left.first(where: { $0.value.allSatisfy { left[$0] == nil } })?.key { left[free] = nil }
    #expect(left.keys.sorted() == [])
  }

  /// A paper words what others have worked out; it reads no file of the model and multiplies no matrix.
  @Test func `papers import no module that reads models or multiplies matrices`() throws {
    for file in try SwiftFile.all() where file.module == "Papers" {
      for name in ["ModelFiles", "NumericCore", "Yams", "CLibCrypto"] {
        #expect(!file.imports.contains(name))
      }
    }
  }

  @Test func `an import says who may see it`() throws {
    for file in try SwiftFile.all() where !["places", "PlacesBenchmarks"].contains(file.module) {
      for line in file.lines where line.hasPrefix("import ") {
        Issue.record("\(file.path): \(line)")
      }
    }
  }

  /// Also where a line holds a text, which the plainer test beside this one leaves out.
  @Test func `no forced unwrapping beside a text`() throws {
    let trap = #/[A-Za-z0-9_\)\]]!(?=[ .,;:\)\]\[]|$)|\btry!|\bas! /#
    for file in try SwiftFile.all() {
      for line in file.lines where line.contains("\"") {
        let code = line.replacing(/"(?:\\.|[^"\\])*"/, with: "text").split(separator: "//").first ?? ""
        if code.contains(trap) { Issue.record("\(file.path): \(line)") }
      }
    }
  }

  @Test func `no source file is long`() throws {
    for file in try SwiftFile.all() { #expect(file.lines.count <= 400, "\(file.path)") }
  }
}
