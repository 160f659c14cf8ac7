// swift-tools-version: 6.2
import Foundation
import PackageDescription

// A local package is known by the name of its folder.
let root = URL(filePath: Context.packageDirectory).deletingLastPathComponent()
  .deletingLastPathComponent()

let package = Package(
  name: "trainer",
  platforms: [.macOS(.v13)],
  dependencies: [.package(path: "../..")],
  targets: [
    .executableTarget(
      name: "train",
      dependencies: [.product(name: "Lamina", package: root.lastPathComponent.lowercased())])
  ],
  swiftLanguageModes: [.v6]
)
