"""Losses: what each sample loses, the reduced and weighted total, and its gradient.

Case: {"name", "loss": class name and config}; Huber's case has "delta" too, which Keras leaves out
of the config. `each` has no reduction and no weights; `gradient` is that of `total` with respect
to the predictions. The weights of a case are of the shape of `each`, or broadcast to it.
"""

import jax
import jax.numpy as jnp
import keras
import numpy as np

from .fixture import Fixture, generator_of, normal, serialized

REDUCTIONS = ("sum_over_batch_size", "sum", "mean", "mean_with_sample_weight")
WEIGHTS = np.array([0.5, 2, 0, 1, 0, 0.25], np.float32)


def array(values):
    """Make an array of float32 numbers."""
    return np.array(values, np.float32)


def add(fixture, loss_class, name, arrays, **arguments):
    """Add a case of one loss; the arrays are targets, predictions and maybe weights."""

    def compute(inputs):
        loss = loss_class(**arguments)
        each = loss_class(**{**arguments, "reduction": "none"})

        def total(predictions):
            return loss(inputs["targets"], predictions, inputs.get("weights"))

        value, gradient = jax.value_and_grad(total)(jnp.asarray(inputs["predictions"]))
        return {
            "each": each(inputs["targets"], inputs["predictions"]),
            "total": value,
            "gradient": gradient,
        }

    case = {"name": name, "loss": serialized(loss_class(**arguments))}
    if "delta" in arguments:
        case["delta"] = arguments["delta"]
    # Without weights there are two arrays.
    inputs = dict(zip(("targets", "predictions", "weights"), arrays, strict=False))
    fixture.add(case, inputs, compute)


def add_reductions(fixture, loss_class, targets, predictions, **arguments):
    """Add each reduction, with and without weights; six samples."""
    for reduction in REDUCTIONS:
        for title, weights in (("", ()), (", weights", (WEIGHTS,))):
            arrays = (targets, predictions, *weights)
            add(fixture, loss_class, reduction + title, arrays, reduction=reduction, **arguments)
    arguments = {**arguments, "reduction": "mean_with_sample_weight"}
    arrays = (targets, predictions, 0 * WEIGHTS)
    add(fixture, loss_class, "all weights zero", arrays, **arguments)


def softmax(logits):
    """Make rows of probabilities."""
    exponentials = np.exp(logits - logits.max(-1, keepdims=True))
    return (exponentials / exponentials.sum(-1, keepdims=True)).astype(np.float32)


def one_hot(labels, classes):
    """Make rows of zeros with a one."""
    return np.eye(classes, dtype=np.float32)[labels]


def extreme_logits():
    """Make six rows of five logits where a naive softmax overflows or vanishes."""
    return array(
        [
            [1000, 0, -1000, 999, 1],
            [-1e30, 1e30, 0, 1, 2],
            [88.8, -88.8, 89, -104, 0],
            [7, 7, 7, 7, 7],
            [-500, -500.5, -501, -600, -700],
            [0, -0.0, 1e-30, -1e-30, 16],
        ]
    )


def hard_probabilities():
    """Make six rows of five probabilities, some at or beyond the limits that Keras clips to."""
    return array(
        [
            [1, 0, 0, 0, 0],
            [0, 1, 0, 0, 0],
            [1e-8, 0.5, 0.5, 1e-12, 0],
            [0.2, 0.2, 0.2, 0.2, 0.2],
            [3e-7, 0.9999996, 1e-9, 1e-8, 0],
            [0.1, 0.2, 0.3, 0.4, 0],
        ]
    )


def crossentropies(loss_class, targets_of):
    """Cover what the two categorical crossentropies share."""
    fixture = Fixture("losses", loss_class.__name__)
    generator = generator_of("losses", "categorical")
    labels = np.array([0, 1, 2, 3, 4, 1], np.int32)
    targets = targets_of(labels)
    logits = 2 * normal(generator, 6, 5)
    add_reductions(fixture, loss_class, targets, logits, from_logits=True)

    def case(name, *arrays, **arguments):
        add(fixture, loss_class, name, arrays, **arguments)

    for start in (0, 1):
        shifted = targets_of((labels + start) % 5)
        for name, from_logits, values in (
            ("extreme logits", True, extreme_logits()),
            ("clipped probabilities", False, hard_probabilities()),
        ):
            case(f"{name}, {start}", shifted, values, from_logits=from_logits)
    probabilities = softmax(logits)
    case("probabilities", targets, probabilities)
    case("probabilities, weights", targets, probabilities, WEIGHTS)
    scales = array([0.5, 2, 10, 0.01, 1, 100])[:, None]
    case("probabilities that do not add up to one", targets, probabilities * scales)
    case("two classes", targets_of(labels % 2, 2), logits[:, :2], from_logits=True)

    labels = generator.integers(0, 5, (3, 4)).astype(np.int32)
    targets, logits = targets_of(labels), normal(generator, 3, 4, 5)
    weights = array([[1, 0, 2, 0.5], [0, 0, 0, 3], [1, 1, 1, 1]])
    probabilities = softmax(logits)
    case("two axes", targets, logits, from_logits=True)
    case("two axes, probabilities", targets, probabilities)
    for reduction in REDUCTIONS:
        arguments = {"from_logits": True, "reduction": reduction}
        case(f"two axes, {reduction}, weights", targets, logits, weights, **arguments)
        columns = weights[:, 2:3]
        case(f"two axes, {reduction}, weights by row", targets, logits, columns, **arguments)
    return fixture, case


