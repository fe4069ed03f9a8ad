internal import PlacePlanning

// Numbers as files have them, and as warnings and data sets write them.

extension StringProtocol {
  /// Whether it is digits from 0 to 9, and one at the least.
  var isDigits: Bool { !isEmpty && utf8.allSatisfy { (0x30...0x39).contains($0) } }
}

/// A number as our files write it: digits, at most one point, a minus sign; no thousands comma, exponent or space.
func strictNumber(_ text: String) -> Double? {
  var digits = Substring(text)
  if digits.first == "-" { digits = digits.dropFirst() }
  let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
  guard (1...2).contains(parts.count), parts.allSatisfy(\.isDigits) else { return nil }
  return Double(text)
}

/// The same, or with a power of ten behind it, as statistical programs write small shares: `9.38e-05`.
func scientificNumber(_ text: String) -> Double? {
  let parts = text.split(separator: "e", omittingEmptySubsequences: false)
  guard parts.count == 2, strictNumber(String(parts[0])) != nil, let power = Int(parts[1]), abs(power) <= 30
  else { return strictNumber(text) }
  return Double(text)
}

/// A number without a needless `.0`.
func plain(_ value: Double) -> String {
  value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
}

/// A number as warnings and papers have it: `1,125`. Years and what is to be found in a file stay `plain`.
func grouped(_ value: Double) -> String {
  let parts = plain(value).split(separator: ".")
  guard value >= 1_000, let whole = parts.first.flatMap({ Int($0) }) else { return plain(value) }
  return ([grouped(whole)] + parts.dropFirst().map { String($0) }).joined(separator: ".")
}

/// A number to one decimal at the most, its thousands grouped.
func tenths(_ value: Double) -> String { grouped((value * 10).rounded() / 10) }

/// `1.085`: a ratio to three decimals.
func thousandths(_ value: Double) -> String {
  let rounded = Int((value * 1000).rounded())
  return "\(rounded / 1000)." + padded("\(abs(rounded) % 1000)", to: 3)
}

/// Digits with noughts before them, as many as they lack of a width.
func padded(_ digits: String, to width: Int) -> String {
  String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}

/// A number for a data set: exact where it is whole, never in scientific form.
func dataNumber(_ value: Double) -> String {
  if value == value.rounded(), abs(value) < 1e15 { return String(Int(value)) }
  let text = String(value)
  return text.contains("e") ? decimalText(value) : text
}

/// Twelve decimals, without noughts at the end.
private func decimalText(_ value: Double) -> String {
  let scaled = (abs(value) * 1e12).rounded()
  guard scaled < 9e18 else { return String(value) }
  let (whole, part) = UInt64(scaled).quotientAndRemainder(dividingBy: 1_000_000_000_000)
  var digits = padded(String(part), to: 12)
  while digits.last == "0" { digits.removeLast() }
  return (value < 0 ? "-" : "") + "\(whole)" + (digits.isEmpty ? "" : ".\(digits)")
}
