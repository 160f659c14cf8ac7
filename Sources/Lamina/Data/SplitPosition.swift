/// Where the last part of so many samples begins:
/// floor(count (1 - lastFraction)).
///
/// Source: keras/src/trainers/data_adapters/array_slicing.py
/// (`train_validation_split`)
/// - Throws: `.invalidArgument` where either part would be empty.
func splitPosition(count: Int, lastFraction: Double) throws(LaminaError) -> Int {
  guard lastFraction > 0, lastFraction < 1 else {
    throw LaminaError(
      .invalidArgument, "a last fraction of \(lastFraction), expected above 0 and below 1")
  }
  let position = Int(Double(count) * (1 - lastFraction))
  guard position > 0, position < count else {
    throw LaminaError(
      .invalidArgument,
      "\(count) samples are too few to split off a fraction of \(lastFraction): a part is empty")
  }
  return position
}