def sparse_categorical_crossentropy():
    """Integer labels."""
    fixture, case = crossentropies(
        keras.losses.SparseCategoricalCrossentropy,
        lambda labels, _=5: labels.astype(np.int32),
    )
    logits = normal(generator_of("losses", "sparse"), 6, 5)
    labels = np.array([[0], [1], [2], [3], [4], [1]], np.int32)
    case("labels in a column", labels, logits, from_logits=True)
    fixture.write()


def categorical_crossentropy():
    """Rows of zeros with a one, soft rows, and smoothed ones."""
    loss_class = keras.losses.CategoricalCrossentropy
    fixture, case = crossentropies(loss_class, lambda labels, classes=5: one_hot(labels, classes))
    generator = generator_of("losses", "soft")
    logits = normal(generator, 6, 5)
    hard = one_hot(np.array([0, 1, 2, 3, 4, 1]), 5)
    soft = softmax(normal(generator, 6, 5))
    unequal = soft * array([0.5, 2, 1, 0, 3, 0.1])[:, None]
    for targets_name, targets in (("hard", hard), ("soft", soft), ("unequal", unequal)):
        for smoothing in (0.0, 0.1, 1.0):
            for from_logits, values in ((True, logits), (False, softmax(logits))):
                case(
                    f"{targets_name} targets, smoothing {smoothing}, from_logits {from_logits}",
                    targets,
                    values,
                    from_logits=from_logits,
                    label_smoothing=smoothing,
                )
    case("clipped, smoothing", hard, hard_probabilities(), label_smoothing=0.2)
    fixture.write()


def binary_crossentropy():
    """One and several outputs, with each kind of prediction."""
    loss_class = keras.losses.BinaryCrossentropy
    fixture = Fixture("losses", loss_class.__name__)
    generator = generator_of("losses", "binary")
    targets = generator.integers(0, 2, (6, 3)).astype(np.float32)
    logits = 3 * normal(generator, 6, 3)
    add_reductions(fixture, loss_class, targets, logits, from_logits=True)

    def case(name, *arrays, **arguments):
        add(fixture, loss_class, name, arrays, **arguments)

    probabilities = (1 / (1 + np.exp(-logits))).astype(np.float32)
    soft = generator.uniform(0, 1, (6, 3)).astype(np.float32)
    for name, some in (("hard", targets), ("soft", soft)):
        for smoothing in (0.0, 0.1, 1.0):
            for from_logits, values in ((True, logits), (False, probabilities)):
                case(
                    f"{name} targets, smoothing {smoothing}, from_logits {from_logits}",
                    some,
                    values,
                    from_logits=from_logits,
                    label_smoothing=smoothing,
                )
    case("probabilities, weights", targets, probabilities, WEIGHTS)
    extreme = array([0, -0.0, 1e-30, 16, -16, 17, -17, 88, -88, 89, -89, 104, -104, 1e30, -1e30])
    clipped = array([0, 1, 1e-8, 1e-12, 2e-7, 1 - 6e-8, 1 - 2e-7, 0.5, -0.5, 1.5])
    for label in (0, 1):
        full = np.full((len(extreme), 1), label, np.float32)
        case(f"extreme logits, {label}", full, extreme[:, None], from_logits=True)
        full = np.full((len(clipped), 1), label, np.float32)
        case(f"clipped probabilities, {label}", full, clipped[:, None])
        case(f"clipped, smoothing, {label}", full, clipped[:, None], label_smoothing=0.1)
    case("one output, flat targets", targets[:, 0], logits[:, :1], from_logits=True)
    case("one output, flat targets, weights", targets[:, 0], probabilities[:, :1], WEIGHTS)
    shape = (3, 4, 2)
    targets = generator.integers(0, 2, shape).astype(np.float32)
    weights = array([[1, 0, 2, 0.5], [0, 0, 0, 3], [1, 1, 1, 1]])
    case("two axes", targets, normal(generator, *shape), weights, from_logits=True)
    fixture.write()


