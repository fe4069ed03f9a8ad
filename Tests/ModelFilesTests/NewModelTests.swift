import Diagnostics
import Foundation
import PlacePlanning
import TestSupport
import Testing

@testable import ModelFiles

@Suite struct NewModelTests {
  private static let template = "Models/exampleton/model.yaml"

  private func made(from copy: ModelCopy) throws -> NewModel { try NewModel(Self.request(copy.root)) }

  private static func request(_ root: URL, template: String = "exampleton") -> NewModelRequest {
    NewModelRequest(
      name: "foo", authority: "Foo: \"North\"", code: "123", root: root, template: template)
  }

  /// Made in a folder that is not there, so that neither are models or data sets.
  private func madeNowhere(template: String = "exampleton", library: URL?) throws -> NewModel {
    let nowhere = FileManager.default.temporaryDirectory
      .appendingPathComponent("places-test-\(UUID().uuidString)")
    var request = Self.request(nowhere, template: template)
    request.library = library
    return try NewModel(request)
  }

  @Test func `the new model is that of the authority it was made for`() throws {
    let model = try #require(try made(from: ModelCopy()).folders.last)
    #expect(model.path == "Models/foo")
    let text = String(decoding: try #require(model.files.first).data, as: UTF8.self)
    var list = DiagnosticList()
    let identity = try #require(ModelHeader(try yaml(text), &list)).identity
    #expect(list.diagnostics.isEmpty)
    #expect(identity.key == "foo" && identity.authorityCode == "123")
    #expect(identity.authority == "Foo: \"North\"")
  }

  @Test func `its README says in columns of words what to put where`() throws {
    let model = try #require(try made(from: ModelCopy()).folders.last)
    let readme = try #require(model.files.first { $0.name == "README.md" })
    let text = String(decoding: readme.data, as: UTF8.self)
    #expect(text.contains("| Role in model.yaml | Data set | In its place |\n| --- | --- | --- |\n"))
    #expect(text.contains("--authority 123 --for-model --into Datasets/foo-county-rolls-census)"))
  }

  @Test func `columns of numbers stand to the right`() {
    let table = MarkdownTable.text(
      ["File", "Layout", "Rows"], [["a.csv", "2019", "1,200"], ["b.csv", "wide", "7.5"]])
    #expect(
      table
        == "| File | Layout | Rows |\n| --- | --- | --: |\n| a.csv | 2019 | 1,200 |\n| b.csv | wide | 7.5 |")
  }

  /// They would be false as soon as the figures are the authority's own.
  @Test func `what a template says of its town is not said of the authority`() throws {
    let copy = try ModelCopy()
    try copy.replace(
      Self.template, "  data_notes:\n",
      with: "  notice: This town is\n    invented.\n  programme_notes:\n  - As is this.\n  data_notes:\n")
    #expect(try copy.check().model.identity.dataNotes == ["All figures of this town are invented."])
    let model = try #require(try made(from: copy).folders.last)
    let text = String(decoding: try #require(model.files.first).data, as: UTF8.self)
    var list = DiagnosticList()
    let identity = try #require(ModelHeader(try yaml(text), &list)).identity
    #expect(list.diagnostics.isEmpty)
    #expect(identity.dataNotes.isEmpty && identity.programmeNotes.isEmpty && identity.notice == nil)
    #expect(identity.resources == "The programme is under “The capital programme”.")
    #expect(text.contains("\nbase_year: 2017/18\n"))
  }

  /// Each is read as the same model, and none has the lines that are written anew.
  @Test(arguments: [
    [
      "authority:\n  name: Exampleton\n  code: \"000\"\n  synthetic: yes",
      "authority: { name: Exampleton, code: \"000\", synthetic: yes }",
    ],
    ["  name: Exampleton\n", "  \"name\": Exampleton\n"], ["model: exampleton\n", "\"model\": exampleton\n"],
  ])
  func `a template whose authority would stay is refused`(_ change: [String]) throws {
    let copy = try ModelCopy()
    try copy.replace(Self.template, change[0], with: change[1])
    #expect(try copy.check().model.identity.authority == "Exampleton")
    let list = try faults { _ = try made(from: copy) }
    #expect(list.diagnostics.map(\.code) == [.modelExists])
    #expect(list.diagnostics.first?.location.file == Self.template)
  }

  @Test func `a folder without models starts from a template of the program`() throws {
    let copy = try ModelCopy()
    let here = try made(from: copy)
    let there = try madeNowhere(library: copy.root.appendingPathComponent("bin/places"))
    #expect(there.folders.map(\.path) == here.folders.map(\.path))
    for (one, other) in zip(there.folders, here.folders) {
      #expect(one.files.map(\.name) == other.files.map(\.name))
      #expect(one.files.map(\.data) == other.files.map(\.data))
    }
  }

  @Test func `a template of the folder's own comes first`() throws {
    let copy = try ModelCopy()
    try copy.replace(Self.template, "To note the figures.", with: "To note ours.")
    let model = try #require(try made(from: copy).folders.last)
    #expect(String(decoding: try #require(model.files.first).data, as: UTF8.self).contains("To note ours."))
  }

  @Test func `a template that is nowhere is told so, and the one that was meant`() throws {
    let copy = try ModelCopy()
    let list = try faults { _ = try madeNowhere(template: "exampletom", library: copy.root) }
    let fault = try #require(list.diagnostics.first)
    #expect(list.onlyMissingFiles && list.diagnostics.count == 1)
    #expect(fault.location.file == "Models/exampletom" && fault.fix == "did you mean 'exampleton'?")
    let bare = try faults { _ = try madeNowhere(library: nil) }
    #expect(
      bare.diagnostics.map(\.fix) == [
        "copy the project's Models and Datasets to the folder that --root names"
      ])
  }
}
