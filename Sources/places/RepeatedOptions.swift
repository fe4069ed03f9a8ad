import ArgumentParser
import Foundation

/// An option that takes one value and is given twice: the later would silently override the earlier.
struct RepeatedOption {
  /// As it was written: `--origin`.
  let name: String
  /// The words that name the verb: `places runs show`.
  let verb: String

  /// The first in the words of a command line, as the verb that they name describes its options; nil for none.
  init?(in words: [String], of root: any ParsableCommand.Type) {
    var command = root
    var verb = [root._commandName]
    var rest = words[...]
    while true {
      if let word = rest.first, let next = command.configuration.named(word) {
        command = next
        verb.append(word)
        rest = rest.dropFirst()
      } else if let next = command.configuration.defaultSubcommand {
        command = next
      } else {
        break
      }
    }
    let given = rest.prefix { $0 != "--" }.filter { $0.hasPrefix("--") }.map {
      String($0.prefix { $0 != "=" })
    }
    guard given.count > Set(given).count,
      let name = Self.singleOptions(of: command).first(where: { name in given.count { $0 == name } > 1 })
    else { return nil }
    self.name = name
    self.verb = verb.joined(separator: " ")
  }

  /// The options of a verb that take one value. A flag says the same however often it is given.
  private static func singleOptions(of command: any ParsableCommand.Type) -> [String] {
    struct Help: Decodable {
      let command: Command

      struct Command: Decodable { let arguments: [Argument]? }

      struct Argument: Decodable {
        let kind: String
        let isRepeating: Bool
        let names: [Name]?
      }

      struct Name: Decodable { let name: String }
    }
    let help = try? JSONDecoder().decode(Help.self, from: Data(command._dumpHelp().utf8))
    return (help?.command.arguments ?? []).filter { $0.kind == "option" && !$0.isRepeating }
      .flatMap { $0.names ?? [] }.map { "--\($0.name)" }
  }
}

extension CommandConfiguration {
  fileprivate func named(_ word: String) -> (any ParsableCommand.Type)? {
    subcommands.first { $0._commandName == word }
  }
}
