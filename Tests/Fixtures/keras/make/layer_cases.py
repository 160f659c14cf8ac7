"""The table of layers and configurations.

A case has a name, the layer's config, the shapes of its inputs without the batch, and, where they
are not the usual ones, `training`, `batch`, `change` of the drawn inputs, and the number of samples
that the layer is `adapted` to.
"""

import keras
import numpy as np

L1, L2 = keras.regularizers.L1, keras.regularizers.L2
IMAGE = [(7, 6, 2)]


def with_ties(x):
    """Give inputs of few different values."""
    return np.round(np.clip(x, -1, 1)).astype(np.float32)


def saturated(x):
    """Give large inputs to the first sample."""
    return np.concatenate([x[:1] * np.float32(20), x[1:]])


def dense():
    """Activations, regularizers, initializers, inputs of two axes."""
    for activation in (None, "relu", "sigmoid", "tanh", "softmax", "gelu", "elu", "softplus"):
        yield {
            "name": activation or "linear",
            "config": {"units": 6, "activation": activation},
            "batch": 5,
            "change": saturated,
        }
    yield {"name": "no bias", "config": {"units": 4, "use_bias": False}}
    yield {"name": "one unit", "config": {"units": 1}}
    yield {
        "name": "regularizers and initializers",
        "config": {
            "units": 5,
            "activation": "leaky_relu",
            "kernel_initializer": keras.initializers.HeNormal(seed=3),
            "bias_initializer": keras.initializers.Constant(0.25),
            "kernel_regularizer": L2(0.02),
            "bias_regularizer": L1(0.05),
        },
    }
    yield {"name": "input of two axes", "config": {"units": 5}, "inputs": [(3, 4)]}
    yield {
        "name": "input of three axes",
        "config": {"units": 3, "activation": "softmax"},
        "inputs": [(2, 3, 4)],
    }


def activation():
    """Vectors and images."""
    for name in ("relu", "tanh", "sigmoid", "softmax", "silu", "log_softmax"):
        yield {"name": name, "config": {"activation": name}, "change": saturated}
    yield {"name": "softmax of images", "config": {"activation": "softmax"}, "inputs": IMAGE}


def flatten():
    """Ranks from one to three."""
    for shape in ((5,), (3, 4), (2, 3, 4)):
        yield {"name": f"rank {len(shape)}", "inputs": [shape]}


def reshape():
    """With and without a size to be found."""
    for target in ((12,), (3, 4), (-1,), (2, -1), (-1, 3, 2), (1, 12, 1)):
        yield {
            "name": " ".join(map(str, target)),
            "config": {"target_shape": target},
            "inputs": [(2, 6)],
        }


def conv2d():
    """Kernels, strides, paddings, dilations."""
    for padding in ("valid", "same"):
        for shape in ((7, 6, 2), (8, 8, 1), (5, 9, 3)):
            for strides in (1, 2):
                yield {
                    "name": f"{padding}, strides {strides}, input {shape[0]}x{shape[1]}",
                    "config": {
                        "filters": 3,
                        "kernel_size": 3,
                        "strides": strides,
                        "padding": padding,
                    },
                    "inputs": [shape],
                }
        yield {
            "name": f"{padding}, kernel 2x3",
            "config": {"filters": 2, "kernel_size": (2, 3), "padding": padding},
            "inputs": IMAGE,
        }
        yield {
            "name": f"{padding}, kernel 4x2, strides 3x2",
            "config": {"filters": 2, "kernel_size": (4, 2), "strides": (3, 2), "padding": padding},
            "inputs": [(9, 7, 2)],
        }
        yield {
            "name": f"{padding}, strides larger than the kernel",
            "config": {"filters": 2, "kernel_size": 2, "strides": 3, "padding": padding},
            "inputs": [(8, 7, 2)],
        }
        yield {
            "name": f"{padding}, dilation 2",
            "config": {"filters": 2, "kernel_size": 3, "dilation_rate": 2, "padding": padding},
            "inputs": [(8, 7, 2)],
        }
        yield {
            "name": f"{padding}, dilation 1x3, kernel 2x2",
            "config": {
                "filters": 2,
                "kernel_size": 2,
                "dilation_rate": (1, 3),
                "padding": padding,
            },
            "inputs": [(5, 8, 2)],
        }
    yield {
        "name": "kernel 1x1 without bias",
        "config": {"filters": 4, "kernel_size": 1, "use_bias": False},
        "inputs": IMAGE,
    }
    yield {
        "name": "kernel as large as the input",
        "config": {"filters": 3, "kernel_size": (7, 6)},
        "inputs": IMAGE,
    }
    for name in ("relu", "tanh"):
        yield {
            "name": f"{name}, same",
            "config": {"filters": 3, "kernel_size": 3, "padding": "same", "activation": name},
            "inputs": IMAGE,
        }
    yield {
        "name": "regularizers and initializers",
        "config": {
            "filters": 2,
            "kernel_size": 3,
            "kernel_initializer": keras.initializers.HeUniform(seed=1),
            "kernel_regularizer": L2(0.01),
            "bias_regularizer": L2(0.02),
        },
        "inputs": IMAGE,
    }


