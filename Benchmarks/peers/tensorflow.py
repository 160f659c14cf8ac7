"""Keras on TensorFlow: `fit` to train; a `tf.function` of the model to predict."""

from __future__ import annotations

import os
from time import perf_counter

os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
os.environ["KERAS_BACKEND"] = "tensorflow"

import keras
import numpy as np
import tensorflow as tf

from peers import files
from peers.measure import Predict


def version() -> str:
    """Give the versions."""
    return f"TensorFlow {tf.__version__}, Keras {keras.__version__}"


def build(network: str) -> keras.Model:
    """Make the network with fresh weights."""
    layers = keras.layers
    if network == "mlp":
        return keras.Sequential(
            [
                keras.Input((files.PIXELS,)),
                layers.Dense(128, activation="relu"),
                layers.Dropout(0.2),
                layers.Dense(10),
            ]
        )
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.Flatten(),
            layers.Dropout(0.5),
            layers.Dense(10, activation="softmax"),
        ]
    )


def load(network: str) -> keras.Model:
    """Make the network with Lamina's weights."""
    model = build(network)
    model.set_weights(files.weights(network))
    return model


def use_threads(threads: int) -> None:
    """Set how many threads compute an operation; several at a time are no quicker on two cores."""
    tf.config.threading.set_intra_op_parallelism_threads(threads)
    tf.config.threading.set_inter_op_parallelism_threads(1)


class EpochTimes(keras.callbacks.Callback):
    """Notes how long each epoch takes."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float] = []
        self.start = 0.0

    def on_epoch_begin(self, epoch, logs=None) -> None:  # noqa: ARG002
        self.start = perf_counter()

    def on_epoch_end(self, epoch, logs=None) -> None:  # noqa: ARG002
        self.seconds.append(perf_counter() - self.start)


def train(network: str, threads: int, epochs: int, steps: int = 1) -> dict[str, object]:
    """Train as Keras's examples do; give the time of `fit` and the accuracy on the test set.

    XLA (`jit_compile`), which Keras leaves off for processors, is slower: it takes 8 s to compile
    the dense network's step, and four times as long for the convnet's.
    """
    use_threads(threads)
    images, labels = files.train_set()
    images = images.reshape(-1, *files.input_shape(network))
    model = build(network)
    model.compile(
        optimizer="adam",
        loss=keras.losses.SparseCategoricalCrossentropy(from_logits=network == "mlp"),
        metrics=["accuracy"],
        steps_per_execution=steps,
    )
    times = EpochTimes()
    start = perf_counter()
    batch = 32 if network == "mlp" else 128
    model.fit(images, labels, batch_size=batch, epochs=epochs, verbose=0, callbacks=[times])
    seconds = perf_counter() - start
    tested = files.test_images().reshape(-1, *files.input_shape(network))
    _, accuracy = model.evaluate(tested, files.test_labels(), batch_size=1000, verbose=0)
    return {"fit_seconds": seconds, "epoch_seconds": times.seconds, "accuracy": accuracy}


def predictor(network: str, threads: int) -> Predict:
    """Give a function from images to outputs."""
    use_threads(threads)
    model = load(network)
    function = tf.function(lambda images: model(images, training=False), reduce_retracing=False)

    def predict(images: np.ndarray) -> np.ndarray:
        return function(tf.constant(images)).numpy()

    return predict
