#!/usr/bin/env python3
"""Writes what Keras 3.15.1 on its JAX backend computes, for the tests to compare with.

The tests read the outputs only. To write them anew:

    python3 -m venv /tmp/keras && /tmp/keras/bin/pip install keras==3.15.1 jax==0.10.2
    /tmp/keras/bin/python make_goldens.py

- `dense.json`: a Dense layer of each activation: output and gradients of sum(output * upstream).
- `crossentropy.json`: sparse categorical crossentropy of logits and of probabilities: the loss of
  each sample, and the gradient of their mean.
- `adam.json`: parameters after each step of Adam on given gradients.
- `glorot.json`: the limits between which Glorot uniform draws, by shape.
- `training.json`: a whole training: weights before and after, each epoch's loss and metrics.
- `summary.txt`, `summary_deep.txt`: tables that `summary` prints.
- `model.json`: what `to_json` gives for the quickstart's network.

Matrices are lists of rows. Numbers are float32, written so that they read back exactly.
"""

import json
import os
from pathlib import Path

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"

import jax
import jax.numpy as jnp
import keras
import numpy as np
from keras.src.initializers import random_initializers

FOLDER = Path(__file__).resolve().parent
ACTIVATIONS = ("linear", "relu", "sigmoid", "tanh", "softmax")


def numbers(values):
    """Make nested lists whose decimals are the shortest that give the same float32."""
    values = np.asarray(values, dtype=np.float32)
    if values.ndim == 0:
        return float(str(values))
    return [numbers(value) for value in values]


def write(name, value):
    """Write a JSON file with a case on each line."""
    text = json.dumps({"keras": keras.__version__, **value}, separators=(",", ":"))
    (FOLDER / name).write_text(text.replace('},{"', '},\n{"') + "\n", encoding="utf-8")


def normal(generator, *shape):
    """Draw from the standard normal distribution."""
    return generator.standard_normal(shape).astype(np.float32)


def dense():
    """Each activation, with and without a bias."""
    cases = []
    for index, activation in enumerate(ACTIVATIONS):
        for use_bias in (True, False):
            generator = np.random.default_rng([index, use_bias])
            x, upstream = normal(generator, 5, 7), normal(generator, 5, 6)
            # Saturated units, too.
            x[0] *= 20
            layer = keras.layers.Dense(6, activation=activation, use_bias=use_bias)
            layer.build((None, 7))
            weights = [normal(generator, 7, 6)] + ([normal(generator, 6)] if use_bias else [])
            layer.set_weights(weights)

            def objective(variables, x, layer=layer, upstream=upstream):
                y, _ = layer.stateless_call(variables, [], x)
                return jnp.sum(y * upstream), y

            (_, y), (variable_gradients, input_gradient) = jax.value_and_grad(
                objective, argnums=(0, 1), has_aux=True
            )([jnp.array(w) for w in weights], jnp.array(x))
            case = {
                "activation": activation,
                "input": numbers(x),
                "kernel": numbers(weights[0]),
                "upstream": numbers(upstream),
                "output": numbers(y),
                "input_gradient": numbers(input_gradient),
                "kernel_gradient": numbers(variable_gradients[0]),
            }
            if use_bias:
                case["bias"] = numbers(weights[1])
                case["bias_gradient"] = numbers(variable_gradients[1])
            cases.append(case)
    write("dense.json", {"cases": cases})


def crossentropy():
    """Ordinary samples, extreme logits, and probabilities that are clipped."""
    generator = np.random.default_rng(5)
    logits = normal(generator, 8, 5) * 3
    logits[1] = [1000, -1000, 0, 10, 999]
    logits[2] = [-80, -90, -100, -110, -120]
    logits[3] = [2, 2, 2, 2, 2]
    logits[4] = [60, 0, 0, 0, 0]
    ordinary = np.exp(normal(generator, 9, 5))
    probabilities = (ordinary / ordinary.sum(axis=1, keepdims=True)).astype(np.float32)
    probabilities[1] *= 3  # not normalised
    probabilities[2] *= 1e-3
    probabilities[3] = [0, 0.25, 0.25, 0.25, 0.25]  # clipped below
    probabilities[4] = [1, 0, 0, 0, 0]  # clipped above
    probabilities[5] = [1e-8, 0.5, 0.5, 0, 0]  # clipped below
    probabilities[6] = [3e-7, 0.5, 0.5, 0, 0]  # just not clipped
    probabilities[7] = [0, 1, 0, 0, 0]  # clipped below
    cases = []
    for from_logits, outputs, labels in (
        (True, logits, [0, 1, 4, 2, 0, 3, 1, 2]),
        (False, probabilities, [4, 3, 2, 0, 0, 0, 0, 0, 2]),
    ):

        def mean(outputs, labels=labels, from_logits=from_logits):
            return keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits)(
                jnp.array(labels), outputs
            )

        each = keras.losses.SparseCategoricalCrossentropy(from_logits=from_logits, reduction="none")
        cases.append(
            {
                "from_logits": from_logits,
                "outputs": numbers(outputs),
                "labels": labels,
                "losses": numbers(each(jnp.array(labels), jnp.array(outputs))),
                "gradient": numbers(jax.grad(mean)(jnp.array(outputs))),
            }
        )
    write("crossentropy.json", {"cases": cases})


