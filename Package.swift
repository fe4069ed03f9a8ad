// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let arguments: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")

/// Where scripts/setup puts HiGHS: what links it finds it there, and at run time too. Rounding is in the C library of
/// mathematics, which is there for certain only where Foundation is.
let highs = Context.packageDirectory + "/.deps/highs/lib"
let linkHighs: [LinkerSetting] = [
  .unsafeFlags(["-L\(highs)", "-Xlinker", "-rpath", "-Xlinker", highs]), .linkedLibrary("m"),
]

/// Modules that read, draw and search are optimised in debug builds too: their tests do as much of it as a run.
let optimised = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

/// A library target and the targets that it may import: the arrows of the README's picture.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = [], resources: [Resource] = [],
  isOptimised: Bool = false, linkerSettings: [LinkerSetting] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, resources: resources,
    swiftSettings: isOptimised ? optimised : strict, linkerSettings: linkerSettings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: ["TestSupport"] + dependencies, swiftSettings: strict)
}

/// A program that tests start, to be killed or to stand in another's way.
func tool(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: name, dependencies: dependencies, path: "Tests/\(name)", swiftSettings: strict)
}

/// The modules from the model's files to its places, which many tests need together.
let line: [Target.Dependency] = [
  "Diagnostics", "PlacePlanning", "ModelFiles", "Projection", "Sufficiency",
]

let package = Package(
  name: "places",
  products: [
    .executable(name: "places", targets: ["places"]),
    .library(name: "Runs", targets: ["Runs"]),
    .library(name: "Forecasting", targets: ["Forecasting"]),
    .library(name: "Projection", targets: ["Projection"]),
    .library(name: "Sufficiency", targets: ["Sufficiency"]),
    .library(name: "CapitalProgramme", targets: ["CapitalProgramme"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"),
  ],
  targets: [
    .systemLibrary(
      name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .systemLibrary(name: "CLibCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "CNormals", cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
    .systemLibrary(name: "CHiGHS"),
    .systemLibrary(name: "CXLSXWriter", providers: [.apt(["libxlsxwriter-dev"])]),
    library("Diagnostics", resources: [.copy("Diagnostics.docc")]),
    library("PlacePlanning", isOptimised: true),
    library("NumericCore", ["COpenBLAS", "CNormals"], isOptimised: true),
    library("MixedInteger", ["CHiGHS"], isOptimised: true, linkerSettings: linkHighs),
    library("ModelFiles", ["Diagnostics", "PlacePlanning", "CLibCrypto", yams], isOptimised: true),
    library("Forecasting", ["PlacePlanning", "NumericCore"], isOptimised: true),
    library("Projection", ["PlacePlanning", "NumericCore", "Diagnostics"], isOptimised: true),
    library("Sufficiency", ["PlacePlanning", "Projection"], isOptimised: true),
    library(
      "CapitalProgramme", ["PlacePlanning", "NumericCore", "Projection", "Sufficiency", "MixedInteger"],
      isOptimised: true),
    library("Spreadsheets", ["CXLSXWriter"]),
    library("OpenData", ["PlacePlanning", "Projection", "Sufficiency", "MixedInteger"]),
    library(
      "Scenarios", ["PlacePlanning", "NumericCore", "Projection", "Sufficiency", "CapitalProgramme"],
      isOptimised: true),
    library(
      "Papers",
      [
        "PlacePlanning", "Forecasting", "Projection", "Sufficiency", "CapitalProgramme", "Diagnostics",
        "Scenarios", "Spreadsheets",
      ],
      resources: [
        "charts.py", "pdf.py", "word.py", "word.lua", "reference.docx", "paper.css", "print.css",
      ].map { .copy("Resources/\($0)") }),
    library(
      "Runs",
      [
        "Diagnostics", "PlacePlanning", "NumericCore", "ModelFiles", "Forecasting", "Projection",
        "Sufficiency", "CapitalProgramme", "OpenData", "Papers", "Scenarios", grdb,
      ]),
    library("PlacesWeb", ["Diagnostics", "ModelFiles", "Papers", "Runs", hummingbird]),
    .executableTarget(
      name: "places",
      dependencies: [
        "Diagnostics", "PlacePlanning", "ModelFiles", "Forecasting", "Projection", "Sufficiency",
        "CapitalProgramme", "Scenarios", "Papers", "Runs", "PlacesWeb", arguments,
      ],
      swiftSettings: strict),
    .executableTarget(
      name: "PlacesBenchmarks",
      dependencies: [
        "Diagnostics", "PlacePlanning", "NumericCore", "ModelFiles", "Forecasting", "Projection",
        "Sufficiency", "CapitalProgramme", "Papers", "Runs",
      ],
      exclude: ["Peers"], swiftSettings: strict),
    .target(
      name: "TestSupport", dependencies: ["ModelFiles", "PlacePlanning"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("DiagnosticsTests", ["Diagnostics"]),
    tests("PlacePlanningTests", ["PlacePlanning"]),
    tests("NumericCoreTests", ["NumericCore"]),
    .testTarget(
      name: "MixedIntegerTests", dependencies: ["TestSupport", "MixedInteger", "CHiGHS"],
      exclude: ["scipy_reference.py"], swiftSettings: strict),
    tests("ModelFilesTests", ["Diagnostics", "PlacePlanning", "ModelFiles"]),
    tests("ForecastingTests", ["PlacePlanning", "Forecasting", "NumericCore"]),
    tests("ProjectionTests", line + ["NumericCore"]),
    tests("SufficiencyTests", line),
    tests("ScenariosTests", line + ["CapitalProgramme", "Scenarios"]),
    .testTarget(
      name: "CapitalProgrammeTests",
      dependencies: ["TestSupport", "CapitalProgramme", "MixedInteger"] + line,
      exclude: ["Goldens", "Reference"], swiftSettings: strict),
    tests("SpreadsheetsTests", ["Spreadsheets"]),
    tests("OpenDataTests", ["OpenData"]),
    tests("PapersTests", line + ["CapitalProgramme", "Forecasting", "Papers", "Runs", "Spreadsheets"]),
    tool("StoreWriter", ["ModelFiles", "PlacePlanning", "Runs"]),
    .testTarget(
      name: "RunsTests",
      dependencies: ["TestSupport", "CapitalProgramme", "Papers", "Runs", "Scenarios", grdb] + line,
      exclude: ["read_store.py"], swiftSettings: strict),
    tests("PlacesWebTests", ["PlacesWeb"]),
    tests("LawTests", line + ["NumericCore", "Runs"]),
    .testTarget(
      name: "GoldenTests",
      dependencies: [
        "TestSupport", "CapitalProgramme", "Forecasting", "OpenData", "Papers", "Runs", "Scenarios", grdb,
      ] + line,
      exclude: ["Goldens"],
      swiftSettings: strict),
    .testTarget(
      name: "CaseTests", dependencies: ["TestSupport", "CapitalProgramme", yams] + line, exclude: ["Cases"],
      swiftSettings: strict),
    .testTarget(
      name: "ReferenceTests",
      dependencies: ["TestSupport", "CapitalProgramme", "Forecasting", "NumericCore"] + line,
      exclude: [
        "numpy_method.py", "numpy_reference.py", "numpy_reference.json", "births_reference.py",
        "births_reference.json", "draws_reference.py", "draws_reference.json", "forecast_reference.py",
        "forecast_reference.json", "backtest_reference.py", "backtest_reference.json",
      ], swiftSettings: strict),
    tests("ArchitectureTests", []),
  ],
  swiftLanguageModes: [.v6]
)