def depthwise_conv2d():
    """Multipliers, strides, paddings, dilations."""
    for padding in ("valid", "same"):
        for multiplier in (1, 2):
            for strides in (1, 2):
                yield {
                    "name": f"{padding}, multiplier {multiplier}, strides {strides}",
                    "config": {
                        "kernel_size": 3,
                        "strides": strides,
                        "padding": padding,
                        "depth_multiplier": multiplier,
                    },
                    "inputs": [(7, 6, 3)],
                }
        yield {
            "name": f"{padding}, kernel 2x3, dilation 2x1",
            "config": {"kernel_size": (2, 3), "padding": padding, "dilation_rate": (2, 1)},
            "inputs": [(6, 7, 2)],
        }
        yield {
            "name": f"{padding}, dilation 2, multiplier 2",
            "config": {
                "kernel_size": 3,
                "padding": padding,
                "dilation_rate": 2,
                "depth_multiplier": 2,
            },
            "inputs": [(7, 6, 2)],
        }
    yield {
        "name": "relu, without bias, regularizer",
        "config": {
            "kernel_size": 3,
            "use_bias": False,
            "activation": "relu",
            "depthwise_regularizer": L2(0.01),
        },
        "inputs": IMAGE,
    }
    yield {
        "name": "one channel, multiplier 3",
        "config": {"kernel_size": 2, "depth_multiplier": 3},
        "inputs": [(5, 5, 1)],
    }


def pooling():
    """Windows, strides and paddings."""
    for padding in ("valid", "same"):
        for size, strides in ((2, None), (3, None), (3, 2), (2, 1), ((2, 3), (3, 1)), (2, 3)):
            for shape in ((7, 6, 2), (8, 5, 1)):
                text = f"pool {size}, strides {strides}, {padding}, input {shape[0]}x{shape[1]}"
                yield {
                    "name": text.replace("(", "").replace(")", "").replace(", 3,", "x3,"),
                    "config": {"pool_size": size, "strides": strides, "padding": padding},
                    "inputs": [shape],
                }


def max_pooling():
    """Also equal elements, and inputs below the padding's zero."""
    yield from pooling()
    for padding in ("valid", "same"):
        for size, strides in ((2, 2), (3, 2), (3, 1)):
            yield {
                "name": f"equal elements, pool {size}, strides {strides}, {padding}",
                "config": {"pool_size": size, "strides": strides, "padding": padding},
                "inputs": [(6, 5, 2)],
                "change": with_ties,
            }
    yield {
        "name": "all elements equal",
        "config": {"pool_size": 3, "strides": 2, "padding": "same"},
        "inputs": [(6, 5, 1)],
        "change": np.zeros_like,
    }
    yield {
        "name": "negative elements, same",
        "config": {"pool_size": 3, "strides": 2, "padding": "same"},
        "inputs": [(6, 5, 1)],
        "change": lambda x: -np.abs(x) - 1,
    }


def global_pooling():
    """With and without the reduced axes."""
    for keepdims in (False, True):
        yield {"name": f"keepdims {keepdims}", "config": {"keepdims": keepdims}, "inputs": IMAGE}
    yield {
        "name": "equal elements",
        "inputs": [(4, 4, 2)],
        "change": with_ties,
    }


def zero_padding():
    """Symmetric and not."""
    for padding in (1, (2, 1), ((1, 2), (0, 3)), ((0, 0), (1, 0)), 0):
        yield {
            "name": str(padding),
            "config": {"padding": padding},
            "inputs": [(3, 4, 2)],
        }


def batch_normalization():
    """Training, inference, frozen; vectors and images."""
    for kind, shape in (("features", (5,)), ("image", (4, 3, 2))):
        for training in (False, True):
            mode = "training" if training else "inference"
            for name, config in (
                ("default", {}),
                ("no center", {"center": False}),
                ("no scale", {"scale": False}),
                ("neither", {"center": False, "scale": False}),
                ("momentum and epsilon", {"momentum": 0.7, "epsilon": 1e-2}),
                ("frozen", {"trainable": False}),
            ):
                yield {
                    "name": f"{kind}, {mode}, {name}",
                    "config": config,
                    "inputs": [shape],
                    "training": training,
                    "batch": 6 if kind == "features" else 3,
                }
    yield {
        "name": "one sample, training",
        "inputs": [(4,)],
        "training": True,
        "batch": 1,
    }
    yield {
        "name": "equal samples, training",
        "inputs": [(4,)],
        "training": True,
        "batch": 4,
        "change": np.ones_like,
    }
    yield {
        "name": "large mean, training",
        "inputs": [(4,)],
        "training": True,
        "batch": 8,
        "change": lambda x: x + np.float32(50),
    }
    yield {
        "name": "two axes, regularizers, training",
        "config": {"gamma_regularizer": L2(0.01), "beta_regularizer": L1(0.02)},
        "inputs": [(3, 4)],
        "training": True,
        "batch": 4,
    }


