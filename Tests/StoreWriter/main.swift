import Foundation
import ModelFiles
import PlacePlanning

@testable import Runs

// Writes runs into a store as a second program would:
//   StoreWriter write STORE MODEL FIRST COUNT   records COUNT runs that wrote other files, by numbers from FIRST on
//   StoreWriter hold STORE MODEL NUMBER         writes one, says "holding", and never comes to its end

func entry(_ run: PlanningRun, _ number: UInt64) -> RunEntry {
  RunEntry(
    record: RunRecord(run, outputs: [.init(file: "paper.html", sha256: "\(number)")], leftOut: []),
    paperDate: run.input.model.identity.meeting.label, inputs: run.input.text.kept,
    figures: RunFigures(run.pupils, run.balance, run.programme, ranges: nil, chosen: nil).all,
    folder: URL(fileURLWithPath: "/nowhere"), recordedAt: Date(timeIntervalSince1970: Double(number)))
}

let words = CommandLine.arguments
guard words.count >= 5, let first = UInt64(words[4]) else { exit(64) }
let run = try PlanningRun(ModelRequest(folder: URL(fileURLWithPath: words[3], isDirectory: true)))
let file = URL(fileURLWithPath: words[2])
if words[1] == "hold" {
  let store = try RunStore.open(file)
  try store.record(entry(run, first)) {
    FileHandle.standardOutput.write(Data("holding\n".utf8))
    while true { sleep(60) }
  }
} else {
  let count = words.count > 5 ? UInt64(words[5]) ?? 0 : 0
  for number in first..<first + count {
    // Each time anew, as separate runs of the program would.
    let store = try RunStore.open(file)
    try store.record(entry(run, number))
    store.close()
  }
}
