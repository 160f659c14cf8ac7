"""The networks that are trained and summarized.

Each function makes a network anew, with Keras's own names from the start.
"""

import keras
from keras import layers


def perceptron():
    """Two hidden layers, with L2."""
    penalty = keras.regularizers.L2(0.01)
    return keras.Sequential(
        [
            layers.Input((6,)),
            layers.Dense(8, activation="relu", kernel_regularizer=penalty),
            layers.Dense(5, activation="tanh", bias_regularizer=penalty),
            layers.Dense(3),
        ],
        name="perceptron",
    )


def plain():
    """One hidden layer."""
    return keras.Sequential(
        [layers.Input((6,)), layers.Dense(8, activation="tanh"), layers.Dense(3)], name="plain"
    )


def convolutional():
    """Two convolutions, one of them normalized."""
    return keras.Sequential(
        [
            layers.Input((8, 8, 1)),
            layers.Conv2D(4, 3, use_bias=False),
            layers.BatchNormalization(momentum=0.9),
            layers.Activation("relu"),
            layers.MaxPooling2D(2),
            layers.Conv2D(6, 3, padding="same", activation="relu"),
            layers.GlobalAveragePooling2D(),
            layers.Dense(3),
        ],
        name="convolutional",
    )


def branching():
    """Two inputs, a layer used twice, branches, a skip, two outputs."""
    left = keras.Input((4,), name="left")
    right = keras.Input((4,), name="right")
    shared = layers.Dense(5, activation="tanh", name="shared")
    a, b = shared(left), shared(right)
    joined = layers.Concatenate()([a, b])
    hidden = layers.Dense(5, activation="tanh", name="hidden")(joined)
    skipped = layers.Add()([hidden, a])
    kind = layers.Dense(3, name="kind")(skipped)
    amount = layers.Dense(1, name="amount")(layers.Concatenate()([skipped, right]))
    return keras.Model([left, right], [kind, amount], name="branching")


def frozen():
    """Frozen feature extractor, and a head that learns."""
    model = keras.Sequential(
        [
            layers.Input((6, 6, 1)),
            layers.Conv2D(4, 3, name="features"),
            layers.BatchNormalization(name="normalization"),
            layers.Activation("relu"),
            layers.Flatten(),
            layers.Dense(8, activation="tanh", name="head"),
            layers.Dense(3, name="logits"),
        ],
        name="frozen",
    )
    for name in ("features", "normalization"):
        model.get_layer(name).trainable = False
    return model


def regression():
    """One number out."""
    return keras.Sequential(
        [layers.Input((5,)), layers.Dense(8, activation="tanh"), layers.Dense(1)],
        name="regression",
    )


def binary():
    """One probability out."""
    return keras.Sequential(
        [
            layers.Input((5,)),
            layers.Dense(6, activation="tanh"),
            layers.Dense(1, activation="sigmoid"),
        ],
        name="binary",
    )


def quickstart():
    """One hidden layer, for pictures of digits."""
    return keras.Sequential(
        [
            layers.Input((28, 28)),
            layers.Flatten(),
            layers.Dense(128, activation="relu"),
            layers.Dropout(0.2),
            layers.Dense(10),
        ]
    )


def deep():
    """Layers with names of their own, and megabytes of parameters."""
    return keras.Sequential(
        [
            layers.Input((30,)),
            layers.Dense(1000, name="first"),
            layers.Dense(1000),
            layers.Dense(1),
        ],
        name="deep",
    )
