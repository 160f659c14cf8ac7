"""How `fit` takes arrays apart: splits, steps, weights by class and sample, partial batches.

`models/Data.safetensors` is in the models' format, without shuffling; `training` has all that
`fit` was given, and `validation_input_0`, `validation_target_0` and `validation_weight` are its
validation data.

`models/validation_split.json`: how many samples each share leaves for training; null is an error.
"""

import json
import warnings

import keras
import numpy as np
from keras.src.trainers.data_adapters.array_slicing import train_validation_split

from .fixture import FOLDER, Fixture, generator_of, normal, serialized

SAMPLES = 11
CLASSES = 3
COMPILE = {
    "loss": "sparse_categorical_crossentropy",
    "metrics": ["accuracy"],
    "weighted_metrics": None,
}


def build():
    """Make the network."""
    return keras.Sequential(
        [
            keras.Input((4,), name="input"),
            keras.layers.Dense(5, activation="tanh", name="hidden"),
            keras.layers.Dense(CLASSES, activation="softmax", name="output"),
        ],
        name="network",
    )


def weights_of(model):
    """Give each variable by layer and name."""
    return {
        f"{layer.name}/{variable.name}": np.asarray(variable.value)
        for layer in model.layers
        for variable in layer.weights
    }


def default_inputs(one_hot=False):
    """Make the samples, their labels, and the weights that training begins with."""
    generator = generator_of("data")
    inputs = {"input_0": normal(generator, SAMPLES, 4)}
    labels = generator.integers(0, CLASSES, SAMPLES).astype(np.int32)
    inputs["target_0"] = np.eye(CLASSES, dtype=np.float32)[labels] if one_hot else labels
    shapes = {
        "hidden/kernel": (4, 5),
        "hidden/bias": (5,),
        "output/kernel": (5, CLASSES),
        "output/bias": (CLASSES,),
    }
    for name, shape in shapes.items():
        inputs[f"before/{name}"] = normal(generator, *shape)
    return inputs


def sample_weights():
    """Make weights, two of them 0."""
    return np.array([1, 0.5, 2, 0, 1, 3, 0.25, 1, 0, 2, 1], np.float32)


def validation(weighted):
    """Make six samples to validate with."""
    generator = generator_of("data", "validation")
    inputs = {
        "validation_input_0": normal(generator, 6, 4),
        "validation_target_0": generator.integers(0, CLASSES, 6).astype(np.int32),
    }
    if weighted:
        inputs["validation_weight"] = np.array([1, 0, 2, 0.5, 3, 1], np.float32)
    return inputs


def add(fixture, name, more=None, one_hot=False, compile_arguments=None, **fit):
    """Add a training; `more` are arrays besides the default ones, `fit` its arguments."""
    inputs = {**default_inputs(one_hot), **(more or {})}
    compiled = {**COMPILE, **(compile_arguments or {})}
    fit = {"batch_size": 4, "epochs": 3, "shuffle": False, **fit}
    class_weight = fit.get("class_weight")
    written = {**fit}
    if class_weight:
        written["class_weight"] = {str(label): weight for label, weight in class_weight.items()}
    optimizer = {"learning_rate": 0.1, "momentum": 0.5, "name": "sgd"}
    case = {
        "name": name,
        "config": build().to_json(),
        "training": {
            "optimizer": serialized(keras.optimizers.SGD(**optimizer)),
            **compiled,
            **written,
        },
    }

    def compute(inputs):
        model = build()
        model.set_weights([inputs[f"before/{name}"] for name in weights_of(model)])
        model.compile(keras.optimizers.SGD(**optimizer), **compiled)
        arrays = [inputs["input_0"], inputs["target_0"]]
        held = [
            inputs[name]
            for name in ("validation_input_0", "validation_target_0", "validation_weight")
            if name in inputs
        ]
        weight = inputs.get("sample_weight")
        data = {"validation_data": tuple(held)} if held else {}
        with warnings.catch_warnings():
            # Running out of data is a case.
            warnings.simplefilter("ignore")
            history = model.fit(*arrays, verbose=0, sample_weight=weight, **data, **fit)
        size = fit["batch_size"]
        evaluation = model.evaluate(
            *arrays, batch_size=size, sample_weight=weight, verbose=0, return_dict=True
        )
        # The first call is the one in float32.
        case.setdefault("epochs", history.epoch)
        case.setdefault("history", history.history)
        case.setdefault("evaluation", evaluation)
        results = {f"after/{name}": value for name, value in weights_of(model).items()}
        return {**results, "prediction_0": model.predict(arrays[0], verbose=0)}

    fixture.add(case, inputs, compute)