def adam():
    """25 steps on gradients from 1e-6 to 10, some of them zero."""
    generator = np.random.default_rng(7)
    wide = normal(generator, 25, 8) * np.float32(10.0) ** np.arange(-6, 2, dtype=np.float32)
    wide[5:9] = 0
    cases = []
    for settings, start, gradients in (
        ({"learning_rate": 0.1}, [1.0], np.full((1, 1), 1e-6, np.float32)),
        ({}, normal(generator, 8), wide),
        ({"learning_rate": 0.05}, normal(generator, 8), wide),
        (
            {"learning_rate": 0.01, "beta_1": 0.8, "beta_2": 0.99, "epsilon": 1e-3},
            normal(generator, 8),
            wide,
        ),
    ):
        optimizer = keras.optimizers.Adam(**settings)
        variable = keras.Variable(np.asarray(start, dtype=np.float32))
        optimizer.build([variable])
        steps = []
        for gradient in gradients:
            optimizer.apply([jnp.array(gradient)], [variable])
            steps.append(numbers(variable.value))
        cases.append(
            {
                "settings": settings,
                "start": numbers(start),
                "gradients": numbers(gradients),
                "steps": steps,
            }
        )
    write("adam.json", {"cases": cases})


def glorot():
    """Watch the calls that the initializer makes."""
    cases = []
    draw = random_initializers.random.uniform

    def watched(shape, minval, maxval, **others):
        cases.append({"shape": list(shape), "lower": float(minval), "upper": float(maxval)})
        return draw(shape, minval=minval, maxval=maxval, **others)

    random_initializers.random.uniform = watched
    for shape in ((784, 128), (128, 10), (1, 1), (7, 3), (5,), (3, 3, 8, 16), (2, 3, 4)):
        keras.initializers.GlorotUniform(seed=1)(shape)
    random_initializers.random.uniform = draw
    write("glorot.json", {"cases": cases})


def training():
    """Train with 75 samples, 16 a batch: the last of 5 batches has 11; 10 epochs are 50 steps."""
    generator = np.random.default_rng(11)
    centres = normal(generator, 3, 6)
    labels = generator.integers(0, 3, 99)
    x = (centres[labels] + normal(generator, 99, 6)).astype(np.float32)
    model = keras.Sequential(
        [
            keras.layers.Input((6,)),
            keras.layers.Dense(8, activation="relu"),
            keras.layers.Dense(5, activation="tanh"),
            keras.layers.Dense(3),
        ]
    )
    names = [f"{layer.name}/{w.name}" for layer in model.layers for w in layer.weights]
    weights = [normal(generator, *w.shape) * np.float32(0.5) for w in model.weights]
    model.set_weights(weights)
    model.compile(
        optimizer=keras.optimizers.Adam(learning_rate=0.01),
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
    )
    history = model.fit(
        x[:75],
        labels[:75],
        batch_size=16,
        epochs=10,
        shuffle=False,
        verbose=0,
        validation_data=(x[75:], labels[75:]),
        validation_batch_size=16,
    )
    evaluation = model.evaluate(x[75:], labels[75:], batch_size=16, verbose=0, return_dict=True)
    predictions = model.predict(x[75:], batch_size=16, verbose=0)
    write(
        "training.json",
        {
            "samples": numbers(x),
            "labels": labels.tolist(),
            "training_count": 75,
            "names": names,
            "before": [numbers(np.atleast_2d(w)) for w in weights],
            "after": [numbers(np.atleast_2d(w)) for w in model.get_weights()],
            "history": history.history,
            "evaluation": evaluation,
            "predictions": numbers(predictions),
        },
    )


def quickstart():
    """Make the quickstart's network."""
    keras.utils.clear_session()
    return keras.Sequential(
        [
            keras.layers.Input((28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(128, activation="relu"),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(10),
        ]
    )


def deep():
    """Layers with names of their own, and megabytes of parameters."""
    keras.utils.clear_session()
    return keras.Sequential(
        [
            keras.layers.Input((30,)),
            keras.layers.Dense(1000, name="first"),
            keras.layers.Dense(1000),
            keras.layers.Dense(1),
        ],
        name="deep",
    )


def tables():
    """Write the summaries and the configuration."""
    for name, model in (("summary.txt", quickstart()), ("summary_deep.txt", deep())):
        with (FOLDER / name).open("w", encoding="utf-8") as file:
            model.summary(print_fn=lambda text, file=file, **_: file.write(text))
    (FOLDER / "model.json").write_text(quickstart().to_json() + "\n", encoding="utf-8")


if __name__ == "__main__":
    assert keras.__version__ == "3.15.1"
    assert keras.backend.backend() == "jax"
    keras.utils.clear_session()
    training()
    dense()
    crossentropy()
    adam()
    glorot()
    tables()
