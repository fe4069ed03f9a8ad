internal import NumericCore

/// The streams of one authority, hashed once.
struct EnsembleStreams {
  let births: RandomStream
  let intake: [RandomStream]
  let intakeCounty: RandomStream
  let survival: [RandomStream]
  let survivalCounty: RandomStream
  let transfer: [RandomStream]
  let yield: [RandomStream]
  let siteDelivery: [RandomStream]

  init(_ input: EnsembleInput, _ seed: UInt64) {
    func streams(_ source: RandomSource, _ codes: [String]) -> [RandomStream] {
      codes.map { RandomStream(seed: seed, source: source, area: $0) }
    }
    births = RandomStream(seed: seed, source: .births, area: input.authority)
    intake = streams(.intakeArea, input.primary)
    intakeCounty = RandomStream(seed: seed, source: .intakeCounty, area: input.authority)
    survival = streams(.survivalArea, input.areas)
    survivalCounty = RandomStream(seed: seed, source: .survivalCounty, area: input.authority)
    transfer = streams(.transfer, input.secondary)
    yield = streams(.yield, input.areas)
    siteDelivery = streams(.siteDelivery, input.sites.map(\.key))
  }
}
