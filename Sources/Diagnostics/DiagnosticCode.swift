/// The stable name of each kind of fault. A code never changes its meaning; each has a page that `places explain` prints
/// and a smallest broken input in `Tests/Fixtures/broken`.
public enum DiagnosticCode: String, CaseIterable, Sendable, Codable {
  // Files and text
  case fileMissing = "E001"
  case fileUnreadable = "E002"
  case notUTF8 = "E003"
  case byteOrderMark = "E004"

  // YAML
  case yamlSyntax = "E010"
  case duplicateKey = "E011"
  case unknownKey = "E012"
  case missingKey = "E013"
  case wrongValue = "E014"
  case unknownReference = "E015"
  case duplicateDefinition = "E016"

  // Scenarios
  case unknownAssumption = "E031"
  case staleWas = "E032"
  case twoOverrides = "E033"
  case unknownScenario = "E034"
  case parentCycle = "E035"
  case unitMismatch = "E036"
  case committedSwitchedOff = "E040"

  // Sweeps
  case sweepOfAnother = "E041"
  case journalDamaged = "E042"
  case shardsDisagree = "E043"

  // Datasets, cell by cell
  case csvSyntax = "E101"
  case wrongCellCount = "E102"
  case columnMissing = "E103"
  case columnUnknown = "E104"
  case columnRepeated = "E105"
  case columnsReordered = "E106"
  case noRows = "E107"
  case notANumber = "E110"
  case notWhole = "E111"
  case blankCell = "E112"
  case outOfRange = "E113"
  case repeatedKey = "E114"
  case wrongForm = "E115"
  case schemaLacksColumn = "E116"

  // The model as a whole
  case unknownCode = "E201"
  case areaWithoutCapacity = "E202"
  case areaWithoutRoll = "E203"
  case cellMissing = "E204"
  case rowDoesNotAdd = "E205"
  case columnDoesNotAdd = "E206"
  case sharesExceedOne = "E207"
  case noDestination = "E208"
  case birthsMissing = "E209"
  case emptyCohort = "E210"
  case profileNotComplete = "E211"
  case transferImpossible = "E212"

  // Schemes and their money
  case spendProfileNotWhole = "E213"
  case windowOutsideProgramme = "E214"
  case prerequisiteCircle = "E215"
  case prerequisiteTooLate = "E216"
  case optionGroupTwice = "E217"
  case schemeNotFundable = "E218"
  case moneyTooLate = "E219"
  case pricesMixed = "E220"
  case schemePlacesDisagree = "E221"
  case agreementWithoutTrigger = "E222"
  case schemeSchoolUnknown = "E223"

  // What a model says of its figures
  case syntheticNotSaid = "E224"
  case unitNotRead = "E225"
  case deedDatesDisagree = "E226"

  // Monitoring
  case forecastBelowSpent = "E230"

  // Births to come and control totals
  case womenMissing = "E240"
  case fertilityMissing = "E241"
  case fertilityOutOfRange = "E242"
  case birthDataNotUsed = "E243"
  case controlNotProjected = "E244"
  case controlsDisagree = "E245"
  case controlMarginIncomplete = "E246"
  case controlImpossible = "E247"
  case birthsImpossible = "E248"

  // Forecasts without a model
  case originNotCounted = "E301"
  case horizonBeyondData = "E302"
  case historyTooShort = "E303"

  // Imports
  case spellingUnknown = "E401"
  case amountUnreadable = "E402"
  case dateImpossible = "E403"
  case referenceRepeated = "E404"
  case referenceUnknown = "E405"
  case parentRefused = "E406"
  case nothingKept = "E407"
  case textUndecodable = "E410"
  case layoutUnknown = "E411"
  case layoutColumnUnknown = "E412"
  case kindsMixed = "E413"
  case notStated = "E414"
  case totalDisagrees = "E415"
  case partMissing = "E416"
  case workbookUnreadable = "E417"
  case authorityNotFound = "E418"

