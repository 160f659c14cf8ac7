"""Makes the fixtures that say what Keras computes; see `__main__.py`."""

import os

os.environ["KERAS_BACKEND"] = "jax"
os.environ["JAX_PLATFORMS"] = "cpu"