def layer_normalization():
    """One axis and several."""
    for name, config, shape in (
        ("default", {}, (6,)),
        ("no center", {"center": False}, (6,)),
        ("no scale", {"scale": False}, (6,)),
        ("neither", {"center": False, "scale": False}, (6,)),
        ("epsilon", {"epsilon": 1e-5}, (6,)),
        ("image, last axis", {}, (3, 4, 5)),
        ("image, all axes", {"axis": [1, 2, 3]}, (3, 4, 2)),
        ("image, axes -2 and -1", {"axis": [-2, -1]}, (3, 4, 2)),
        ("image, axis 1", {"axis": 1}, (3, 4, 2)),
        ("image, axes 1 and 3", {"axis": [1, 3]}, (3, 4, 2)),
        ("image, axes 3 and 1", {"axis": [3, 1]}, (3, 4, 2)),
        ("regularizers", {"gamma_regularizer": L2(0.01), "beta_regularizer": L2(0.02)}, (6,)),
    ):
        yield {"name": name, "config": config, "inputs": [shape], "batch": 3}
    yield {"name": "equal elements", "inputs": [(6,)], "change": np.ones_like}
    yield {"name": "large mean", "inputs": [(6,)], "change": lambda x: x + np.float32(50)}


def merging():
    """Two and three inputs."""
    for count in (2, 3):
        yield {"name": f"{count} vectors", "inputs": [(5,)] * count}
        yield {"name": f"{count} images", "inputs": [(3, 2, 2)] * count}


def maximum():
    """Also equal elements."""
    yield from merging()
    for count in (2, 3):
        yield {
            "name": f"equal elements of {count}",
            "inputs": [(12,)] * count,
            "change": with_ties,
        }


def concatenate():
    """Last axis and others."""
    yield {"name": "2 vectors", "inputs": [(3,), (5,)]}
    yield {"name": "3 vectors", "inputs": [(3,), (1,), (4,)]}
    yield {"name": "images, last axis", "inputs": [(3, 2, 2), (3, 2, 4)]}
    yield {"name": "images, axis 1", "config": {"axis": 1}, "inputs": [(3, 2, 2), (4, 2, 2)]}
    yield {
        "name": "3 images, axis 2",
        "config": {"axis": 2},
        "inputs": [(2, 2, 2), (2, 1, 2), (2, 3, 2)],
    }
    yield {"name": "images, axis -2", "config": {"axis": -2}, "inputs": [(2, 2, 2), (2, 1, 2)]}


def rescaling():
    """Scale and offset."""
    for scale, offset in ((1 / 255, 0.0), (2.0, -1.0), (1 / 127.5, -1), (3, 0.25)):
        yield {
            "name": f"{scale:.3g}, {offset}",
            "config": {"scale": scale, "offset": offset},
            "inputs": [(4, 3, 1)],
            "change": lambda x: np.round(np.abs(x) * np.float32(60)),
        }
    yield {
        "name": "a scale for each channel",
        "config": {"scale": [0.5, 2.0], "offset": [1.0, -1.0]},
        "inputs": [(3, 2, 2)],
    }


def normalization():
    """Statistics that are given, and that come from samples."""
    yield {
        "name": "given",
        "config": {"mean": [1.0, -2.0, 0.5], "variance": [4.0, 0.25, 1.0]},
        "inputs": [(3,)],
    }
    yield {
        "name": "given, scalars",
        "config": {"mean": 3.0, "variance": 2.0},
        "inputs": [(3,)],
    }
    yield {
        "name": "given, axis None",
        "config": {"axis": None, "mean": 3.0, "variance": 2.0},
        "inputs": [(2, 3)],
    }
    yield {
        "name": "given, tiny variance",
        "config": {"mean": [0.0, 0.0], "variance": [0.0, 1e-16]},
        "inputs": [(2,)],
        "change": lambda x: x * np.float32(1e-6),
    }
    yield {
        "name": "given, images",
        "config": {"mean": [1.0, -2.0], "variance": [4.0, 0.25]},
        "inputs": [(3, 2, 2)],
    }
    yield {"name": "adapted", "inputs": [(3,)], "adapted": 20}
    yield {"name": "adapted, images", "inputs": [(3, 2, 2)], "adapted": 7}
    yield {
        "name": "adapted, axis None",
        "config": {"axis": None},
        "inputs": [(2, 3)],
        "adapted": 9,
    }
    yield {
        "name": "adapted, axes 1 and 2",
        "config": {"axis": (1, 2)},
        "inputs": [(2, 3)],
        "adapted": 9,
    }
    yield {"name": "statistics from variables", "inputs": [(3,)]}
    yield {
        "name": "invert",
        "config": {"mean": [1.0, -2.0, 0.5], "variance": [4.0, 0.25, 1.0], "invert": True},
        "inputs": [(3,)],
    }