  // New models
  case modelExists = "E420"

  // Planning areas beside their authority
  case totalsFarApart = "E424"

  // Choosing a programme
  case noSchemes = "E501"

  // Papers
  case runUnreadable = "E601"
  case outputInTheWay = "E602"
  case outputFolderMissing = "E603"
  case outputNotWritten = "E604"

  // The memory of runs
  case storeMissing = "E700"
  case storeDamaged = "E701"
  case storeLocked = "E702"
  case storeNewer = "E703"
  case storeInaccessible = "E704"
  case runUnknown = "E705"
  case runAmbiguous = "E706"
  case storedInputDamaged = "E707"
  case replayRefused = "E708"
  case runsNotComparable = "E709"
  case bitsDiffer = "E710"

  // Warnings
  case survivalOutsideAlarm = "W301"
  case intakeOutsideAlarm = "W302"
  case totalsDiffer = "W303"
  case siteNotFinished = "W304"
  case varianceWithoutReason = "W305"
  case rendererMissing = "W306"
  case areaWithoutHistory = "W307"
  case birthsUnmatched = "W308"
  case potWithoutScheme = "W309"
  case agreementNotReached = "W310"
  case approvedNotMatched = "W311"
  case approvedCostDiffers = "W312"
  case placesOutOfProportion = "W313"
  case countStandsAlone = "W314"
  case areaNamesDiffer = "W315"
  case disturbedYearNotCounted = "W316"
  case controlOutOfProportion = "W317"
  case optionGroupAlone = "W318"
  case schemeTwice = "W319"
  case costOutOfProportion = "W320"
  case housingOutOfProportion = "W321"
  case areaNotCounted = "W322"
  case phaseWithoutTotal = "W323"
  case officialUnmatched = "W324"
  case opensTooLate = "W325"
  case plannedPlacesDiffer = "W326"
  case areaNameTwice = "W327"
  case laterRollsNotUsed = "W328"
  case rangeNotMeasured = "W329"
  case rangeStretched = "W330"
  case moneyReturned = "W331"
  case sixthFormsUnlikeRolls = "W332"
  case moneyOutOfProportion = "W333"
  case schemeFiguresDisagree = "W334"
  case approvedMoneyMissing = "W335"
  case potLeftIdle = "W336"
  case flowsExceedCount = "W337"
  case approvedTotalDiffers = "W338"
  case lateSchemeUnknown = "W339"
  case homesCountedAlready = "W340"
  case yearGroupNeverAttended = "W341"
  case sumOfOthers = "W342"
  case budgetAboveTotal = "W343"
  case overrideChangesNothing = "W344"
  case yearPassedOver = "W345"
  case placesPartlyStated = "W346"
  case countsRepeated = "W347"
  case birthsOfAnotherYear = "W348"
  case birthsNotOver = "W349"
  case opensBeforeMeeting = "W350"
  case ceilingOfNought = "W351"
  case capacityOutOfDate = "W352"
  case phaseForecastEmpty = "W353"

  // Warnings of imports
  case receivedExceedsContribution = "W401"
  case spentExceedsReceived = "W402"
  case agreementOfAnother = "W403"
  case textNeutralised = "W404"
  case agreementsNotGiven = "W405"
  case decodedAsWindows1252 = "W410"
  case authorityCodesChanged = "W411"
  case totalsRowDiffers = "W412"

  // Warnings of exports
  case horizonShort = "W413"

  // Warnings of papers
  case pdfLeftOut = "W601"
  case wordLeftOut = "W602"
  case openDataLeftOut = "W603"
  case notScored = "W604"

  // Warnings of the memory of runs
  case runNotRecorded = "W700"
  case runFolderGone = "W701"
  case runFileChanged = "W702"
  case recordNotReproduced = "W703"

  public var severity: Severity { rawValue.hasPrefix("W") ? .warning : .error }
}
