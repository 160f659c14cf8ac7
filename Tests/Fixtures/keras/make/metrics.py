"""Metrics: the result after each of three batches, and what "accuracy" stands for.

Case: {"name", "metric": class name and config, "class"}; `targets_b`, `predictions_b` and maybe
`weights_b` of batch b, and `result_b`, the result after it.

`accuracy_choice.json`: the class that `metrics=["accuracy"]` makes, by the shapes of targets and
predictions, batch axis included.
"""

import json

import keras
import numpy as np
from keras.src.trainers.compile_utils import CompileMetrics

from .fixture import FOLDER, Fixture, generator_of, normal, serialized

BATCH_SIZES = (7, 5, 2)
SHAPE_PAIRS = (
    ([8], [8, 1]),
    ([8, 1], [8, 1]),
    ([8], [8, 2]),
    ([8], [8, 3]),
    ([8, 1], [8, 3]),
    ([8, 2], [8, 2]),
    ([8, 3], [8, 3]),
    ([8, 3], [8, 1]),
    ([8, 4], [8, 4, 3]),
    ([8, 4, 1], [8, 4, 3]),
    ([8, 4, 3], [8, 4, 3]),
    ([8, 4], [8, 4, 1]),
    ([8, 4, 1], [8, 4, 1]),
    ([8, 5, 4], [8, 5, 4, 3]),
    ([8, 5, 4, 1], [8, 5, 4, 3]),
    ([8, 5, 4, 3], [8, 5, 4, 3]),
    ([8, 5, 4, 1], [8, 5, 4, 1]),
)


class Batches:
    """The three batches of a case, drawn from a seed."""

    def __init__(self, *seed):
        """Begin to draw."""
        self.generator = generator_of("metrics", *seed)

    def normal(self, *shape):
        """Draw from the standard normal distribution, shape without the batch axis."""
        return [normal(self.generator, size, *shape) for size in BATCH_SIZES]

    def uniform(self, *shape):
        """Draw sixteenths between 0 and 1, so that a threshold can be met exactly."""
        return [
            self.generator.integers(0, 17, (size, *shape)).astype(np.float32) / 16
            for size in BATCH_SIZES
        ]

    def tied(self, classes):
        """Draw small integers, so that some are equal.

        Without negative zeros: on processors Keras's argmax takes them for less than zero.
        """
        return [np.round(values) + np.float32(0) for values in self.normal(classes)]

    def labels(self, classes, *shape):
        """Draw integers below `classes`."""
        return [
            self.generator.integers(0, classes, (size, *shape)).astype(np.int32)
            for size in BATCH_SIZES
        ]

    def one_hot(self, classes, *shape):
        """Draw rows of zeros with a one."""
        rows = np.eye(classes, dtype=np.float32)
        return [rows[labels] for labels in self.labels(classes, *shape)]

    def binary(self, *shape):
        """Draw zeros and ones."""
        return [labels.astype(np.float32) for labels in self.labels(2, *shape)]

    def weights(self, *shape):
        """Draw weights, a third of them 0; the last batch has zeros alone."""
        values = [
            self.generator.choice([0, 0.5, 3], (size, *shape)).astype(np.float32)
            for size in BATCH_SIZES
        ]
        values[-1][:] = 0
        return values


def add(fixture, metric_class, name, batches, **arguments):
    """Add a case of one metric; the batches are of targets, predictions and maybe weights."""
    if metric_class in (keras.metrics.Precision, keras.metrics.Recall):
        # Keras would number them otherwise.
        arguments = {"name": fixture.path.stem.lower(), **arguments}

    def compute(inputs):
        metric, results = metric_class(**arguments), {}
        for batch in range(len(BATCH_SIZES)):
            metric.update_state(
                inputs[f"targets_{batch}"],
                inputs[f"predictions_{batch}"],
                inputs.get(f"weights_{batch}"),
            )
            results[f"result_{batch}"] = metric.result()
        return results

    # Without weights there are two kinds.
    inputs = {
        f"{kind}_{batch}": array
        for kind, arrays in zip(("targets", "predictions", "weights"), batches, strict=False)
        for batch, array in enumerate(arrays)
    }
    case = {
        "name": name,
        "metric": serialized(metric_class(**arguments)),
        "class": metric_class.__name__,
    }
    fixture.add(case, inputs, compute)


