/// The letters and digits of a heading or name alone: `LA (code)` becomes `la_code`, `Phase-Type  Grouping` becomes `phase_type_grouping`.
func folded(_ text: String) -> String {
  text.lowercased().split { !($0.isLetter || $0.isNumber) }.joined(separator: "_")
}
