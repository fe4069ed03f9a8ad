internal import Diagnostics
internal import PlacePlanning

extension ModelHeader {
  /// `open_data`: the codes that published files need, and the threshold of suppression.
  static func openData(_ top: YAMLMapping, _ list: inout DiagnosticList) -> OpenDataCodes? {
    let keys = ["authority_ons_code", "region_code", "region_name", "suppress_below"]
    guard let entry = top.optional("open_data"),
      let spec = entry.value.mapping("'open_data'", allowed: keys, &list)
    else { return nil }
    func code(_ key: String, _ example: String) -> String? {
      spec.parsed(key, wanted: "a code such as \(example)", &list) { text in
        let digits = text.dropFirst()
        return text.count == 9 && text.hasPrefix("E") && digits.allSatisfy { $0.isASCII && $0.isNumber }
          ? text : nil
      }
    }
    let authority = code("authority_ons_code", "E10000013")
    let region = code("region_code", "E12000009")
    let name = spec.text("region_name", &list)
    let threshold =
      spec.optional("suppress_below") == nil
      ? OpenDataCodes.usualThreshold
      : spec.parsed("suppress_below", wanted: "a whole number from 0 to 100", &list) {
        Int($0).flatMap { (0...100).contains($0) ? $0 : nil }
      }
    guard let authority, let region, let name, let threshold else { return nil }
    return OpenDataCodes(
      authorityCode: authority, regionCode: region, regionName: name, suppressBelow: threshold)
  }
}
