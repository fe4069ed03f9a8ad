// swift-tools-version: 6.1
import PackageDescription

// Another package that uses the libraries of places, as an analyst's own would: by path.
let package = Package(
  name: "OtherPackage",
  dependencies: [.package(name: "places", path: "../..")],
  targets: [
    .executableTarget(
      name: "OtherPackage",
      dependencies: ["CapitalProgramme", "Forecasting", "Projection", "Runs", "Sufficiency"].map {
        .product(name: $0, package: "places")
      })
  ],
  swiftLanguageModes: [.v6]
)