def trainings():
    """Write the trainings."""
    fixture = Fixture("models", "Data")
    weighted = {"sample_weight": sample_weights()}
    both = {"compile_arguments": {"weighted_metrics": ["accuracy"]}}
    alone = {"compile_arguments": {"metrics": None, "weighted_metrics": ["accuracy"]}}
    add(fixture, "a partial batch")
    add(fixture, "the default batch size", batch_size=None)
    add(fixture, "sample weights", weighted)
    add(fixture, "sample weights, weighted metrics", weighted, **both)
    add(fixture, "sample weights, weighted metrics alone", weighted, **alone)
    add(fixture, "no sample weights, weighted metrics", **both)
    for share in (0.2, 0.25, 0.5):
        add(fixture, f"validation split {share}", validation_split=share)
    add(fixture, "validation split, sample weights", weighted, validation_split=0.4, **both)
    add(fixture, "validation data", validation(weighted=False))
    add(fixture, "weighted validation data", validation(weighted=True), **both)
    add(fixture, "validation data before a split", validation(False), validation_split=0.5)
    add(fixture, "validation batches", validation(False), validation_batch_size=5)
    add(fixture, "validation steps", validation(weighted=False), validation_steps=1)
    add(fixture, "each second epoch", validation(False), validation_freq=2, epochs=5)
    add(fixture, "some epochs", validation(False), validation_freq=[1, 4], epochs=5)
    classes = {"class_weight": {0: 0.5, 1: 2.0, 2: 0.0}}
    add(fixture, "class weights", **classes, **both)
    add(fixture, "class weights, a class is absent", class_weight={0: 3.0}, **both)
    rows = {"one_hot": True, "compile_arguments": {"loss": "categorical_crossentropy"}}
    add(fixture, "class weights, rows", **classes, **rows)
    add(fixture, "class weights, validation split", **classes, validation_split=0.4, **both)
    for steps in (1, 2, 3):
        add(fixture, f"{steps} steps an epoch", steps_per_epoch=steps, epochs=4)
    add(fixture, "more steps than there are", steps_per_epoch=4, epochs=3)
    add(fixture, "steps decide the batch size", steps_per_epoch=2, batch_size=None)
    add(fixture, "steps, validation split", steps_per_epoch=1, validation_split=0.4)
    add(fixture, "starts at epoch 2", initial_epoch=2, epochs=4)
    fixture.write()


def splits():
    """Write where the splits are."""
    cases = []
    for samples in (1, 2, 3, 10, 11, 100, 60000):
        for share in (0.01, 0.1, 0.2, 0.25, 0.3, 0.33, 0.5, 0.6, 0.7, 0.9, 0.99):
            try:
                training, _ = train_validation_split(np.zeros(samples), share)
                count = len(training)
            except ValueError:
                count = None
            cases.append({"samples": samples, "validation_split": share, "training": count})
    lines = ",\n".join(json.dumps(case) for case in cases)
    text = f'{{"keras": "{keras.__version__}", "cases": [\n{lines}\n]}}\n'
    path = FOLDER / "models" / "validation_split.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    print(f"{path.relative_to(FOLDER)}: {len(cases)} cases")


def make():
    """Write the trainings and the splits."""
    trainings()
    splits()
