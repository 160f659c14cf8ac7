"""Classifies PNG files with JAX: MODEL FILE-OR-FOLDER."""

import sys

import jax
import numpy as np
import pictures


@jax.jit
def outputs(images, kernel, bias, last_kernel, last_bias):
    """Compute the network."""
    return jax.nn.relu(images @ kernel + bias) @ last_kernel + last_bias


with np.load(sys.argv[1]) as arrays:
    weights = [arrays[name] for name in "0123"]
    pictures.show(np.asarray(outputs(pictures.read(sys.argv[2]), *weights)))
