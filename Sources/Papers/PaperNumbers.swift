// The numbers of tables and figures, which are the same in every format.

extension Paper {
  /// The same paper with its tables and figures numbered, each kind by itself in the order in which they are read: `Table 7. Need by
  /// area`. The table behind a figure has the figure's number, whether it stands under the chart, at the end, or in the place of a
  /// chart that is not drawn; so a number is the same in every format. Numbered again, a paper stays as it is.
  var numbered: Paper {
    var (tables, figures) = (0, 0)
    func number(_ block: Block) -> Block {
      switch block {
      case .heading, .paragraph, .bullets, .definitions: return block
      case .table(let table):
        tables += 1
        return .table(table.labelled("Table \(tables)"))
      case .annex(let table):
        tables += 1
        return .annex(table.labelled("Table \(tables)"))
      case .figure(let figure):
        figures += 1
        return .figure(figure.labelled("Figure \(figures)"))
      }
    }
    var paper = self
    paper.sections = sections.map { section in
      var section = section
      section.blocks = section.blocks.map { number($0) }
      return section
    }
    return paper
  }
}

extension Table {
  fileprivate func labelled(_ label: String) -> Table {
    var table = self
    table.caption = "\(label). \(withoutLabel(caption))"
    return table
  }
}

extension Figure {
  fileprivate func labelled(_ label: String) -> Figure {
    var figure = self
    figure.title = "\(label). \(withoutLabel(title))"
    figure.table = table.labelled("\(label) as a table")
    return figure
  }
}

/// The title without the number that it came with, such as the `Table 1` by which an earlier version called a table in any place.
private func withoutLabel(_ title: String) -> Substring {
  title.trimmingPrefix(/(Table|Figure) [0-9]+( as a table)?\.\s/)
}