def begin(metric_class):
    """Begin a metric's file; give it, what adds a case, and what adds one with weights too."""
    fixture = Fixture("metrics", metric_class.__name__)

    def case(name, *batches, **arguments):
        add(fixture, metric_class, name, batches, **arguments)

    def both(name, targets, predictions, weights, **arguments):
        case(name, targets, predictions, **arguments)
        case(f"{name}, weights", targets, predictions, weights, **arguments)

    return fixture, case, both


def accuracies():
    """Write the three accuracies that "accuracy" stands for."""
    batches = Batches("accuracy")
    weights, by_place = batches.weights(), batches.weights(3)

    fixture, case, both = begin(keras.metrics.SparseCategoricalAccuracy)
    both("labels", batches.labels(4), batches.normal(4), weights)
    zeros = [0 * values for values in weights]
    case("weights of 0", batches.labels(4), batches.normal(4), zeros)
    both("labels in a column", batches.labels(4, 1), batches.normal(4), weights)
    targets, predictions = batches.labels(4, 3), batches.normal(3, 4)
    both("two axes", targets, predictions, weights)
    case("two axes, weights by place", targets, predictions, by_place)
    both("ties", batches.labels(4), batches.tied(4), weights)
    fixture.write()

    fixture, case, both = begin(keras.metrics.CategoricalAccuracy)
    both("rows", batches.one_hot(4), batches.normal(4), weights)
    both("soft rows", batches.normal(4), batches.normal(4), weights)
    targets, predictions = batches.one_hot(4, 3), batches.normal(3, 4)
    both("two axes", targets, predictions, weights)
    case("two axes, weights by place", targets, predictions, by_place)
    both("ties", batches.one_hot(4), batches.tied(4), weights)
    fixture.write()

    fixture, case, both = begin(keras.metrics.BinaryAccuracy)
    for threshold in (0.5, 0.25):
        arguments = {"threshold": threshold}
        title = f", threshold {threshold}"
        both("one output" + title, batches.binary(1), batches.uniform(1), weights, **arguments)
        both("flat targets" + title, batches.binary(), batches.uniform(1), weights, **arguments)
        both("outputs" + title, batches.binary(3), batches.uniform(3), weights, **arguments)
    both("logits", batches.binary(3), batches.normal(3), weights, threshold=0.0)
    case("outputs, weights by place", batches.binary(3), batches.uniform(3), by_place)
    targets, predictions = batches.binary(3, 2), batches.uniform(3, 2)
    both("two axes", targets, predictions, weights)
    case("two axes, weights by place", targets, predictions, by_place)
    fixture.write()


def top_k():
    """Write whether the label is among the k best; ties count for it."""
    batches = Batches("top k")
    for metric_class, draw in (
        (keras.metrics.SparseTopKCategoricalAccuracy, batches.labels),
        (keras.metrics.TopKCategoricalAccuracy, batches.one_hot),
    ):
        fixture, case, both = begin(metric_class)
        weights, by_place = batches.weights(), batches.weights(3)
        both("defaults", draw(8), batches.normal(8), weights)
        for k in (1, 2, 3):
            both(f"k {k}", draw(6), batches.normal(6), weights, k=k)
            both(f"ties, k {k}", draw(6), batches.tied(6), weights, k=k)
        case("more than there are", draw(3), batches.normal(3), k=5)
        case("all equal", draw(4), [0 * values for values in batches.normal(4)], k=1)
        targets, predictions = draw(6, 3), batches.normal(3, 6)
        both("two axes", targets, predictions, weights, k=2)
        case("two axes, weights by place", targets, predictions, by_place, k=2)
        fixture.write()


