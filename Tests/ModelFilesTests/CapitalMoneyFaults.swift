extension CapitalFault {
  /// An unsafe roof, and a pot with money for it.
  private static func roof(
    _ pot: String, receives pounds: Int = 600_000, committed: String = "no"
  ) -> [[String]] {
    [
      [
        schemes, "boiler,Castle School boiler",
        "roof,Unsafe roof,condition,P2,,,,500000,cash,0,one_year,2018/19,2020/21,\(committed),,,20,building,4,,assumed,Invented,\n"
          + "boiler,Castle School boiler",
      ],
      [pots, "north_grant,Grant", pot + "cash,assumed,Invented\nnorth_grant,Grant"],
      [receipts, "north_grant,2018/19", "sca,2018/19,\(pounds)\nnorth_grant,2018/19"],
    ]
  }

  static let ofMoney = [
    CapitalFault(
      "a pot for an unknown kind, area and scheme",
      [pots, "expansion;bulge;condition", "expansion;bulges;condition"],
      [pots, "primary,P1", "primary,P7"],
      [pots, ",boiler,", ",boilr,"],
      finds: "E201 funding-pots:2:67 there is no scheme 'boilr'",
      "E115 funding-pots:3:29 'pays_for' has 'bulges'",
      "E201 funding-pots:4:63 there is no planning area 'P7'"),
    CapitalFault(
      "a share above 1",
      [schema("funding-pots"), "minimum: 0, maximum: 1,", "minimum: 0,"],
      [pots, "boiler,0.4", "boiler,4"],
      finds: "E113 funding-pots:2:74 'most_share' is 4"),
    CapitalFault(
      "a negative receipt, an unknown pot, and money after the programme",
      [
        schema("pot-receipts"), "pounds: { type: pounds, unit: GBP, minimum: 0 }",
        "pounds: { type: pounds, unit: GBP }",
      ],
      [receipts, "castle,2018/19,40000", "castle,2018/19,-40000"],
      [receipts, "general,2020/21", "genral,2020/21"],
      [receipts, "north_grant,2019/20", "north_grant,2024/25"],
      finds: "E113 pot-receipts:2:16 'pounds' is -40000",
      "E201 pot-receipts:4:1 there is no pot 'genral'",
      "E113 pot-receipts:6:13 'financial_year' is 2024/25, after the programme's last year"),
    CapitalFault(
      "money of an earlier year in a pot whose money lapses",
      [receipts, "castle,2018/19,40000", "castle,2016/17,40000"],
      finds:
        "E113 pot-receipts:2:8 'financial_year' is 2016/17, before the programme's first year, and 'castle' does not carry forward"
    ),
    CapitalFault(
      "a pot without receipts",
      [receipts, "castle,2018/19,40000\n", ""],
      finds: "E204 funding-pots:2:1 pot 'castle' has no row in pot_receipts"),
    CapitalFault(
      "a pot to be spent before it is received",
      [pots, "P1,,,yes,,cash", "P1,,,yes,2017/18,cash"],
      finds:
        "E219 funding-pots:4:72 pot 'north_grant' must be spent by 2017/18; its first money comes in 2018/19"),
    CapitalFault(
      "an agreement with neither homes nor receipt",
      [deeds, "mill_lane,20,", ",,"],
      finds:
        "E222 section-106:2:1 agreement 'mill_lane' must have either site_key and trigger_homes, or received_in"
    ),
    CapitalFault(
      "an agreement of an unknown site",
      [deeds, "places,mill_lane", "places,mil_lane"],
      finds: "E201 section-106:2:36 there is no housing site 'mil_lane'"),
    CapitalFault(
      "more homes than the site has, and less money than none",
      [deeds, "mill_lane,20,", "mill_lane,200,"],
      [
        schema("section-106"), "amount: { type: pounds, unit: GBP, minimum: 0 }",
        "amount: { type: pounds, unit: GBP }",
      ],
      [deeds, "200000", "-200000"],
      finds: "E113 section-106:2:46 'trigger_homes' is 200; Mill Lane has 100 homes",
      "E113 section-106:2:50 'amount' is -200000"),
    CapitalFault(
      "money received before it must be spent, the wrong way round",
      [deeds, "mill_lane,20,200000,cash,,2017-06-01,5,", ",,200000,cash,2019/20,2017-06-01,5,2018/19"],
      finds:
        "E219 section-106:2:71 agreement 'mill_lane' must be spent by 2018/19; its money arrives in 2019/20"),
    CapitalFault(
      "borrowing outside the programme, and below nought",
      [
        schema("borrowing"), "limit: { type: pounds, unit: GBP, minimum: 0 }",
        "limit: { type: pounds, unit: GBP }",
      ],
      [borrowing, "2019/20,300000,", "2017/18,300000,\n2019/20,-300000,\n2024/25,300000,"],
      finds: "E113 borrowing:2:1 'financial_year' is 2017/18, before the programme's first year",
      "W345 borrowing:3:1 borrowing has no row for 2018/19, 2020/21, 2021/22, 2022/23, 2023/24, between years that have one",
      "E113 borrowing:3:9 'limit' is -300000",
      "E113 borrowing:4:1 'financial_year' is 2024/25, after the programme's last year"),
    CapitalFault(
      "more money than any authority has",
      [schemes, "600000,cash", "1000000001,cash"],
      [receipts, "2020/21,300000", "2020/21,10000000001"],
      [deeds, "mill_lane,20,200000", "mill_lane,20,1000000001"],
      [borrowing, "2019/20,300000,", "2019/20,10000000001,10000000001"],
      ["Datasets/exampleton-neighbours/data.csv", "S1,S2,700", "S1,S2,100001"],
      finds: "E113 borrowing:2:9 'limit' is 10000000001",
      "E113 borrowing:2:21 'revenue_ceiling' is 10000000001",
      "E113 neighbours:3:7 'transport_cost' is 100001",
      "E113 pot-receipts:4:17 'pounds' is 10000000001",
      "E113 schemes:4:50 'cost' is 1000000001",
      "E113 section-106:2:49 'amount' is 1000000001"),
    CapitalFault(
      "a scheme and an agreement that old prices raise beyond all measure",
      [
        assumptions, "building costs\n  unit: share/year\n  value: 0.03",
        "building costs\n  unit: share/year\n  value: 0.2",
      ],
      [schemes, "600000,cash", "900000000,2002-Q1"],
      [deeds, "mill_lane,20,200000,cash", "mill_lane,20,1000000000,2002-Q1"],
      finds:
        "E113 schemes:4:50 the schemes come to 35447662674 pounds in the money of their years, 'south' alone to 35445993074",
      "W320 schemes:4:50 'south' costs 900,000,000 for 105 places, 8,571,429 a place",
      "E113 section-106:2:49 agreement 'mill_lane' comes to 24863912088 pounds in the money of 2019/20",
      "W333 section-106:2:49 agreement 'mill_lane' brings 1,000,000,000 for 100 homes, 10,000,000 a home"),
    CapitalFault(
      "an agreement with a column that only pots have",
      [
        schema("section-106"), "note: { type: text }\n",
        "note: { type: text }\n  most_share: { type: text }\n",
      ],
      [deeds, "mark,note\n", "mark,note,most_share\n"],
      [deeds, "assumed,Invented\n", "assumed,Invented,half\n"]),
    CapitalFault(
      "a committed scheme that nothing may pay for",
      [pots, "expansion;bulge;condition", "expansion;bulge"],
      [pots, "school_contribution,condition", "school_contribution,suitability"],
      [model, "horizon_years: 6", "horizon_years: 6\nborrowing_pays_for: [expansion]"],
      finds: "W309 funding-pots:2:1 no scheme may use pot 'castle'",
      "E218 schemes:2:1 no money may pay for 'boiler', which is committed"),
    CapitalFault(
      "a committed scheme with too little money, in prices of a quarter",
      [schemes, "1200000,cash", "2000000,2010-Q1"],
      finds:
        "W312 programme:2:1 the budget of 'North Primary expansion' is 1,200,000; its scheme costs 2,638,848 in the money of its years, from 2,000,000 in prices of 2010-Q1",
      "E218 schemes:3:50 'north' is committed and costs 2,638,848 at the least, begun in 2018/19; all that may pay for it comes to 1,860,000, and 778,848 is missing"
    ),
    CapitalFault(
      "a share that keeps a pot from paying for all of a scheme",
      [pots, "expansion;bulge;condition,,,,,", "expansion;bulge;condition,,,,0.5,"],
      [model, "horizon_years: 6", "horizon_years: 6\nborrowing_pays_for: [expansion]"],
      finds:
        "E218 schemes:2:45 'boiler' is committed and costs 100,000 at the least, begun in 2018/19; all that may pay for it comes to 90,000, and 10,000 is missing"
    ),
    CapitalFault(
      "two committed schemes of a group",
      [schemes, "2021/22,no", "2021/22,yes"],
      [schemes, "2022/23,no", "2022/23,yes"],
      finds: "E217 schemes:5:92 'south' and 'south_bulge' of option group 'south_primary' are both committed"),
    CapitalFault(
      "a rival plan with an unknown scheme, one of another area, and two of a group",
      [rivals, "P2,south_bulge", "P2,south_bulg"],
      [rivals, "P2,south\n", "P2,south;south_bulge\n"],
      [rivals, "wait,Wait,P2,", "wait,Wait,P2,north"],
      finds: "E201 rival-plans:2:25 there is no scheme 'south_bulg'",
      "E217 rival-plans:3:28 plan 'expand' has 'south' and 'south_bulge' of option group 'south_primary'",
      "E201 rival-plans:4:14 'north' is no scheme of area P2; it is one of area P1"),
    CapitalFault(
      "neighbours of another phase, of themselves, and paid to travel",
      [
        "Datasets/exampleton-neighbours/data.csv", "",
        "from_planning_area_code,to_planning_area_code,transport_cost\nP1,S1,10\nP1,P1,10\nP2,P1,-1\n",
      ],
      finds: "E201 neighbours:2:4 'S1' (Castle) is a secondary area; a primary one is wanted here",
      "E115 neighbours:3:4 'P1' is named as its own neighbour",
      "E113 neighbours:4:7 'transport_cost' is -1"),
    CapitalFault(
      "a budget that no scheme has, and a scheme with another cost",
      [schemes, "Castle School boiler", "Castle school boilers"],
      [schemes, "1200000", "1100000"],
      finds:
        "W312 programme:2:1 the budget of 'North Primary expansion' is 1,200,000; its scheme costs 1,100,000",
      "W311 programme:3:1 no scheme with an approved start is called 'Castle School boiler'"),
    CapitalFault(
      "an approved programme that takes more than a deed gives",
      [deeds, "mill_lane,20,200000", "mill_lane,20,150000"],
      finds:
        "W335 programme:2:52 the approved programme takes 200,000 of s106_contribution for 'North Primary expansion' from 'mill_lane', which has 150,000 in all"
    ),
    CapitalFault(
      "an approved programme that takes what no pot may pay",
      [pots, "school_contribution,condition", "school_contribution,suitability"],
      finds: "W309 funding-pots:2:1 no scheme may use pot 'castle'",
      "W335 programme:3:47 the approved programme takes 40,000 of school_contribution for 'Castle School boiler'; no pot of that source may pay for that"
    ),
    CapitalFault(
      "two lines that share a pot of too little",
      [receipts, "general,2020/21,300000", "general,2020/21,10000"],
      [receipts, "north_grant,2019/20,700000", "north_grant,2019/20,680000"],
      finds:
        "W335 programme:2:44 the approved programme takes 1,060,000 of grant for 'North Primary expansion' and 1 more from 'general', 'north_grant', which have 1,050,000 in all"
    ),
    // The roof of 500,000 costs 3% more in each of the two years that it may wait.
    CapitalFault(
      "money for a roof that no aim asks for",
      changes: roof("sca,Condition grant,grant,condition,,,roof,,yes,,"),
      finds:
        "W336 funding-pots:4:1 530,450 of pot 'sca' stays idle: 'roof', which it may pay for, adds no mainstream places and is not committed"
    ),
    CapitalFault(
      "the same, in a pot that a committed boiler of 100,000 may use too, and that need not be spent in time",
      changes: roof("sca,Condition grant,grant,condition,,,,,yes,2024/25,"),
      finds:
        "W336 funding-pots:4:1 500,000 of pot 'sca' stays idle: 'roof', which it may pay for, adds no mainstream places and is not committed"
    ),
    CapitalFault(
      "the same, where the boiler may take all, or all but a hundredth of the roof",
      changes: roof("sca,Condition grant,grant,condition,,,,,yes,,", receives: 104_999)),
    CapitalFault(
      "money that goes back, which counts as a cost",
      changes: roof("sca,Condition grant,grant,condition,,,roof,,yes,2023/24,")),
    CapitalFault(
      "money that lapses", changes: roof("sca,Condition grant,grant,condition,,,roof,,no,,")),
    CapitalFault(
      "money that places may have too",
      changes: roof("sca,Condition grant,grant,condition;expansion,,,,,yes,,")),
    CapitalFault(
      "a roof that is committed",
      changes: roof("sca,Condition grant,grant,condition,,,roof,,yes,,", committed: "yes")),
    CapitalFault(
      "a blank key column of a schema",
      [schema("schemes"), "  kind: { type: word,", "  kind: { optional: yes, type: word,"],
      [schema("borrowing"), "key: [financial_year]", "key: [limit]"],
      finds: "E116 borrowing-schema:1:1 the key of 'borrowing' is [limit]",
      "E116 schemes-schema:12:3 column 'kind' may not be optional in 'schemes'"),
  ]
}
