extension CapitalFault {
  private static let column: [[String]] = [
    [schema("schemes"), "key: [scheme_key]", "  school: { type: code, optional: yes }\nkey: [scheme_key]"],
    [schemes, "mark,note\n", "mark,note,school\n"],
    [schemes, "4,2018/19,assumed,Invented\n", "4,2018/19,assumed,Invented,c1\n"],
    [schemes, "those of section 7\n", "those of section 7,n1\n"],
    [schemes, "building,,,assumed,Invented\n", "building,,,assumed,Invented,\n"],
    [schemes, "10,small,,,assumed,Invented\n", "10,small,,,assumed,Invented,\n"],
  ]

  /// The town with two schools, and two schemes that name them.
  static let schoolsOfTheTown: [[String]] =
    column + [
      [model, "  neighbours:", "  schools: exampleton-schools\n  neighbours:"],
      [
        schema("schools"), "",
        """
        dataset: exampleton-schools
        title: Schools
        source: places-project
        licence: The licence of this project
        retrieved: 2026-11-25
        mark: assumed
        quality: red
        synthetic: yes
        columns:
          school_code: { type: code }
          school_name: { type: text }
          planning_area_code: { type: code }
        key: [school_code]

        """,
      ],
      [
        schools, "",
        "school_code,school_name,planning_area_code\nc1,Castle School,S1\nn1,North Primary School,P1\n",
      ],
    ]

  static let ofSchools = [
    CapitalFault("two schools that are there", changes: schoolsOfTheTown, finds: []),
    CapitalFault(
      "a school of another area, and one that is not there",
      changes: schoolsOfTheTown + [
        [schemes, "Invented,c1", "Invented,n1"], [schemes, "section 7,n1", "section 7,zoo"],
      ],
      finds: [
        "E223 schemes:2:126 school 'n1' (North Primary School) counts to area P1; the scheme is in S1",
        "E223 schemes:3:178 there is no school 'zoo'",
      ]),
    CapitalFault(
      "a school of a scheme of the whole authority",
      changes: schoolsOfTheTown + [[schemes, "condition,S1", "condition,"]],
      finds: []),
    CapitalFault(
      "schools named, but none there", changes: column,
      finds: [
        "E223 schemes:2:126 there is no school 'c1'", "E223 schemes:3:178 there is no school 'n1'",
      ]),
    CapitalFault(
      "a school of an unknown area",
      changes: schoolsOfTheTown + [[schools, "School,S1", "School,S9"]],
      finds: [
        "E201 schools:2:18 there is no planning area 'S9'"
      ]),
    CapitalFault(
      "two schools of one code",
      changes: schoolsOfTheTown + [[schools, "\nn1,", "\nc1,"]],
      finds: [
        "E114 schools:3:1 the row for c1 stands twice; the first is on line 2"
      ]),
  ]
}
