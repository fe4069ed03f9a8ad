import PlacePlanning
import Projection
import Sufficiency
import TestSupport
import Testing

/// New homes and births to come: what they add, and what they leave alone.
struct HousingLawTests {
  /// Homes finished before a year, added up year by year: half the rate first, the full rate after, until the site is full.
  private func finished(_ site: HousingSite, by year: AcademicYear) -> Double {
    var (sum, next) = (0.0, site.firstCompletions)
    while next <= year {
      sum = min(site.dwellings, sum + site.homesPerYear * (next == site.firstCompletions ? 0.5 : 1))
      next = next + 1
    }
    return sum
  }

  @Test(
    "with less without homes is the sum over sites and finishing years of the yield curve", arguments: seeds)
  func yieldSum(seed: UInt64) throws {
    let authority = RandomAuthority(seed: seed)
    let pupils = try project(authority.model)
    for area in pupils.areas {
      for yearGroup in area.phase.yearGroups {
        for year in pupils.years {
          var wanted = 0.0
          for completed in pupils.years.dropFirst() where completed <= year {
            let sites = authority.sites.filter { [$0.primaryArea, $0.secondaryArea].contains(area.code) }
            let homes = sites.map { finished($0, by: completed) - finished($0, by: completed - 1) }
            let all = homes.reduce(0, +)
            let counted = max(0, all - (authority.background[area.code] ?? 0))
            for (site, number) in zip(sites, homes) where all > 0 {
              let each = authority.yields[site.dwellingType]?
                .pupilsPerDwelling(yearGroup, age: year - completed)
              wanted += number * counted / all * (each ?? .nan)
            }
          }
          expectClose(
            pupils.fromHousing(area.code, yearGroup, year), wanted, within: 1e-9,
            "\(area.code) \(yearGroup) \(year)")
        }
      }
    }
  }

  @Test("without sites the two paths have the same bits", arguments: seeds)
  func noSites(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    authority.sites = []
    let pupils = try project(authority.model)
    #expect(figures(pupils).count > 0)
    for area in pupils.areas {
      for yearGroup in area.phase.yearGroups {
        for year in pupils.years {
          #expect(pupils.fromHousing(area.code, yearGroup, year) == 0)
        }
      }
    }
  }

  @Test("a site changes nothing before its first homes, and the path without homes never", arguments: seeds)
  func nothingBefore(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    let before = authority.model
    let start = AcademicYear(2018 + Int(seed) % authority.horizonYears)
    authority.sites.append(
      HousingSite(
        key: "a new site", name: "New", dwellingType: "house", dwellings: 2_000,
        primaryArea: authority.areas(.primary)[0].code,
        secondaryArea: authority.areas(.secondary)[0].code, firstCompletions: start,
        homesPerYear: 300))
    let after = authority.model
    let (one, two) = (try project(before), try project(after))
    expectSameBits(figures(two, upTo: start - 1), figures(one, upTo: start - 1), "pupils")
    #expect(figures(two) != figures(one), "the site adds pupils once it is there")
    let plain = { (pupils: TrajectorySet) in figures(pupils).filter { $0.key.hasPrefix("without") } }
    expectSameBits(plain(two), plain(one), "path without homes")
    let (early, late) = (compare(one, with: before), compare(two, with: after))
    if start > AcademicYear(2018) {
      expectSameBits(figures(late, upTo: start - 1), figures(early, upTo: start - 1), "places")
    }
  }

  @Test(
    "a site two years late changes nothing before its old date, and brings the same homes", arguments: seeds)
  func late(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    let start = AcademicYear(2018 + Int(seed) % 3)
    func site(_ first: AcademicYear) -> HousingSite {
      HousingSite(
        key: "moved", name: "Moved", dwellingType: "flat", dwellings: 90,
        primaryArea: authority.areas(.primary)[0].code,
        secondaryArea: authority.areas(.secondary)[0].code, firstCompletions: first, homesPerYear: 60)
    }
    let sites = authority.sites
    authority.sites = sites + [site(start)]
    let onTime = try project(authority.model)
    authority.sites = sites + [site(start + 2)]
    let late = try project(authority.model)
    expectSameBits(figures(late, upTo: start - 1), figures(onTime, upTo: start - 1), "pupils")
    let years = (0...20).map { start - 5 + $0 }
    expectClose(years.reduce(0) { $0 + site(start).completions(before: $1) }, 90)
    for year in years {
      #expect(site(start).completions(before: year) == site(start + 2).completions(before: year + 2))
    }
  }

  @Test("the births factor moves only cohorts not yet born, in proportion", arguments: seeds)
  func birthsFactor(seed: UInt64) throws {
    var authority = RandomAuthority(seed: seed)
    authority.horizonYears = 9
    authority.futureBirthsFactor = 1
    let one = try project(authority.model)
    authority.futureBirthsFactor = 1.25
    let two = try project(authority.model)
    // Births are known to June 2016: the cohort of 2019/20 draws on 2015 and 2016, that of 2020/21 on 2016 and 2017.
    #expect(one.births.lastKnownYear == 2016)
    for year in one.years {
      let cohort = year.start - 4
      for area in one.areas {
        for yearGroup in area.phase.yearGroups {
          let (a, b) = (one.central[area.code, yearGroup, year], two.central[area.code, yearGroup, year])
          if cohort - yearGroup.number <= 2015 {
            #expect(a == b, "\(area.code) \(yearGroup) \(year): counted when the factor came")
          }
        }
        guard area.phase == .primary else { continue }
        let before = one.centralWithoutHousing[area.code, .reception, year] ?? .nan
        let after = two.centralWithoutHousing[area.code, .reception, year] ?? .nan
        if cohort >= 2017 {
          expectClose(after, 1.25 * before, within: 1e-9, "\(area.code) \(year)")
        } else if cohort == 2016 {
          #expect(after > before && after < 1.25 * before, "\(area.code) \(year): two months unborn")
        }
        #expect(one.births.isKnown(reachingReceptionIn: year) == (cohort <= 2015))
      }
    }
  }
}
