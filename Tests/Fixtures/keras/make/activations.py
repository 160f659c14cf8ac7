"""Activations: y, and the gradient of sum(y * upstream), at 0, in the middle and in the tails.

Softmax and log_softmax are over the last axis.
"""

import jax
import jax.numpy as jnp
import keras
import numpy as np

from .fixture import Fixture, generator_of, normal

CASES = {
    "linear": [{}],
    "relu": [{}],
    "leaky_relu": [{"negative_slope": 0.2}, {"negative_slope": 0.3}],
    "relu6": [{}],
    "elu": [{"alpha": 1.0}, {"alpha": 0.5}],
    "selu": [{}],
    "gelu": [{"approximate": False}, {"approximate": True}],
    "silu": [{}],
    "sigmoid": [{}],
    "hard_sigmoid": [{}],
    "tanh": [{}],
    "softplus": [{}],
    "softmax": [{}],
    "log_softmax": [{}],
}
TAILS = [0, 1e-6, 1e-3, 0.1, 0.5, 1, 2, 3, 4, 5, 6, 8, 10, 15, 20, 30, 50, 87, 89, 100, 1000]


def samples(name, generator):
    """Give rows of numbers: drawn ones, then the tails, each with both signs."""
    if "softmax" in name:
        x = normal(generator, 9, 6) * np.float32(3)
        x[1] = 2
        x[2] = [1000, -1000, 0, 10, 999, 500]
        x[3] = [-80, -90, -100, -110, -120, -130]
        x[4] = [60, 0, 0, 0, 0, 0]
        x[5] *= 10
        return x
    tails = np.float32([[value, -value] for value in TAILS]).reshape(-1, 6)
    return np.concatenate([normal(generator, 6, 6) * np.float32(3), tails])


def compute(activation, config, given):
    """Call an activation forward and backward."""

    def objective(x):
        y = activation(x, **config)
        return jnp.sum(y * given["upstream"]), y

    (_, y), gradient = jax.value_and_grad(objective, has_aux=True)(jnp.asarray(given["x"]))
    return {"y": y, "gradient": gradient}


def make():
    """Write `activations/<name>.safetensors`."""
    for name, configs in CASES.items():
        activation = keras.activations.get(name)
        fixture = Fixture("activations", name)
        for config in configs:
            generator = generator_of(name)
            x = samples(name, generator)
            given = {"x": x, "upstream": normal(generator, *x.shape)}
            text = ", ".join(f"{key} {value}" for key, value in config.items())
            fixture.add(
                {"name": text or "default", "activation": name, "config": config},
                given,
                lambda given, config=config, activation=activation: compute(
                    activation, config, given
                ),
            )
        fixture.write()
