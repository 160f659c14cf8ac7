import CSystem

/// The number that a standard normal variable stays below with this
/// probability, to about 16 digits.
///
/// Source: Wichura, "Algorithm AS 241: the percentage points of the normal
/// distribution", 1988, PPND16, without its third branch.
///
/// - Parameter probability: 2e-11 to 1 - 2e-11.
func normalQuantile(_ probability: Double) -> Double {
  let offset = probability - 0.5
  if abs(offset) <= 0.425 {
    return offset * centralRatio(0.180625 - offset * offset)
  }
  let tail = min(probability, 1 - probability)
  let distance = tailRatio((-log(tail)).squareRoot() - 1.6)
  return offset < 0 ? -distance : distance
}

private func centralRatio(_ r: Double) -> Double {
  var numerator = 2.509_080_928_730_122_672_7e+3
  numerator = numerator * r + 3.343_057_558_358_812_810_5e+4
  numerator = numerator * r + 6.726_577_092_700_870_085_3e+4
  numerator = numerator * r + 4.592_195_393_154_987_145_7e+4
  numerator = numerator * r + 1.373_169_376_550_946_112_5e+4
  numerator = numerator * r + 1.971_590_950_306_551_442_7e+3
  numerator = numerator * r + 1.331_416_678_917_843_774_5e+2
  numerator = numerator * r + 3.387_132_872_796_366_608_0
  var denominator = 5.226_495_278_852_854_561_0e+3
  denominator = denominator * r + 2.872_908_573_572_194_267_4e+4
  denominator = denominator * r + 3.930_789_580_009_271_061_0e+4
  denominator = denominator * r + 2.121_379_430_158_659_586_7e+4
  denominator = denominator * r + 5.394_196_021_424_751_107_7e+3
  denominator = denominator * r + 6.871_870_074_920_579_083_0e+2
  denominator = denominator * r + 4.231_333_070_160_091_125_2e+1
  return numerator / (denominator * r + 1)
}

private func tailRatio(_ r: Double) -> Double {
  var numerator = 7.745_450_142_783_414_076_40e-4
  numerator = numerator * r + 2.272_384_498_926_918_458_33e-2
  numerator = numerator * r + 2.417_807_251_774_506_117_70e-1
  numerator = numerator * r + 1.270_458_252_452_368_382_58
  numerator = numerator * r + 3.647_848_324_763_204_605_04
  numerator = numerator * r + 5.769_497_221_460_691_405_50
  numerator = numerator * r + 4.630_337_846_156_545_295_90
  numerator = numerator * r + 1.423_437_110_749_683_577_34
  var denominator = 1.050_750_071_644_416_843_24e-9
  denominator = denominator * r + 5.475_938_084_995_344_946_00e-4
  denominator = denominator * r + 1.519_866_656_361_645_719_66e-2
  denominator = denominator * r + 1.481_039_764_274_800_745_90e-1
  denominator = denominator * r + 6.897_673_349_851_000_045_50e-1
  denominator = denominator * r + 1.676_384_830_183_803_849_40
  denominator = denominator * r + 2.053_191_626_637_758_821_87
  return numerator / (denominator * r + 1)
}