def regression(loss_class, name, difference, **arguments):
    """Cover a loss of differences: `difference` has those that matter to it, six rows of three."""
    fixture = Fixture("losses", loss_class.__name__)
    generator = generator_of("losses", name)
    targets, predictions = normal(generator, 6, 3), 2 * normal(generator, 6, 3)
    add_reductions(fixture, loss_class, targets, predictions, **arguments)

    def case(title, *arrays, **more):
        add(fixture, loss_class, title, arrays, **{**arguments, **more})

    # Halves and small integers: the differences are exact.
    targets = generator.integers(-4, 5, (6, 3)).astype(np.float32) / 2
    case("chosen differences", targets, targets + difference)
    case("chosen differences, weights", targets, targets + difference, WEIGHTS)
    case("large and small", targets, targets + 1e4 * difference)
    case("flat targets", targets[:, 0], predictions[:, :1])
    case("flat targets, weights", targets[:, 0], predictions[:, :1], WEIGHTS)
    targets, predictions = normal(generator, 3, 4, 5), normal(generator, 3, 4, 5)
    weights = array([[1, 0, 2, 0.5], [0, 0, 0, 3], [1, 1, 1, 1]])
    case("two axes", targets, predictions)
    for reduction in REDUCTIONS:
        case(f"two axes, {reduction}, weights", targets, predictions, weights, reduction=reduction)
    return fixture, case


def differences():
    """Write the mean squared error, the mean absolute error and Huber's."""
    chosen = array(
        [
            [0, 0, 0],
            [0, 1, -1],
            [0.5, -0.5, 0],
            [1.5, -1.5, 0.25],
            [-8, 8, 0],
            [2, -0.125, 0.125],
        ]
    )
    regression(keras.losses.MeanSquaredError, "squared", chosen)[0].write()
    regression(keras.losses.MeanAbsoluteError, "absolute", chosen)[0].write()
    fixture, case = regression(keras.losses.Huber, "huber", chosen, delta=1.0)
    targets = np.zeros((6, 3), np.float32)
    case("delta 0.5", targets, chosen, delta=0.5)
    case("delta 0.5, weights", targets, chosen, WEIGHTS, delta=0.5)
    case("delta 3", targets, 2 * chosen, delta=3.0)
    fixture.write()


def hinge():
    """Labels of -1 and 1, and of 0 and 1, which Keras changes into the former."""
    loss_class = keras.losses.Hinge
    fixture = Fixture("losses", loss_class.__name__)
    generator = generator_of("losses", "hinge")
    binary = generator.integers(0, 2, (6, 3)).astype(np.float32)
    signed, predictions = 2 * binary - 1, normal(generator, 6, 3)
    add_reductions(fixture, loss_class, signed, predictions)

    def case(name, *arrays, **arguments):
        add(fixture, loss_class, name, arrays, **arguments)

    case("labels 0 and 1", binary, predictions)
    case("labels 0 and 1, weights", binary, predictions, WEIGHTS)
    case("labels 0 alone", np.zeros((6, 3), np.float32), predictions)
    case("labels 1 alone", np.ones((6, 3), np.float32), predictions)
    mixed = signed.copy()
    mixed[0] = 0
    case("labels -1, 0 and 1", mixed, predictions)
    case("on the margin", signed, signed * array([[1], [2], [0.5], [1], [0], [-1]]))
    case("flat labels", binary[:, 0], predictions[:, :1])
    shape = (3, 4, 2)
    case("two axes", np.sign(normal(generator, *shape)), normal(generator, *shape))
    fixture.write()


def kl_divergence():
    """Distributions, and values beyond the limits that Keras clips to."""
    loss_class = keras.losses.KLDivergence
    fixture = Fixture("losses", loss_class.__name__)
    generator = generator_of("losses", "divergence")
    targets, predictions = softmax(normal(generator, 6, 5)), softmax(normal(generator, 6, 5))
    add_reductions(fixture, loss_class, targets, predictions)

    def case(name, *arrays, **arguments):
        add(fixture, loss_class, name, arrays, **arguments)

    hard = one_hot(np.array([0, 1, 2, 3, 4, 1]), 5)
    case("hard targets", hard, predictions)
    case("clipped predictions", targets, hard_probabilities())
    case("clipped both", hard, hard_probabilities())
    case("equal", targets, targets)
    case("not distributions", 3 * targets - 0.2, 4 * predictions - 0.3)
    case("two axes", softmax(normal(generator, 3, 4, 5)), softmax(normal(generator, 3, 4, 5)))
    fixture.write()


def make():
    """Write a file for each loss."""
    sparse_categorical_crossentropy()
    categorical_crossentropy()
    binary_crossentropy()
    differences()
    hinge()
    kl_divergence()
