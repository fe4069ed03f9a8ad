internal import CXLSXWriter

extension WorkbookWriter {
  /// A native chart of the sheet's table, under it.
  func add(
    _ chart: Sheet.Chart, to place: UnsafeMutablePointer<lxw_worksheet>, _ sheet: Sheet,
    _ table: Sheet.TablePlace
  ) throws {
    let kind = chart.kind == .line ? LXW_CHART_LINE : LXW_CHART_BAR
    guard let drawn = workbook_add_chart(book, UInt8(kind.rawValue)) else {
      throw WorkbookFailure(description: "no chart was begun")
    }
    try add(chart.series, to: drawn, chart.kind, sheet.name, table)
    chart_title_set_name(drawn, chart.title)
    var font = lxw_chart_font()
    font.size = 11
    font.bold = 1
    chart_title_set_name_font(drawn, &font)
    setAxes(drawn, chart, sheet)
    let legend = chart.series.count > 1 ? LXW_CHART_LEGEND_BOTTOM : LXW_CHART_LEGEND_NONE
    chart_legend_set_position(drawn, UInt8(legend.rawValue))
    guard let stand = sheet.chartPlace else { return }
    var options = lxw_chart_options()
    // The library's own size is 360 by 216 points.
    (options.x_scale, options.y_scale) = (stand.width / 360, stand.height / 216)
    options.description = kept(chart.alternative)
    try check(worksheet_insert_chart_opt(place, UInt32(stand.row), 0, drawn, &options))
  }

  private func add(
    _ series: [Sheet.Chart.Series], to drawn: UnsafeMutablePointer<lxw_chart>, _ kind: Sheet.Chart.Kind,
    _ sheet: String, _ table: Sheet.TablePlace
  ) throws {
    let (first, last) = (
      table.headingRow + 2, table.headingRow + 1 + table.rows - (table.hasTotalRow ? 1 : 0)
    )
    let name = "'\(sheet)'!"
    for series in series {
      let letter = Self.letters(series.column)
      guard
        let line = chart_add_series(
          drawn, "=\(name)$A$\(first):$A$\(last)", "=\(name)$\(letter)$\(first):$\(letter)$\(last)")
      else { throw WorkbookFailure(description: "a series was not taken") }
      chart_series_set_name(line, "=\(name)$\(letter)$\(table.headingRow + 1)")
      switch kind {
      case .line:
        var style = lxw_chart_line()
        style.color = series.colour
        style.width = 2.25
        style.dash_type = UInt8(Self.dash(series.dash).rawValue)
        chart_series_set_line(line, &style)
      case .bar:
        var fill = lxw_chart_fill()
        fill.color = series.colour
        chart_series_set_fill(line, &fill)
      }
    }
  }

  private static func dash(_ dash: Sheet.Chart.Dash) -> lxw_chart_line_dash_type {
    switch dash {
    case .solid: LXW_CHART_LINE_DASH_SOLID
    case .dashes: LXW_CHART_LINE_DASH_DASH
    case .dots: LXW_CHART_LINE_DASH_ROUND_DOT
    }
  }

  private func setAxes(_ drawn: UnsafeMutablePointer<lxw_chart>, _ chart: Sheet.Chart, _ sheet: Sheet) {
    let values = chart.kind == .line ? drawn.pointee.y_axis : drawn.pointee.x_axis
    var grid = lxw_chart_line()
    (grid.color, grid.width) = (0xC9CED9, 0.75)
    chart_axis_major_gridlines_set_line(values, &grid)
    if !chart.valueTitle.isEmpty { chart_axis_set_name(values, chart.valueTitle) }
    chart_axis_set_num_format(values, chart.valueFormat)
    switch chart.kind {
    case .line:
      guard !chart.isFromNought, let axis = ValueAxis(sheet.charted) else { return }
      chart_axis_set_min(values, axis.start)
      chart_axis_set_major_unit(values, axis.step)
    case .bar:
      chart_axis_set_min(values, 0)
      // The first row's bar is at the top, and the values stand at the foot all the same.
      chart_axis_set_reverse(drawn.pointee.y_axis)
      chart_axis_set_crossing_max(drawn.pointee.y_axis)
    }
  }
}
