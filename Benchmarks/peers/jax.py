"""JAX: an epoch of the dense network is one compiled scan over its batches.

Within a scan XLA computes convolutions on one thread, so the convnet's steps are called one by one.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from time import perf_counter
from typing import Any

import jax
import numpy as np
from jax import lax
from jax import numpy as jnp

from peers import files
from peers.measure import Predict

Array = Any


def version() -> str:
    """Give the version."""
    return f"JAX {jax.__version__}"


def use_threads(threads: int) -> None:
    """Keep to as many processors; XLA makes its threads by how many there are."""
    os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:threads])


def initial(network: str, seed: Array) -> list[Array]:
    """Draw Glorot's uniform weights; biases are zero."""
    shapes = {
        "mlp": [(files.PIXELS, 128), (128, 10)],
        "convnet": [(3, 3, 1, 32), (3, 3, 32, 64), (1600, 10)],
    }[network]
    draw = jax.nn.initializers.glorot_uniform()
    seeds = jax.random.split(seed, len(shapes))
    return [
        value
        for shape, key in zip(shapes, seeds, strict=True)
        for value in (draw(key, shape), jnp.zeros(shape[-1]))
    ]


def drop(values: Array, rate: float, seed: Array | None) -> Array:
    """Zero a part of the values while training, that is, where there is a seed."""
    if seed is None:
        return values
    return jnp.where(jax.random.bernoulli(seed, 1 - rate, values.shape), values / (1 - rate), 0)


def convolve(images: Array, kernel: Array, bias: Array) -> Array:
    """Convolve, apply relu, and take the largest of each 2x2."""
    axes = ("NHWC", "HWIO", "NHWC")
    result = lax.conv_general_dilated(images, kernel, (1, 1), "VALID", dimension_numbers=axes)
    pair = (1, 2, 2, 1)
    return lax.reduce_window(jax.nn.relu(result + bias), -jnp.inf, lax.max, pair, pair, "VALID")


def logits(network: str, weights: list[Array], images: Array, seed: Array | None) -> Array:
    """Compute the network's outputs before any softmax."""
    if network == "mlp":
        kernel, bias, last_kernel, last_bias = weights
        hidden = drop(jax.nn.relu(images @ kernel + bias), 0.2, seed)
        return hidden @ last_kernel + last_bias
    first, second, last = weights[:2], weights[2:4], weights[4:]
    hidden = convolve(convolve(images, *first), *second).reshape(len(images), -1)
    return drop(hidden, 0.5, seed) @ last[0] + last[1]


def adam(weights: list[Array], gradients: list[Array], state: tuple) -> tuple[list[Array], tuple]:
    """Take one step of Adam with Keras's defaults."""
    step, means, squares = state
    step += 1
    rate = 0.001 * jnp.sqrt(1 - 0.999**step) / (1 - 0.9**step)
    means = [0.9 * m + 0.1 * g for m, g in zip(means, gradients, strict=True)]
    squares = [0.999 * s + 0.001 * g * g for s, g in zip(squares, gradients, strict=True)]
    moved = [
        w - rate * m / (jnp.sqrt(s) + 1e-7) for w, m, s in zip(weights, means, squares, strict=True)
    ]
    return moved, (step, means, squares)


def train(network: str, threads: int, epochs: int) -> dict[str, object]:
    """Train; give the time with and of compiling, and the accuracy on the test set."""
    use_threads(threads)
    images, labels = files.train_set()
    images, labels = (
        jnp.asarray(images.reshape(-1, *files.input_shape(network))),
        jnp.asarray(labels),
    )
    batch = 32 if network == "mlp" else 128
    steps = len(images) // batch

    def loss(weights: list[Array], rows: Array, seed: Array) -> Array:
        outputs = jax.nn.log_softmax(logits(network, weights, images[rows], seed))
        return -jnp.mean(outputs[jnp.arange(batch), labels[rows]])

    def step(carry: tuple, inputs: tuple) -> tuple[tuple, None]:
        weights, state = carry
        gradients = jax.grad(loss)(weights, *inputs)
        return adam(weights, gradients, state), None

    def shuffle(seed: Array) -> tuple[Array, Array]:
        order_seed, drop_seed = jax.random.split(seed)
        order = jax.random.permutation(order_seed, len(images))[: steps * batch]
        return order.reshape(steps, batch), jax.random.split(drop_seed, steps)

    def scanned(carry: tuple, seed: Array) -> tuple:
        return lax.scan(step, carry, shuffle(seed))[0]

    def compile_epoch(carry: tuple, seed: Array) -> Callable[[tuple, Array], tuple]:
        if network == "mlp":
            return jax.jit(scanned).lower(carry, seed).compile()
        one = jax.jit(lambda carry, *inputs: step(carry, inputs)[0])
        compiled = one.lower(carry, *(values[0] for values in shuffle(seed))).compile()

        def epoch(carry: tuple, seed: Array) -> tuple:
            for rows, drop_seed in zip(*shuffle(seed), strict=True):
                carry = compiled(carry, rows, drop_seed)
            return carry

        return epoch

    seeds = jax.random.split(jax.random.key(1), epochs + 1)
    weights = initial(network, seeds[0])
    zeros = [jnp.zeros_like(value) for value in weights]
    carry = (weights, (jnp.zeros((), jnp.int32), zeros, zeros))
    jax.block_until_ready((images, carry))
    epoch_seconds: list[float] = []
    start = perf_counter()
    compiled = compile_epoch(carry, seeds[1])
    compile_seconds = perf_counter() - start
    for seed in seeds[1:]:
        begin = perf_counter()
        carry = jax.block_until_ready(compiled(carry, seed))
        epoch_seconds.append(perf_counter() - begin)
    seconds = perf_counter() - start
    tested = files.test_images().reshape(-1, *files.input_shape(network))
    answers = jax.jit(lambda w, x: logits(network, w, x, None).argmax(1))(carry[0], tested)
    return {
        "fit_seconds": seconds,
        "compile_seconds": compile_seconds,
        "epoch_seconds": epoch_seconds,
        "accuracy": float(np.mean(np.asarray(answers) == files.test_labels())),
    }


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs."""
    use_threads(threads)
    weights = [jnp.asarray(value) for value in files.weights(network)]

    @jax.jit
    def outputs(images: Array) -> Array:
        result = logits(network, weights, images, None)
        return jax.nn.softmax(result) if network == "convnet" else result

    return lambda images: np.asarray(outputs(images))
