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


class Trainer:
    """The training set, and the compiled functions of one network's training."""

    def __init__(self, network: str) -> None:
        images, labels = files.train_set()
        self.network = network
        self.images = jnp.asarray(images.reshape(-1, *files.input_shape(network)))
        self.labels = jnp.asarray(labels)
        self.batch = 32 if network == "mlp" else 128
        self.steps = len(images) // self.batch

    def begin(self, seed: Array) -> tuple:
        """Give fresh weights and Adam's state."""
        weights = initial(self.network, seed)
        zeros = [jnp.zeros_like(value) for value in weights]
        return weights, (jnp.zeros((), jnp.int32), zeros, zeros)

    def loss(self, weights: list[Array], rows: Array, seed: Array) -> Array:
        """Give the mean crossentropy of a batch."""
        outputs = jax.nn.log_softmax(logits(self.network, weights, self.images[rows], seed))
        return -jnp.mean(outputs[jnp.arange(self.batch), self.labels[rows]])

    def step(self, carry: tuple, inputs: tuple) -> tuple[tuple, None]:
        """Take one step, as a scan wants it."""
        weights, state = carry
        return adam(weights, jax.grad(self.loss)(weights, *inputs), state), None

    def shuffle(self, seed: Array) -> tuple[Array, Array]:
        """Draw each step's rows, and its seed for dropout."""
        order_seed, drop_seed = jax.random.split(seed)
        order = jax.random.permutation(order_seed, len(self.images))[: self.steps * self.batch]
        return order.reshape(self.steps, self.batch), jax.random.split(drop_seed, self.steps)

    def compile_epoch(self, carry: tuple, seed: Array) -> Callable[[tuple, Array], tuple]:
        """Compile an epoch, or the step of which it is a loop."""
        if self.network == "mlp":
            scanned = jax.jit(lambda carry, seed: lax.scan(self.step, carry, self.shuffle(seed))[0])
            return scanned.lower(carry, seed).compile()
        one = jax.jit(lambda carry, *inputs: self.step(carry, inputs)[0])
        compiled = one.lower(carry, *(values[0] for values in self.shuffle(seed))).compile()

        def epoch(carry: tuple, seed: Array) -> tuple:
            for rows, drop_seed in zip(*self.shuffle(seed), strict=True):
                carry = compiled(carry, rows, drop_seed)
            return carry

        return epoch


def train(network: str, threads: int, epochs: int) -> dict[str, object]:
    """Train; give the time with and of compiling, and the accuracy on the test set."""
    use_threads(threads)
    trainer = Trainer(network)
    seeds = jax.random.split(jax.random.key(1), epochs + 1)
    carry = trainer.begin(seeds[0])
    jax.block_until_ready((trainer.images, carry))
    epoch_seconds: list[float] = []
    start = perf_counter()
    epoch = trainer.compile_epoch(carry, seeds[1])
    compile_seconds = perf_counter() - start
    for seed in seeds[1:]:
        begin = perf_counter()
        carry = jax.block_until_ready(epoch(carry, seed))
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