def precision_and_recall():
    """Write shares of true positives, of thresholds, the k best and one class."""
    batches = Batches("confusion")
    for metric_class in (keras.metrics.Precision, keras.metrics.Recall):
        fixture, case, both = begin(metric_class)
        weights, by_place = batches.weights(), batches.weights(4)
        both("one output", batches.binary(1), batches.uniform(1), weights)
        both("flat targets", batches.binary(), batches.uniform(1), weights)
        binary, uniform = batches.binary(4), batches.uniform(4)
        both("outputs", binary, uniform, weights)
        both("threshold 0.25", binary, uniform, weights, thresholds=0.25)
        both("two thresholds", binary, uniform, weights, thresholds=[0.25, 0.75])
        uneven = [0.0, 0.1, 0.5, 1.0]
        both("uneven thresholds", binary, uniform, weights, thresholds=uneven)
        both("even thresholds", binary, uniform, weights, thresholds=[0.0, 0.25, 0.5, 0.75, 1.0])
        both("class 2", binary, uniform, weights, class_id=2)
        rows, logits = batches.one_hot(4), batches.normal(4)
        for k in (1, 2):
            both(f"top {k}", rows, logits, weights, top_k=k)
            both(f"top {k}, class 1", rows, logits, weights, top_k=k, class_id=1)
            tied = batches.tied(4)
            both(f"top {k}, ties, class 1", rows, tied, weights, top_k=k, class_id=1)
        case("top 2, threshold", rows, uniform, top_k=2, thresholds=0.5)
        case("no label is positive", [0 * values for values in binary], uniform)
        case("no prediction is positive", binary, [0 * values for values in uniform])
        case("neither is", [0 * values for values in binary], [0 * values for values in uniform])
        targets, predictions = batches.binary(4, 2), batches.uniform(4, 2)
        both("two axes", targets, predictions, by_place)
        fixture.write()


def f1_score():
    """Write each average, of the best class or of a threshold."""
    batches = Batches("f1")
    fixture, case, both = begin(keras.metrics.F1Score)
    weights = batches.weights()
    rows, logits = batches.one_hot(4), batches.normal(4)
    binary, uniform = batches.binary(4), batches.uniform(4)
    for average in (None, "micro", "macro", "weighted"):
        title = f"average {average}"
        both(title, rows, logits, weights, average=average)
        case(f"{title}, ties", rows, batches.tied(4), average=average)
        both(f"{title}, threshold", binary, uniform, weights, average=average, threshold=0.5)
        absent = [values * np.float32([1, 0, 1, 1]) for values in binary]
        case(f"{title}, a class is absent", absent, uniform, average=average, threshold=0.25)
        zeros = [0 * values for values in uniform]
        case(f"{title}, predictions of 0", rows, zeros, average=average)
        one, chance = batches.binary(1), batches.uniform(1)
        case(f"{title}, one output", one, chance, average=average, threshold=0.5)
    fixture.write()


def errors():
    """Write the mean squared and the mean absolute error."""
    batches = Batches("errors")
    for metric_class in (keras.metrics.MeanSquaredError, keras.metrics.MeanAbsoluteError):
        fixture, case, both = begin(metric_class)
        weights, by_place = batches.weights(), batches.weights(3)
        both("one output", batches.normal(1), batches.normal(1), weights)
        both("flat targets", batches.normal(), batches.normal(1), weights)
        both("outputs", batches.normal(4), batches.normal(4), weights)
        targets, predictions = batches.normal(3, 4), batches.normal(3, 4)
        both("two axes", targets, predictions, weights)
        case("two axes, weights by place", targets, predictions, by_place)
        fixture.write()


def accuracy_choice():
    """Ask the trainer which accuracy it takes."""
    choices = []
    for targets, predictions in SHAPE_PAIRS:
        metrics = CompileMetrics(["accuracy"], None)
        metrics.build(np.zeros(targets, np.float32), np.zeros(predictions, np.float32))
        [metric] = metrics.metrics
        choices.append(
            {
                "targets": targets,
                "predictions": predictions,
                "class": type(metric).__name__,
                "name": metric.name,
            }
        )
    lines = ",\n".join(json.dumps(choice) for choice in choices)
    text = f'{{"keras": "{keras.__version__}", "cases": [\n{lines}\n]}}\n'
    (FOLDER / "metrics" / "accuracy_choice.json").write_text(text, encoding="utf-8")


def make():
    """Write a file for each metric, and the choice of accuracy."""
    accuracies()
    top_k()
    precision_and_recall()
    f1_score()
    errors()
    accuracy_choice()
