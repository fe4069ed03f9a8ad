internal import Diagnostics
internal import PlacePlanning

/// Unitary authorities, metropolitan districts, London boroughs and counties.
///
/// Source: Office for National Statistics, *Register of Geographic Codes*.
private let authorityKinds = ["E06", "E08", "E09", "E10"]

/// The regions of England. Source: as above.
private let regionNames = [
  "E12000001": "North East", "E12000002": "North West", "E12000003": "Yorkshire and The Humber",
  "E12000004": "East Midlands", "E12000005": "West Midlands", "E12000006": "East of England",
  "E12000007": "London", "E12000008": "South East", "E12000009": "South West",
]

extension ModelHeader {
  /// `open_data`: the codes that published files need, and the threshold of suppression.
  static func openData(
    _ top: YAMLMapping, isSynthetic: Bool, _ list: inout DiagnosticList
  ) -> OpenDataCodes? {
    let keys = ["authority_ons_code", "region_code", "region_name", "suppress_below"]
    guard let spec = top.optional("open_data")?.value.mapping("'open_data'", allowed: keys, &list)
    else { return nil }
    func code(_ key: String, _ kinds: [String], _ example: String) -> String? {
      spec.parsed(key, wanted: "a code such as \(example)", &list) { text in
        text.count == 9 && kinds.contains(where: text.hasPrefix) && text.dropFirst().isDigits ? text : nil
      }
    }
    let authority = code("authority_ons_code", authorityKinds, "E10000013")
    let region = code("region_code", ["E12"], "E12000009")
    let name = spec.text("region_name", &list)
    if let region, let name, let wanted = regionNames[region], name != wanted,
      let place = spec.optional("region_name")?.value.location
    {
      list.add(
        .wrongValue, at: place, what: "'region_name' is '\(name)', and \(region) is \(wanted)",
        why: "published files would give figures of one region as those of another",
        fix: "write '\(wanted)', or correct region_code")
    }
    if !isSynthetic, let region, regionNames[region] == nil,
      let place = spec.optional("region_code")?.value.location
    {
      list.add(
        .wrongValue, at: place, what: "'region_code' is '\(region)', which is no region of England",
        why: "published files would name the authority and its region by invented codes",
        fix: "write one of E12000001 to E12000009, and check 'authority_ons_code' and 'region_name', or take "
          + "'open_data' out")
    }
    let threshold =
      spec.optional("suppress_below") == nil
      ? OpenDataCodes.usualThreshold : spec.whole("suppress_below", in: 0...100, &list)
    guard let authority, let region, let name, let threshold else { return nil }
    return OpenDataCodes(
      authorityCode: authority, regionCode: region, regionName: name, suppressBelow: threshold)
  }
}
