"""Regularizers: the loss of an array, and its gradient.

Case: {"name", "regularizer": class name and config}. JAX gives |x| the slope 1 at 0.
"""

import jax
import jax.numpy as jnp
import keras

from .fixture import Fixture, generator_of, normal, serialized


def write(regularizer_class, cases):
    """Write the file of a regularizer; cases are arguments by name."""
    fixture = Fixture("regularizers", regularizer_class.__name__)
    generator = generator_of("regularizers")
    for name, arguments in cases.items():
        x = normal(generator, 5, 6)
        x[0, :3], x[0, 3] = 0, -0.0
        x[1, :2] = 1e-20, 100

        def compute(inputs, arguments=arguments):
            regularizer = regularizer_class(**arguments)
            loss, gradient = jax.value_and_grad(regularizer)(jnp.asarray(inputs["x"]))
            return {"loss": loss, "gradient": gradient}

        case = {"name": name, "regularizer": serialized(regularizer_class(**arguments))}
        fixture.add(case, {"x": x}, compute)
    fixture.write()


def make():
    """Write a file for each regularizer."""
    regularizers = keras.regularizers
    write(regularizers.L1, {"defaults": {}, "strong": {"l1": 0.5}, "none": {"l1": 0.0}})
    write(regularizers.L2, {"defaults": {}, "strong": {"l2": 0.5}, "none": {"l2": 0.0}})
    write(
        regularizers.L1L2,
        {
            "defaults": {},
            "both": {"l1": 0.01, "l2": 0.1},
            "first": {"l1": 0.25},
            "second": {"l2": 0.25},
        },
    )
