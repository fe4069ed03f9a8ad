public import Foundation

/// Prints papers to tagged PDF (PDF/UA-1) in one helper process (WeasyPrint through Python).
public struct PDFRenderer: Sendable {
  /// The folder with the Python wheels.
  public let wheels: URL

  /// Nothing is looked for yet; a folder without the wheels fails when something is printed.
  public init(wheels: URL) { self.wheels = wheels }

  /// PDF by the paper's name; `charts` are SVG by figure id. **Throws** `RendererFailure` when the helper cannot be run or a paper
  /// cannot be printed.
  public func render(_ papers: [Paper], charts: [String: String]) throws -> [String: Data] {
    let page = PrintPage(charts: charts)
    return try documents(
      papers, type: "pdf", helper: HelperProcess(name: "pdf", title: "PDF helper", wheels: [wheels])
    ) { paper, _ in try page.render(paper) }
  }
}

/// Makes Word documents in one helper process (pandoc through Python).
public struct WordRenderer: Sendable {
  /// pandoc is looked for when something is made.
  public init() {}

  /// Word documents by the paper's name; `pictures` are PNG by figure id. A chart without one shows its table. **Throws**
  /// `RendererFailure` when the helper cannot be run or a paper cannot be made.
  public func render(_ papers: [Paper], pictures: [String: Data]) throws -> [String: Data] {
    let helper = HelperProcess(
      name: "word", title: "Word helper", wheels: [], companions: [("word", "lua"), ("reference", "docx")])
    return try documents(papers, type: "docx", helper: helper) { paper, folder in
      var names: [String: String] = [:]
      for (index, figure) in paper.figures.enumerated() {
        guard let png = pictures[figure.id] else { continue }
        let name = "\(paper.name)-\(index + 1).png"
        try png.write(to: folder.appendingPathComponent(name))
        names[figure.id] = name
      }
      return WordPage(pictures: names).render(paper)
    }
  }
}

private struct DocumentAnswer: Decodable {
  let id: String
  let error: String?
}

/// Every paper through one helper: its HTML in, its document out.
private func documents(
  _ papers: [Paper], type: String, helper: HelperProcess, page: (Paper, URL) throws -> String
) throws -> [String: Data] {
  if papers.isEmpty { return [:] }
  return try helper.withFolder { folder in
    func place(_ index: Int, _ type: String) -> URL {
      folder.appendingPathComponent("paper-\(index).\(type)")
    }
    let jobs = try papers.enumerated().map { index, paper in
      try Data(try page(paper, folder).utf8).write(to: place(index, "html"))
      return try jobLine([
        "id": paper.name, "html": place(index, "html").path, type: place(index, type).path,
      ])
    }
    let answers = try helper.answers(to: jobs, in: folder, as: DocumentAnswer.self)
    for answer in answers {
      if let error = answer.error {
        throw RendererFailure("the \(helper.title) could not make '\(answer.id)': \(error)")
      }
    }
    var documents: [String: Data] = [:]
    for (index, paper) in papers.enumerated() {
      guard let data = try? Data(contentsOf: place(index, type)) else {
        throw RendererFailure("'\(paper.name)' did not come back from the \(helper.title)")
      }
      documents[paper.name] = data
    }
    return documents
  }
}
