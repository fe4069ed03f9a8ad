extension CapitalFault {
  static let ofSchools = [
    CapitalFault("schools that are there"),
    CapitalFault(
      "a school of another area, and one that is not there",
      [schemes, "Invented,castle", "Invented,north_primary"],
      [schemes, "section 7,north_primary", "section 7,zoo"],
      finds:
        "E223 schemes:2:126 school 'north_primary' (North Primary School) counts to area P1; the scheme is in S1",
      "E223 schemes:3:178 there is no school 'zoo'"),
    CapitalFault(
      "a school of a scheme of the whole authority",
      [schemes, "condition,S1", "condition,"]),
    CapitalFault(
      "a scheme that names no school", [schemes, "Invented,castle", "Invented,"]),
    CapitalFault(
      "schools named, but none there", [model, "  schools: exampleton-schools\n", ""],
      finds: "E223 schemes:2:126 there is no school 'castle'",
      "E223 schemes:3:178 there is no school 'north_primary'",
      "E223 schemes:4:140 there is no school 'south_primary'",
      "E223 schemes:5:138 there is no school 'south_primary'"),
    CapitalFault(
      "a school of an unknown area",
      [schools, "School,S1", "School,S9"],
      finds: "E201 schools:2:22 there is no planning area 'S9'"),
    CapitalFault(
      "two schools of one code",
      [schools, "\nsouth_primary,", "\ncastle,"],
      finds: "E114 schools:4:1 the row for castle stands twice; the first is on line 2"),
  ]
}