def moving(config, *others):
    """Give each fill mode and interpolation, on two sizes, then others."""
    for shape in ((8, 9, 1), (6, 6, 3)):
        for fill_mode in ("reflect", "wrap", "constant", "nearest"):
            for interpolation in ("bilinear", "nearest"):
                yield {
                    "name": f"{fill_mode}, {interpolation}, input {shape[0]}x{shape[1]}",
                    "config": {
                        **config,
                        "fill_mode": fill_mode,
                        "interpolation": interpolation,
                        "fill_value": 0.75 if fill_mode == "constant" else 0.0,
                        "seed": 1,
                    },
                    "inputs": [shape],
                    "training": True,
                    "batch": 1,
                }
    for name, changes, *rest in others:
        yield {
            "name": name,
            "config": {**config, "seed": 1, **changes},
            "inputs": rest or [(8, 9, 1)],
            "training": True,
            "batch": 1,
        }
    yield {
        "name": "inference",
        "config": {**config, "seed": 1},
        "inputs": [(6, 6, 1)],
    }


def random_translation():
    """Every case moves by one known part of the size."""
    return moving(
        {"height_factor": (0.17, 0.17), "width_factor": (-0.28, -0.28)},
        ("to the left and up", {"height_factor": (-0.37, -0.37), "width_factor": (-0.11, -0.11)}),
        (
            "farther than the image, reflect",
            {"height_factor": (1.0, 1.0), "width_factor": (-0.93, -0.93)},
        ),
        (
            "half a pixel, nearest",
            {
                "height_factor": (0.0625, 0.0625),
                "width_factor": (-0.0625, -0.0625),
                "interpolation": "nearest",
                "fill_mode": "constant",
            },
            (8, 8, 1),
        ),
        (
            "half a pixel, constant",
            {
                "height_factor": (0.0625, 0.0625),
                "width_factor": (0.0, 0.0),
                "fill_mode": "constant",
                "fill_value": 2.0,
            },
            (8, 8, 1),
        ),
        (
            "one pixel",
            {"height_factor": (0.125, 0.125), "width_factor": (0.25, 0.25), "fill_mode": "wrap"},
            (8, 8, 1),
        ),
    )


def random_rotation():
    """Every case turns by one known part of the circle."""
    return moving(
        {"factor": (0.07, 0.07)},
        ("to the other side", {"factor": (-0.12, -0.12), "fill_mode": "constant"}),
        ("more than a quarter", {"factor": (0.3, 0.3)}),
        ("more than a quarter, wrap", {"factor": (0.3, 0.3), "fill_mode": "wrap"}, (5, 11, 1)),
    )


def random_zoom():
    """Every case zooms by one known factor."""
    return moving(
        {"height_factor": (0.23, 0.23), "width_factor": (0.41, 0.41)},
        ("in", {"height_factor": (-0.3, -0.3), "width_factor": (-0.45, -0.45)}),
        ("both ways alike", {"height_factor": (0.35, 0.35), "width_factor": None}),
        ("far out", {"height_factor": (1.0, 1.0), "width_factor": (0.9, 0.9)}),
        (
            "far out, wrap",
            {"height_factor": (1.0, 1.0), "width_factor": (0.9, 0.9), "fill_mode": "wrap"},
        ),
    )


CASES = {
    "Dense": dense(),
    "Activation": activation(),
    "Flatten": flatten(),
    "Reshape": reshape(),
    "Conv2D": conv2d(),
    "DepthwiseConv2D": depthwise_conv2d(),
    "MaxPooling2D": max_pooling(),
    "AveragePooling2D": pooling(),
    "GlobalMaxPooling2D": global_pooling(),
    "GlobalAveragePooling2D": global_pooling(),
    "ZeroPadding2D": zero_padding(),
    "BatchNormalization": batch_normalization(),
    "LayerNormalization": layer_normalization(),
    "Add": merging(),
    "Multiply": merging(),
    "Average": merging(),
    "Maximum": maximum(),
    "Concatenate": concatenate(),
    "Rescaling": rescaling(),
    "Normalization": normalization(),
    "RandomTranslation": random_translation(),
    "RandomRotation": random_rotation(),
    "RandomZoom": random_zoom(),
}
