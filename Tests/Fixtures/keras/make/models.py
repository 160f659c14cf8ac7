"""Whole trainings: the same initial weights and batches, 50 steps or so.

A case has the network's `config` (what `to_json` gives), how it is trained (`training`), and
`history` and `evaluation` as Keras gave them. Tensors: `input_<k>`, `target_<k>`, `sample_weight`,
`before/<layer>/<variable>`, `after/<layer>/<variable>`, `prediction_<k>`, and, to compare with
their references, `history/<key>` and `evaluation/<key>`. The evaluation and the predictions are
those of all samples, with the sample weights where there are any. Predictions are to be compared
with the weights `after`: those of a training of one's own differ in the last places, and their
sums, the logits, by more than the bound where they are near zero.
"""

import json

import keras
import numpy as np

from . import networks
from .fixture import Fixture, generator_of, normal, serialized


def crossentropy():
    """Make the loss of logits."""
    return keras.losses.SparseCategoricalCrossentropy(from_logits=True)


def class_samples(generator, count, shape, classes=3):
    """Draw samples around a centre for each class, and labels."""
    centres = normal(generator, classes, *shape)
    labels = generator.integers(0, classes, count).astype(np.int32)
    return {"input_0": centres[labels] + normal(generator, count, *shape), "target_0": labels}


def values_by_variable(model):
    """Give the variables of all layers by layer and name."""
    return {f"{layer.name}/{v.name}": v for layer in model.layers for v in layer.weights}


def draw_weights(generator, model):
    """Draw weights as a network that has learnt a little has them."""
    weights = {}
    for name, variable in values_by_variable(model).items():
        values = normal(generator, *variable.shape)
        if name.endswith("kernel"):
            values /= np.sqrt(np.float32(np.prod(variable.shape[:-1])))
        elif name.endswith("variance"):
            values = np.square(values) + np.float32(0.5)
        else:
            values = values * np.float32(0.1) + np.float32(name.endswith("gamma"))
        weights[f"before/{name}"] = values
    return weights


def run(case, network, settings, given):
    """Train a network, evaluate it and predict; keep the float32 results in the case."""
    keras.utils.clear_session()
    model = network()
    for name, variable in values_by_variable(model).items():
        variable.assign(given[f"before/{name}"])
    case["config"] = json.loads(model.to_json())
    outputs = getattr(model, "output_names", [model.layers[-1].name])
    optimizer, losses = settings["optimizer"](), settings["losses"]()
    losses = dict(zip(outputs, losses, strict=True))
    metrics = dict(zip(outputs, settings["metrics"], strict=True))
    fit = settings["fit"]
    training = {
        "optimizer": serialized(optimizer),
        "losses": {name: serialized(loss) for name, loss in losses.items()},
        "metrics": metrics,
        "loss_weights": settings.get("loss_weights"),
        "sample_weight": "sample_weight" in given,
        "shuffle": False,
        **fit,
    }
    single = len(outputs) == 1
    model.compile(
        optimizer=optimizer,
        loss=losses[outputs[0]] if single else losses,
        metrics=metrics[outputs[0]] if single else metrics,
        loss_weights=settings.get("loss_weights"),
    )
    inputs = [given[f"input_{index}"] for index in range(len(model.inputs))]
    targets = {name: given[f"target_{index}"] for index, name in enumerate(outputs)}
    x = inputs[0] if len(inputs) == 1 else inputs
    y = targets[outputs[0]] if single else targets
    weights = given.get("sample_weight")
    history = model.fit(x, y, sample_weight=weights, shuffle=False, verbose=0, **fit).history
    batch_size = fit["batch_size"]
    evaluation = model.evaluate(
        x, y, sample_weight=weights, batch_size=batch_size, verbose=0, return_dict=True
    )
    predictions = model.predict(x, batch_size=batch_size, verbose=0)
    dtype = keras.config.floatx()
    if dtype == "float32":
        case.update(training=training, history=history, evaluation=evaluation)
    results = {f"after/{name}": v.value for name, v in values_by_variable(model).items()}
    for index, prediction in enumerate([predictions] if single else predictions):
        results[f"prediction_{index}"] = prediction
    for key, values in history.items():
        results[f"history/{key}"] = np.asarray(values, dtype)
    for key, value in evaluation.items():
        results[f"evaluation/{key}"] = np.asarray(value, dtype)
    return results


def add_case(fixture, name, network, data, **settings):
    """Add a training to a fixture."""
    generator = generator_of(name)
    keras.utils.clear_session()
    given = data(generator)
    given.update(draw_weights(generator, network()))
    case = {"name": name}
    fixture.add(case, given, lambda given: run(case, network, settings, given))


