extension CapitalFault {
  static let ofSchemes = [
    CapitalFault(
      "a profile with a gap",
      [profiles, "two_halves,2,0.5", "two_halves,3,0.5"],
      finds: "E213 scheme-profiles:5:1 profile 'two_halves' has the years 1, 3"),
    CapitalFault(
      "a profile with a share above 1",
      [schema("scheme-profiles"), ", maximum: 1 }", " }"],
      [profiles, "two_halves,1,0.5", "two_halves,1,1.5"],
      [
        schema("scheme-profiles"), "share: { type: decimal, unit: share of cost, minimum: 0",
        "share: { type: decimal, unit: share of cost",
      ],
      [profiles, "two_halves,2,0.5", "two_halves,2,-0.5"],
      finds: "E113 scheme-profiles:5:14 'share' is 1.5",
      "E113 scheme-profiles:6:14 'share' is -0.5"),
    CapitalFault(
      "an unknown area, profile and scheme",
      [schemes, "expansion,P2,R", "expansion,P9,R"],
      [schemes, "two_halves", "two_halfs"],
      [schemes, "yes,,,20", "yes,,nrth,20"],
      finds: "E201 schemes:2:89 there is no scheme 'nrth'",
      "E201 schemes:4:41 there is no planning area 'P9'",
      "E201 schemes:4:64 there is no profile 'two_halfs'"),
    CapitalFault(
      "words, prices and lists of their own",
      [schema("schemes"), "suitability, specialist]", "suitability, specialist, zoo]"],
      [schemes, "boiler,condition", "boiler,zoo"],
      [schemes, "100000,cash", "100000,money"],
      [schema("schemes"), "words: [\"yes\", \"no\"]", "words: [\"yes\", \"no\", maybe]"],
      [schemes, "2019/20,yes", "2019/20,maybe"],
      [schemes, "no,south_primary,,10", "no,south_primary,boiler;;boiler,10"],
      finds: "E115 schemes:2:29 the program does not know the word 'zoo'",
      "E115 schemes:2:46 'price_base' is 'money'",
      "E115 schemes:3:99 the program does not know the word 'maybe'",
      "E115 schemes:5:109 'requires' has 'boiler' twice",
      "E115 schemes:5:109 'requires' has an empty item"),
    CapitalFault(
      "numbers out of their ranges",
      [
        schema("schemes"), "cost: { type: pounds, unit: GBP, minimum: 0 }",
        "cost: { type: pounds, unit: GBP }",
      ],
      [schemes, "100000,cash", "-1,cash"],
      [schema("schemes"), "minimum: 0, maximum: 6", "minimum: 0"],
      [schemes, "1200000,cash,1", "1200000,cash,7"],
      [schema("schemes"), "minimum: 1, maximum: 50 }", "minimum: 0 }"],
      [schemes, ",,40,building,0", ",,51,building,0"],
      [schema("schemes"), "minimum: 0, maximum: 4, ", "minimum: 0, "],
      [schemes, "small,4,", "small,5,"],
      finds: "E113 schemes:2:45 'cost' is -1",
      "E113 schemes:2:95 'condition_score' is 5",
      "E113 schemes:3:63 'build_years' is 7",
      "E113 schemes:3:105 'asset_life_years' is 51"),
    CapitalFault(
      "a last start before the first",
      [schemes, "2019/20,2021/22", "2020/21,2019/20"],
      finds: "E113 schemes:4:83 the last start, 2019/20, is before the first, 2020/21"),
    CapitalFault(
      "an expansion without area, year group and places",
      [schemes, "expansion,P2,R,15", "expansion,,,"],
      finds: "E112 schemes:4:41 'planning_area_code' is blank for an expansion",
      "E112 schemes:4:42 'year_group' is blank for an expansion",
      "E112 schemes:4:43 'places_per_year_group' is blank for an expansion"),
    CapitalFault(
      "temporary places for ever, and permanent ones for a while",
      [schemes, "class,bulge,P2,R,30,", "class,temporary,P2,R,30,"],
      [schemes, "expansion,P2,R,15,,", "expansion,P2,R,15,3,"],
      finds: "E221 schemes:4:49 'years_of_use' is given for an expansion",
      "E112 schemes:5:57 'years_of_use' is blank for a temporary block"),
    CapitalFault(
      "an expansion that starts in Year 3, and one in a year group of the other phase",
      [schemes, "expansion,P2,R,15", "expansion,P2,3,15"],
      [schemes, "expansion,P1,R,15", "expansion,P1,7,15"],
      finds: "E201 schemes:3:44 Year 7 has no planned places in North, a primary area",
      "E221 schemes:4:44 an expansion in South starts in Year 3"),
    CapitalFault(
      "windows and an approved start outside the programme",
      [schemes, "2019/20,2021/22", "2017/18,2024/25"],
      [schemes, "small,4,2018/19", "small,4,2019/20"],
      finds: "E214 schemes:2:101 'approved_start' is 2019/20; the scheme may start from 2018/19 to 2018/19",
      "E214 schemes:4:75 'first_start' is 2017/18; the programme runs from 2018/19 to 2023/24",
      "E214 schemes:4:83 'last_start' is 2024/25; the programme runs from 2018/19 to 2023/24"),
    CapitalFault(
      "a chain of prerequisites that leaves no year",
      [schemes, "2019/20,2021/22,no,south_primary,", "2019/20,2021/22,no,south_primary,south_bulge"],
      [schemes, "2020/21,2022/23,no,south_primary,", "2022/23,2022/23,no,other,"],
      finds:
        "E216 schemes:4:108 'south' may start until 2021/22; 'south_bulge', which it requires, from 2022/23"),
    CapitalFault(
      "a prerequisite in its own option group",
      [schemes, "2019/20,2021/22,no,south_primary,", "2019/20,2021/22,no,south_primary,south_bulge"],
      finds:
        "E216 schemes:4:108 'south' requires 'south_bulge', which is in its own option group 'south_primary'"),
    CapitalFault(
      "a scheme that requires itself",
      [schemes, "yes,,,20", "yes,,boiler,20"],
      finds: "E215 schemes:2:89 schemes require each other in a circle: boiler > boiler"),
    CapitalFault(
      "a pot of borrowed money",
      [
        schema("funding-pots"), "[grant, school_contribution]",
        "[grant, school_contribution, internal_borrowing]",
      ],
      [pots, "General grant,grant", "General grant,internal_borrowing"],
      finds: "E115 funding-pots:3:23 pot 'general' has the source internal_borrowing"),
  ]
}
