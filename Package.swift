// swift-tools-version: 6.2
import PackageDescription

// `make lib` sets LAMINA_RUNTIME=embedded: the library's targets then compile
// as Embedded Swift, without the command, its dependency and the tests.
let isEmbedded = Context.environment["LAMINA_RUNTIME"] == "embedded"

// `make lib OPENBLAS=none` sets LAMINA_OPENBLAS=none: the small edition, in which all
// products are Lamina's own.
let hasOpenBLAS = Context.environment["LAMINA_OPENBLAS"] != "none"

let librarySettings: [SwiftSetting] =
  isEmbedded
  ? [
    .enableExperimentalFeature("Embedded"),
    // A section for each function: the linker leaves out what the C interface never calls.
    .unsafeFlags(["-wmo", "-Xfrontend", "-function-sections", "-Xcc", "-fPIC"]),
  ] : []

let package = Package(
  name: "lamina",
  products: [
    .library(name: "Lamina", targets: ["Lamina", "LaminaPNG"]),
    .library(name: "LaminaC", type: .static, targets: ["LaminaC"]),
  ],
  targets: [
    .target(name: "CLamina", path: "include", sources: [], publicHeadersPath: "."),
    .target(name: "CSystem", linkerSettings: [.linkedLibrary("m")]),
    .target(name: "CLaminaKernels"),
    .target(name: "CBuiltinModel", exclude: ["digits.safetensors"]),
    .target(name: "CPNG", linkerSettings: [.linkedLibrary("png"), .linkedLibrary("z")]),
    .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
    .target(
      name: "Lamina",
      dependencies: ["CSystem", "CLaminaKernels", "CZlib"] + (hasOpenBLAS ? ["COpenBLAS"] : []),
      swiftSettings: librarySettings + (hasOpenBLAS ? [.define("LAMINA_OPENBLAS")] : [])
    ),
    .target(
      name: "LaminaPNG",
      dependencies: ["Lamina", "CPNG", "CBuiltinModel"],
      swiftSettings: librarySettings
    ),
    .target(
      name: "LaminaC",
      dependencies: ["Lamina", "LaminaPNG", "CLamina", "CSystem"],
      swiftSettings: librarySettings
    ),
  ],
  swiftLanguageModes: [.v6]
)

if hasOpenBLAS {
  package.targets.append(
    .target(name: "COpenBLAS", linkerSettings: [.linkedLibrary("openblas")]))
}

if !isEmbedded {
  package.products.append(.executable(name: "png-classify", targets: ["png-classify"]))
  package.dependencies.append(
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"))
  package.targets += [
    .executableTarget(
      name: "png-classify",
      dependencies: [
        "Lamina", "LaminaPNG",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .executableTarget(
      name: "train-digits",
      dependencies: [
        "Lamina", "LaminaPNG",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]
    ),
    .testTarget(name: "LaminaTests", dependencies: ["Lamina"]),
    .testTarget(
      name: "LaminaPNGTests", dependencies: ["LaminaPNG", "Lamina", "CBuiltinModel"]),
    .testTarget(name: "TrainDigitsTests", dependencies: ["train-digits", "Lamina"]),
  ]
}
