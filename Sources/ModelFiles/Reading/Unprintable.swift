/// `U+0000` for the first character of a text that XML has no place for, so that Word and Excel would call the papers broken: control
/// characters other than tabs and ends of lines, and U+FFFE and U+FFFF, which are none. Nil for a text without.
func unprintable(in text: String) -> String? {
  let found = text.unicodeScalars.first { scalar in
    switch scalar.value {
    case 0x9, 0xA, 0xD: false
    case 0..<0x20, 0xFFFE, 0xFFFF: true
    default: false
    }
  }
  guard let found else { return nil }
  return "U+" + padded(String(found.value, radix: 16, uppercase: true), to: 4)
}
