internal import Diagnostics

/// Refuses a unit that counts in hundredths, thousands or millions (E225): the program reads every share as a part of one, and all
/// money in pounds. `what` is the assumption or column that has it.
func refuseMultiple(_ unit: String, of what: String, at place: SourceLocation, _ list: inout DiagnosticList) {
  let money =
    #/(GBP|£|pounds?).*\b(0?00s?|thousands?|millions?|k|m)\b|\b(thousands?|millions?) (of )?(GBP|£|pounds?)|£'?000|\bpence\b/#
  let share = #/^\s*(%|per ?cent)/#
  guard
    let multiple = unit.firstMatch(of: money.ignoresCase())?.0 ?? unit.firstMatch(of: share.ignoresCase())?.0
  else { return }
  list.add(
    .unitNotRead, at: place, what: "the unit of \(what) is '\(unit)'",
    why: "the program reads shares as parts of one and money in pounds, whatever the unit says",
    fix:
      "write the number without '\(multiple)', such as 0.05 for 5 per cent, and its unit as 'share' or 'GBP'")
}