def write_one(name, network, data, **settings):
    """Write a fixture of one training."""
    fixture = Fixture("models", name)
    add_case(fixture, name, network, data, **settings)
    fixture.write()


def branching_samples(generator):
    """Draw two inputs, a class and a number for each sample."""
    left, right = normal(generator, 75, 4), normal(generator, 75, 4)
    kind = np.argmax(left[:, :3] + right[:, 1:] / 2, axis=1).astype(np.int32)
    amount = (left[:, :1] * right[:, 1:2] + right[:, 2:3]).astype(np.float32)
    return {"input_0": left, "input_1": right, "target_0": kind, "target_1": amount}


def weighted_samples(generator):
    """Draw samples with weights, some of them zero."""
    given = class_samples(generator, 75, (6,))
    weights = np.abs(normal(generator, 75))
    weights[::7] = 0
    return {**given, "sample_weight": weights}


def regression_samples(generator):
    """Draw samples of a smooth function."""
    x = normal(generator, 75, 5)
    y = np.sin(x[:, :1]) + x[:, 1:2] * np.float32(0.5) + normal(generator, 75, 1) * np.float32(0.1)
    return {"input_0": x, "target_0": y.astype(np.float32)}


def binary_samples(generator):
    """Draw samples of two classes, as zeros and ones."""
    x = normal(generator, 75, 5)
    y = (x[:, :1] + x[:, 1:2] + normal(generator, 75, 1) * np.float32(0.5)) > 0
    return {"input_0": x, "target_0": y.astype(np.float32)}


def adam():
    """Make Adam; larger steps would amplify float32's rounding beyond what can be compared."""
    return keras.optimizers.Adam(learning_rate=0.001)


CLASSES = {"losses": lambda: [crossentropy()], "metrics": [["accuracy"]]}
USUAL = {"batch_size": 16, "epochs": 10}


def make():
    """Write `models/<name>.safetensors`."""
    write_one(
        "perceptron",
        networks.perceptron,
        lambda generator: class_samples(generator, 80, (6,)),
        optimizer=adam,
        fit=USUAL,
        **CLASSES,
    )
    write_one(
        "convolutional",
        networks.convolutional,
        lambda generator: class_samples(generator, 40, (8, 8, 1)),
        optimizer=lambda: keras.optimizers.SGD(learning_rate=0.02, momentum=0.9),
        fit={"batch_size": 8, "epochs": 10},
        **CLASSES,
    )
    write_one(
        "branching",
        networks.branching,
        branching_samples,
        optimizer=adam,
        losses=lambda: [crossentropy(), keras.losses.MeanSquaredError()],
        metrics=[["accuracy"], ["mae", "mse"]],
        loss_weights={"kind": 1.0, "amount": 0.3},
        fit=USUAL,
    )
    write_one(
        "frozen",
        networks.frozen,
        lambda generator: class_samples(generator, 40, (6, 6, 1)),
        optimizer=adam,
        fit={"batch_size": 8, "epochs": 10},
        **CLASSES,
    )
    weighted = Fixture("models", "weighted")
    add_case(
        weighted,
        "class weights",
        networks.plain,
        lambda generator: class_samples(generator, 75, (6,)),
        optimizer=adam,
        fit={**USUAL, "class_weight": {0: 0.5, 1: 2.0, 2: 1.25}},
        **CLASSES,
    )
    add_case(
        weighted,
        "sample weights",
        networks.plain,
        weighted_samples,
        optimizer=adam,
        fit=USUAL,
        **CLASSES,
    )
    weighted.write()
    write_one(
        "validated",
        networks.plain,
        lambda generator: class_samples(generator, 100, (6,)),
        optimizer=adam,
        fit={**USUAL, "validation_split": 0.25},
        **CLASSES,
    )
    write_one(
        "regression",
        networks.regression,
        regression_samples,
        optimizer=lambda: keras.optimizers.AdamW(
            learning_rate=keras.optimizers.schedules.CosineDecay(0.004, 40, alpha=0.1),
            weight_decay=0.01,
            clipnorm=0.5,
        ),
        losses=lambda: [keras.losses.MeanSquaredError()],
        metrics=[["mae"]],
        fit=USUAL,
    )
    write_one(
        "binary",
        networks.binary,
        binary_samples,
        optimizer=adam,
        losses=lambda: [keras.losses.BinaryCrossentropy()],
        metrics=[["accuracy"]],
        fit=USUAL,
    )
