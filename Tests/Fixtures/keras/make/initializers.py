"""Initializers: quantiles of what they draw.

Case: {"name", "initializer": class name and config, "shape"}. `quantiles` are 101, from the least
to the greatest of at least 200,000 numbers, drawn for that shape with many seeds; a constant's are
the constant.
"""

import math

import keras
import numpy as np

from .fixture import Fixture, serialized

DRAWS = 200_000
LEVELS = np.linspace(0, 1, 101)
SHAPES = {
    "dense": [60, 40],
    "dense, wide": [3, 400],
    "dense, one unit": [800, 1],
    "convolution": [3, 3, 8, 16],
    "convolution, one channel": [5, 5, 1, 32],
    "convolution of a sequence": [4, 16, 24],
    "vector": [500],
}
# What does not look at the shape is drawn for one; constants, once.
SOME_SHAPE = {"dense": [200, 100]}
ONE_SHAPE = {"dense": [1000, 200]}


def write(initializer_class, cases, shapes=SHAPES):
    """Write the file of an initializer; cases are arguments by name."""
    fixture = Fixture("initializers", initializer_class.__name__)
    for name, arguments in cases.items():
        for shape_name, shape in shapes.items():
            draws = []
            for seed in range(math.ceil(DRAWS / math.prod(shape))):
                # The constants take no seed.
                seeded = {"seed": seed} if shapes is not ONE_SHAPE else {}
                initializer = initializer_class(**arguments, **seeded)
                draws.append(np.asarray(initializer(shape, dtype="float32")).ravel())
            quantiles = np.quantile(np.concatenate(draws).astype(np.float64), LEVELS)
            case = {
                "name": f"{name}, {shape_name}" if name else shape_name,
                "initializer": serialized(initializer_class(**arguments)),
                "shape": shape,
            }
            fixture.add(case, {"quantiles": quantiles.astype(np.float32)})
    fixture.write()


def make():
    """Write a file for each initializer."""
    initializers = keras.initializers
    write(initializers.Zeros, {"": {}}, ONE_SHAPE)
    write(initializers.Ones, {"": {}}, ONE_SHAPE)
    write(initializers.Constant, {"defaults": {}, "value": {"value": -0.7}}, ONE_SHAPE)
    spread = {"mean": 1.5, "stddev": 0.25}
    write(initializers.RandomNormal, {"defaults": {}, "other": spread}, SOME_SHAPE)
    write(initializers.TruncatedNormal, {"defaults": {}, "other": spread}, SOME_SHAPE)
    limits = {"minval": -1.0, "maxval": 0.5}
    write(initializers.RandomUniform, {"defaults": {}, "other": limits}, SOME_SHAPE)
    for name in ("Glorot", "He", "Lecun"):
        for distribution in ("Uniform", "Normal"):
            write(getattr(initializers, name + distribution), {"": {}})
