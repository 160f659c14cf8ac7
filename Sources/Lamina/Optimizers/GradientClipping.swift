/// Keeps gradients from being large. A limit of 0 or less does nothing.
///
/// Source: _clip_gradients in keras/src/optimizers/base_optimizer.py
public enum GradientClipping: Equatable, Sendable {
  /// Each number is made to lie between -limit and limit.
  case value(Double)
  /// A variable's gradient whose norm is above the limit is scaled to it.
  case norm(Double)
  /// Where the norm of all gradients together is above the limit, all are
  /// scaled to it; where it is not finite, all become not-a-number.
  case globalNorm(Double)
}
